/**
 * Development start — what the plugin adds to the start of a bundler: a project of 1,000 policies with a schema, in fresh processes.
 *
 * `first` processes find no cache and no declarations that are up to date; the others find both, as on any later day.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { range } from '../scenario/generator.ts';
import { type Effort, type Measure, measured } from './measure.ts';
import { builtPackage } from './start/built.ts';

const MAIN = fileURLToPath(new URL('start/plugin.js', import.meta.url));

const SIZES = { full: { policies: 1000, rounds: 15 }, quick: { policies: 50, rounds: 1 } } satisfies Record<
  Effort,
  object
>;

const TYPES = ['Doc', 'Folder', 'Album', 'Photo', 'Note', 'Task', 'Issue', 'Page'];
const VERBS = ['view', 'edit', 'share', 'delete', 'list'];

/** Milliseconds. */
interface Times {
  readonly load: number;
  readonly start: number;
  readonly first: number;
  readonly length: number;
}

export const developmentStart: Measure = {
  about: 'a bundler that starts with the plugin: its hook at the start, and the first import of the policies',
  rows: async (effort) => {
    const { policies, rounds } = SIZES[effort];
    const built = await builtPackage();
    try {
      const plugin = join(dirname(built.files.compiler), '../../src/plugin/rollup.js');
      const first = range(rounds).map(() => inProject(policies, (project) => started(plugin, project)));
      const later = inProject(policies, (project) => {
        started(plugin, project);
        return range(rounds).map(() => started(plugin, project));
      });
      const row = { scenario: 'development-start', size: policies, engine: 'cedarmill' };
      const rowOf = (mode: string, all: readonly Times[], part: 'load' | 'start' | 'first') =>
        measured(
          { ...row, mode },
          all.map((times) => times[part] * 1e6),
        );
      return [
        rowOf('import the plugin', later, 'load'),
        rowOf('the start, at first', first, 'start'),
        rowOf('the first import, at first', first, 'first'),
        rowOf('the start, again', later, 'start'),
        rowOf('the first import, again', later, 'first'),
      ];
    } finally {
      built.remove();
    }
  },
};

function started(plugin: string, project: string): Times {
  const printed = execFileSync(process.execPath, [MAIN, plugin, project], { encoding: 'utf8' });
  const times = JSON.parse(printed) as Times;
  if (times.length === 0) throw new Error('the plugin built nothing');
  return times;
}

/** A folder with policies, their schema, and declarations of an older time, so that the plugin looks after them. */
function inProject<T>(policies: number, run: (project: string) => T): T {
  const project = mkdtempSync(join(tmpdir(), 'cedarmill-project-'));
  try {
    mkdirSync(join(project, 'node_modules'));
    writeFileSync(join(project, 'policies.cedar'), range(policies).map(policy).join('\n'));
    writeFileSync(join(project, 'policies.cedarschema'), schema());
    writeFileSync(join(project, 'policies.d.cedar.ts'), '');
    return run(project);
  } finally {
    rmSync(project, { recursive: true });
  }
}

function schema(): string {
  const attributes = '{ owner: User, team: Team, public: Bool, dept: String, size: Long }';
  const actions = TYPES.flatMap((type) =>
    VERBS.map(
      (verb) =>
        `action ${verb}${type} appliesTo { principal: User, resource: ${type}, context: { mfa: Bool, ip: ipaddr } };`,
    ),
  );
  return [
    'entity Team;',
    'entity User in [Team] { dept: String, level: Long, active: Bool };',
    ...TYPES.map((type) => `entity ${type} ${attributes};`),
    ...actions,
  ].join('\n');
}

function policy(i: number): string {
  const type = TYPES[Math.floor(i / VERBS.length) % TYPES.length]!;
  const scope = `principal${i % 5 === 0 ? ` in Team::"t${i}"` : ''}, action == Action::"${VERBS[i % VERBS.length]}${type}", resource`;
  const [effect, when] = i % 9 === 8 ? ['forbid', 'unless'] : ['permit', 'when'];
  return `@id("p${i}")\n${effect} (${scope})\n${when} { ${condition(i)} };\n`;
}

function condition(i: number): string {
  const n = i % 97;
  const conditions = [
    'resource.owner == principal',
    'principal in resource.team',
    `resource.public && principal.level > ${n}`,
    `principal.dept == resource.dept && resource.size < ${n}`,
    `context.mfa && principal.level >= ${n}`,
    `context.ip.isInRange(ip("10.${n}.0.0/16"))`,
  ];
  return conditions[(i * 7 + Math.floor(i / 40)) % conditions.length]!;
}
