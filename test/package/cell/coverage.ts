/**
 * Coverage cells — the coverage report of an application shows which clauses of its policies three requests reached.
 */
import type { Cell } from '../cell.ts';
import { APP, run } from './policy-app.ts';

/** Three requests, and the lines of the policies that they reached. */
const COVERED = `
import { expect, test } from 'vitest';
import authz from './policies.cedar';
const doc = (owner, level) => ({ uid: 'Doc::"d"', attrs: { owner: 'User::"' + owner + '"', level, public: false, labels: [] }, parents: [] });
const bob = { uid: 'User::"bob"', attrs: {}, parents: ['Team::"staff"'] };
const list = { principal: 'User::"bob"', action: 'list', resource: 'Doc::"d"', context: { mfa: false } };
test('three requests', () => {
  expect(authz.isAllowed({ ...list, principal: 'User::"ann"' }, [doc('ann', 1)])).toBe(true);
  expect(authz.isAllowed({ ...list, principal: 'User::"eve"' }, [doc('ann', 1)])).toBe(false);
  expect(authz.isAllowed(list, [doc('ann', 7), bob])).toBe(false);
});
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
const COVERAGE = `
import { readFileSync } from 'node:fs';
const report = JSON.parse(readFileSync('coverage/coverage-final.json', 'utf8'));
const [file] = Object.entries(report).filter(([path]) => path.endsWith('policies.cedar')).map(([, each]) => each);
const lines = {};
for (const [id, { start }] of Object.entries(file.statementMap)) lines[start.line] = Math.max(lines[start.line] ?? 0, file.s[id]);
const reached = Object.keys(lines).filter((line) => lines[line] > 0).join();
const missed = Object.keys(lines).filter((line) => lines[line] === 0).join();
if (reached !== '1,2,3,4,9' || missed !== '10,12,13') throw new Error('reached ' + reached + ', missed ' + missed);
console.log('cedarmill: ok');
`;

export const coverageCells: readonly Cell[] = [
  {
    name: 'policies.cedar: coverage',
    group: 'Policies at build time',
    shows: 'Vitest reports exactly the clauses that three requests reached',
    files: {
      ...APP,
      'policies.cedar': COVERED_POLICIES,
      'use.test.js': COVERED,
      'vitest.config.js': `import cedarmill from 'cedarmill/vite';
const config = { plugins: [cedarmill()], test: { coverage: { provider: 'v8', include: ['policies.cedar'], reporter: ['json'] } } };
export { config as default };
`,
      'look.mjs': COVERAGE,
    },
    steps: [{ program: 'vitest/vitest.mjs', args: ['run', '--coverage'] }, run('look.mjs')],
  },
];
