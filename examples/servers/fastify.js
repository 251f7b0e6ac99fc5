/**
 * Fastify — a hook that guards routes.
 */
import Fastify from 'fastify';
import authz from './documents.cedar';
import { documentOf, statusOf } from './documents.js';

const may = (action) => async (request, reply) => {
  const status = statusOf(authz, request.headers['x-user'], action, request.params.id);
  if (status !== 200) await reply.code(status).send();
};

const app = Fastify();
app.get('/docs/:id', { preHandler: may('view') }, (request) => documentOf(request.params.id).text);
app.put('/docs/:id', { preHandler: may('edit') }, () => 'ok');

console.log(await app.listen({ host: '127.0.0.1', port: 0 }));
