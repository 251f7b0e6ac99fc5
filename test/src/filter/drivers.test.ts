/**
 * Drivers — what `sql` and `session` give is what drivers take, types included, and nobody else's to change.
 */
import type { Pool } from 'mysql2/promise';
import type { Client } from 'pg';
import { expect, test } from 'vitest';
import { compile, type Filter, rowSecurity } from '../../../src/index.ts';
import { documents, request, schema, store } from './documents.ts';

const engine = compile('permit(principal, action, resource) when { resource.owner == principal };', {
  schema,
  mapping: documents,
  mode: 'interpret',
});

const security = rowSecurity(engine.policies, documents, {
  principal: 'User',
  resources: ['Doc'],
  actions: { select: 'read' },
});

/** What the documentation says, with the types of the drivers. */
async function send(client: Client, pool: Pool, filter: Filter): Promise<void> {
  const { text, values } = filter.sql('postgresql');
  await client.query(`SELECT id, title FROM docs WHERE ${text} ORDER BY title LIMIT 50`, values);
  await client.query({ text, values });
  await client.query(security.session({ principal: 'User::"alice"', action: 'read', context: { mfa: true } }));
  await pool.execute(`SELECT id, title FROM docs WHERE ${text}`, values);
}

test('drivers take them as they are', async () => {
  const sent: unknown[][] = [];
  const note = async (...args: unknown[]) => sent.push(args);
  await send({ query: note } as unknown as Client, { execute: note } as unknown as Pool, engine.filter(request, store));
  expect(sent.map(([, values]) => values)).toEqual([['alice'], undefined, undefined, ['alice']]);
});

test.each<[string, () => { readonly values: (string | null)[] }]>([
  ['a filter', () => engine.filter(request, store).sql('postgresql')],
  [
    'a prepared filter',
    () =>
      engine
        .prepareFilter({ principal: 'User', action: 'read', resource: 'Doc' })
        .bind({ principal: 'User::"alice"', context: { mfa: true } }, store)
        .sql('postgresql'),
  ],
  ['a session', () => security.session({ principal: 'User::"alice"', action: 'read', context: { mfa: true } })],
])('the values of %s are new each time', (_, make) => {
  const first = make();
  const before = [...first.values];
  expect(before[0]).toBe('alice');
  first.values.push('other');
  expect(make().values).toEqual(before);
});

test('the values of one filter are new for each dialect', () => {
  const filter = engine.filter(request, store);
  filter.sql('postgresql').values.length = 0;
  expect(filter.sql('postgresql').values).toEqual(['alice']);
  expect(filter.sql('sqlite').values).toEqual(['alice']);
});
