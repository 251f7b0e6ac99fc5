/**
 * Hono — a middleware that guards routes.
 */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import authz from './documents.cedar';
import { documentOf, statusOf } from './documents.js';

const may = (action) => async (context, next) => {
  const status = statusOf(authz, context.req.header('x-user'), action, context.req.param('id'));
  if (status !== 200) return context.body(null, status);
  await next();
};

const app = new Hono();
app.get('/docs/:id', may('view'), (context) => context.text(documentOf(context.req.param('id')).text));
app.put('/docs/:id', may('edit'), (context) => context.text('ok'));

serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
