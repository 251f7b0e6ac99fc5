/**
 * Row security — the policies of tables on a real PostgreSQL, row by row against the model: a role that they restrict sees the rows that the model allows.
 *
 *     npx tsx test/databases/row-security.ts --triples 2500 --seed 1
 */
import { parseArgs } from 'node:util';
import { rowSecurity } from '../../src/engine/row-security.ts';
import { FilterError } from '../../src/filter/filter-error.ts';
import type { Request } from '../../src/value/request.ts';
import { arbitraryCase } from '../arbitrary/case.ts';
import { Random } from '../arbitrary/random.ts';
import { FilterQuestions } from '../drt/target/filter-questions.ts';
import { type Connection, connectPostgres } from './connection.ts';
import { POSTGRES_TABLES } from './dialect.ts';
import { memoryFolder, startPostgres } from './server.ts';

const { values: given } = parseArgs({
  options: { triples: { type: 'string', default: '2500' }, seed: { type: 'string', default: '1' } },
});

const HOLDS =
  /null character|invalid message format|unsupported Unicode escape|invalid byte sequence|\\u0000|0x00|out of range|U\+0000/;

const tally = { triples: 0, allowed: 0, selective: 0, refused: 0, skipped: 0 };
const findings: string[] = [];

async function ask(seed: number, connection: Connection): Promise<void> {
  const random = new Random(seed);
  const size = { policies: 4, requests: 12, fuel: 2 };
  const questions = FilterQuestions.of(arbitraryCase(random, 'typed', size), random, POSTGRES_TABLES);
  if (questions === undefined) return;
  await connection.run(
    'RESET ROLE; DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO reader',
  );
  try {
    await connection.run(questions.tables.statements.join(';'));
  } catch (error) {
    if (!HOLDS.test((error as Error).message)) throw error;
    tally.skipped++;
    return;
  }
  await connection.run('GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader');
  for (const request of questions.requests) await check(request, questions, connection, `seed ${seed}`);
}

async function check(
  request: Request,
  questions: FilterQuestions,
  connection: Connection,
  what: string,
): Promise<void> {
  const { principal, action, resource, context } = request;
  // Refused: a setting that is empty is one that is not set.
  if (principal.id === '') return;
  const { mapping } = questions.tables;
  const table = POSTGRES_TABLES.name(questions.tables.tableOf(resource.type));
  let text = '';
  try {
    const security = rowSecurity(questions.set as never, mapping, {
      principal: principal.type,
      resources: [resource.type],
      actions: { select: `${action}` },
    });
    const session = security.session({ principal, action: `${action}`, context });
    text = security.statements.join(';\n');
    await connection.run(`BEGIN; ${text}; SET LOCAL ROLE reader`);
    await connection.ids(session.text, session.values);
    const passed = new Set(await connection.ids(`SELECT id FROM ${table}`, []));
    compare(questions.allowed(request), passed, `${what}, ${principal}: ${text}`);
  } catch (error) {
    if (error instanceof FilterError) tally.refused++;
    else if (HOLDS.test((error as Error).message)) tally.skipped++;
    else findings.push(`${what}: ${(error as Error).message}\n  ${text.slice(0, 3000)}`);
  } finally {
    await connection.run('ROLLBACK');
  }
}

function compare(allowed: ReadonlyMap<string, boolean>, passed: ReadonlySet<string>, what: string): void {
  tally.triples += allowed.size;
  tally.allowed += passed.size;
  if (passed.size > 0 && passed.size < allowed.size) tally.selective++;
  for (const [id, isAllowed] of allowed) {
    if (passed.has(id) === isAllowed) continue;
    findings.push(`${passed.has(id) ? 'wider' : 'narrower'} for ${JSON.stringify(id)}, ${what}`);
    return;
  }
}

const server = startPostgres(memoryFolder());
const connection = await connectPostgres(server);
try {
  await connection.run('CREATE ROLE reader');
  for (let seed = Number(given.seed); tally.triples < Number(given.triples) && findings.length < 5; seed++)
    await ask(seed, connection);
} finally {
  await connection.close();
  server.stop();
}
for (const finding of findings) console.log(finding);
console.log(`row-level security: ${JSON.stringify(tally)}, ${findings.length} differences`);
process.exitCode = findings.length === 0 && tally.selective > 0 ? 0 : 1;
