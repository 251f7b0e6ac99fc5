/**
 * Coverage cells — the coverage report of an application shows which clauses of its policies three requests reached.
 */
import type { Cell, Step } from '../cell.ts';
import { COMMAND } from './node.ts';
import { APP, node, run } from './policy-app.ts';

/** Three requests, which reach some of the clauses. */
const REQUESTS = `
const doc = (owner, level) => ({ uid: 'Doc::"d"', attrs: { owner: 'User::"' + owner + '"', level, public: false, labels: [] }, parents: [] });
const bob = { uid: 'User::"bob"', attrs: {}, parents: ['Team::"staff"'] };
const list = { principal: 'User::"bob"', action: 'list', resource: 'Doc::"d"', context: { mfa: false } };
export const ask = (authz) => [
  authz.isAllowed({ ...list, principal: 'User::"ann"' }, [doc('ann', 1)]),
  authz.isAllowed({ ...list, principal: 'User::"eve"' }, [doc('ann', 1)]),
  authz.isAllowed(list, [doc('ann', 7), bob]),
].join();
`;
const TEST = `
import { expect, test } from 'vitest';
import authz from './policies.cedar';
import { ask } from './requests.js';
test('three requests', () => expect(ask(authz)).toBe('true,false,false'));
`;
const program = (module: string) => `
import authz from '${module}';
import { ask } from './requests.js';
if (ask(authz) !== 'true,false,false') throw new Error('other answers');
`;

const COVERED_POLICIES = `permit (principal, action, resource)
when { resource.owner == principal };
permit (
  principal in Team::"staff",
  action in Action::"read",
  resource
)
when {
  resource.level < 3 &&
  context.mfa
};
permit (principal, action == Action::"view", resource)
when { resource.public };
`;
/** The lines that hold a clause, each reached or missed; what tools say of the lines between is theirs. Nothing else of the file is counted. */
const LOOK = `
import { readFileSync } from 'node:fs';
const report = JSON.parse(readFileSync('coverage/coverage-final.json', 'utf8'));
const [file] = Object.entries(report).filter(([path]) => path.endsWith('policies.cedar')).map(([, each]) => each);
const same = (what, found, wanted) => {
  if (String(found) !== wanted) throw new Error(what + ' ' + found + ', not ' + wanted);
};
const linesOf = (map, counts, holds) => [...new Set(Object.keys(map).filter((id) => holds(counts[id])).map((id) => (map[id].loc ?? map[id]).start.line))].sort((a, b) => a - b);
same('missed lines', linesOf(file.statementMap, file.s, (count) => count === 0), '10,12,13');
same('reached clauses', linesOf(file.fnMap, file.f, (count) => count > 0), '1,2,3,4,9');
same('missed clauses', linesOf(file.fnMap, file.f, (count) => count === 0), '10,12,13');
const between = [5, 6, 7, 8, 11];
same('reached lines', linesOf(file.statementMap, file.s, (count) => count > 0).filter((line) => !between.includes(line)), '1,2,3,4,9');
console.log('cedarmill: ok');
`;

const FILES = { ...APP, 'policies.cedar': COVERED_POLICIES, 'requests.js': REQUESTS, 'look.mjs': LOOK };
const c8 = (...args: string[]): Step => ({ program: 'c8/bin/c8.js', args: ['--clean', '--reporter', 'json', ...args] });

export const coverageCells: readonly Cell[] = [
  {
    name: 'policies.cedar: coverage in Vitest',
    group: 'Policies at build time',
    shows: 'exactly the clauses that three requests reached',
    files: {
      ...FILES,
      'use.test.js': TEST,
      'vitest.config.js': `import cedarmill from 'cedarmill/vite';
const config = { plugins: [cedarmill()], test: { coverage: { provider: 'v8', include: ['policies.cedar'], reporter: ['json'] } } };
export { config as default };
`,
    },
    steps: [{ program: 'vitest/vitest.mjs', args: ['run', '--coverage'] }, run('look.mjs')],
  },
  {
    name: 'policies.cedar: coverage by c8',
    group: 'Policies at build time',
    shows: 'exactly the clauses that three requests reached, in Node without a bundler and in a built module',
    files: { ...FILES, 'imports.js': program('./policies.cedar'), 'built.js': program('./authz.js') },
    steps: [
      c8('--extension', '.cedar', 'node', '--import', 'cedarmill/register', 'imports.js'),
      run('look.mjs'),
      node(COMMAND, 'build', '-p', 'policies.cedar', '-s', 'policies.cedarschema', '-o', 'authz.js', '--coverage'),
      c8('node', 'built.js'),
      run('look.mjs'),
    ],
  },
];
