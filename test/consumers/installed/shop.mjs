/**
 * Shop — an Express server whose requests the official middleware authorizes, asked by each of its users; prints the statuses.
 *
 *     node shop.mjs FOLDER    with v4.cedarschema.json and policies, as the official command line generates them
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import {
  CedarInlineAuthorizationEngine,
  ExpressAuthorizationMiddleware,
} from '@cedar-policy/authorization-for-expressjs';
import { getCedarSDKVersion } from '@cedar-policy/cedar-wasm/nodejs';
import express from 'express';

const folder = process.argv[2];
const schema = { type: 'jsonString', schema: readFileSync(join(folder, 'v4.cedarschema.json'), 'utf8') };
const policies = ['policy_1.cedar', 'policy_2.cedar'].map((file) =>
  readFileSync(join(folder, 'policies', file), 'utf8'),
);
const authorizationEngine = new CedarInlineAuthorizationEngine({ staticPolicies: policies.join('\n'), schema });

const middleware = new ExpressAuthorizationMiddleware({
  schema,
  authorizationEngine,
  principalConfiguration: {
    type: 'custom',
    getPrincipalEntity: async ({ headers }) => ({
      uid: { type: 'Shop::User', id: headers['x-user'] ?? 'nobody' },
      attrs: {},
      parents: (headers['x-groups'] ?? '')
        .split(',')
        .filter(Boolean)
        .map((id) => ({ type: 'Shop::UserGroup', id })),
    }),
  },
  skippedEndpoints: [{ httpVerb: 'get', path: '/health' }],
  logger: { debug: () => {}, log: () => {} },
});

const app = express();
app.use(express.json());
app.get('/health', (_, response) => response.send('well'));
app.use(middleware.middleware);
const answer = (_, response) => response.json({ done: true });
app.get('/orders', answer).post('/orders', answer);
app.get('/orders/:orderId', answer).delete('/orders/:orderId', answer);

const server = createServer(app).listen(0, '127.0.0.1', async () => {
  const base = `http://127.0.0.1:${server.address().port}`;
  const ask = async (user, groups, method, path) => {
    const { status } = await fetch(base + path, { method, headers: { 'x-user': user, 'x-groups': groups } });
    return `${user} ${method} ${path} ${status}`;
  };
  const asked = [];
  for (const [user, groups] of [
    ['ann', 'admin'],
    ['bob', 'clerks'],
    ['eve', ''],
  ])
    for (const [method, path] of [
      ['GET', '/orders'],
      ['POST', '/orders'],
      ['GET', '/orders/7'],
      ['DELETE', '/orders/7'],
      ['GET', '/health'],
    ])
      asked.push(await ask(user, groups, method, path));
  console.log(JSON.stringify({ sdk: getCedarSDKVersion(), asked }));
  server.close();
});
