/**
 * Start — `npx tsx examples/documents/start.ts`: a hundred thousand documents, and the first page of two users.
 */
import type { SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { fill, filterFor, pageOf } from './documents.ts';

const { Database } = await (initSqlJs as () => Promise<SqlJsStatic>)();
const database = new Database();
fill(database, 100_000);
for (const user of ['alice', 'boss']) {
  const { ids, total } = pageOf(database, user, 0, 5);
  console.log(`${user} may view ${total} documents: ${ids.join(', ')} …`);
}
for (const { policyId, sql } of filterFor('alice').explain('sqlite')) console.log(`  ${policyId}: ${sql}`);
