/**
 * Start — the main job on TinyTodo: the policies, a morning of requests with their answers, what was compiled, and how fast it is.
 *
 *     npm start
 */
import { readFileSync } from 'node:fs';
import pc from 'picocolors';
import { emitModule } from '../../codegen/bind/module.ts';
import { compile, type Engine, type EntityStore, EntityUid, type RequestInput } from '../../src/index.ts';
import { runScript } from './script.ts';
import { TinyTodo } from './tinytodo.ts';

const title = (text: string) => console.log(`\n${pc.bold(pc.cyan(text))}`);

title('The policies (examples/tinytodo/policies.cedar)');
console.log(readFileSync(new URL('policies.cedar', import.meta.url), 'utf8').trim());

title('A morning with TinyTodo (examples/tinytodo/script.ts)');
const app = new TinyTodo();
console.log(runScript(app).join('\n'));

title('Requests and their answers');
const list = app.createList(new EntityUid('User', 'andrew'), 'Groceries');
app.share(new EntityUid('User', 'andrew'), list.id, 'readers', new EntityUid('Team', 'interns'));
const requests: RequestInput[] = [
  request('andrew', 'CreateList', 'Application::"TinyTodo"'),
  request('kesha', 'CreateList', 'Application::"TinyTodo"'),
  request('kesha', 'GetList', `List::"${list.id}"`),
  request('kesha', 'UpdateList', `List::"${list.id}"`),
  request('aaron', 'GetList', `List::"${list.id}"`),
  request('andrew', 'DeleteList', `List::"${list.id}"`),
  request('andrew', 'GetList', 'Application::"TinyTodo"'),
];
table(
  ['principal', 'action', 'resource', 'decision', 'determining policies', 'errors'],
  requests.map((each) => {
    const { decision, determiningPolicies, errors } = app.engine.isAuthorized(each, app.store);
    const shown = decision === 'allow' ? pc.green(decision) : pc.red(decision);
    const told = errors.map(({ policyId, message }) => `${policyId}: ${message}`);
    return [each.principal, each.action, each.resource]
      .map(String)
      .concat(shown, determiningPolicies.join(', '), told.join('; '));
  }),
);

title('What was compiled (an excerpt; `npx cedarmill compile` prints all of it)');
const text = emitModule(app.engine.policies);
const start = text.indexOf('// permit "owner"');
console.log(text.slice(start, text.indexOf('// permit "edit-shared"')).trimEnd().replace(/^ {4}/gm, ''));

title('Decisions per second, one core');
const model = compile(app.engine.policies, { mode: 'interpret' });
const compiled = perSecond(app.engine, app.store, 400);
const interpreted = perSecond(model, app.store, 400);
table(
  ['engine', 'decisions per second', ''],
  [
    ['compiled', compiled.toLocaleString('en'), `${Math.round(compiled / interpreted)} × the model`],
    ['model', interpreted.toLocaleString('en'), 'with the entities indexed anew in every call'],
  ],
);
console.log('\nTry it by hand: npx tsx examples/tinytodo/prompt.ts');

function request(user: string, action: string, resource: string): RequestInput {
  return { principal: `User::"${user}"`, action: `Action::"${action}"`, resource };
}

/** Full answers, after a warm-up of as many milliseconds. */
function perSecond(engine: Engine, store: EntityStore, ms: number): number {
  let decided = 0;
  const run = (until: number) => {
    decided = 0;
    while (performance.now() < until) {
      for (const each of requests) if (engine.isAuthorized(each, store).decision.length > 0) decided++;
    }
  };
  run(performance.now() + ms);
  const begin = performance.now();
  run(begin + ms);
  return Math.round((decided / (performance.now() - begin)) * 1000);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const plain = (cell: string) => cell.replace(new RegExp(`${String.fromCharCode(27)}\\[\\d+m`, 'g'), '');
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => plain(row[i] ?? '').length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - plain(cell).length))
      .join('  ')
      .trimEnd();
  console.log([pc.dim(line(head)), ...rows.map(line)].join('\n'));
}
