/**
 * Express — a middleware that guards routes.
 */
import express from 'express';
import authz from './documents.cedar';
import { documentOf, statusOf } from './documents.js';

const may = (action) => (request, response, next) => {
  const status = statusOf(authz, request.header('x-user'), action, request.params.id);
  if (status === 200) next();
  else response.sendStatus(status);
};

const app = express();
app.get('/docs/:id', may('view'), (request, response) => response.send(documentOf(request.params.id).text));
app.put('/docs/:id', may('edit'), (_request, response) => response.sendStatus(200));

const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
