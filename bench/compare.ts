/**
 * Compare — `npm run bench:compare BASE [HEAD]`: two commits, or a commit and the work tree, on a chosen set of scenarios.
 *
 *     npm run bench:compare main
 *     npm run bench:compare main HEAD~1
 *     npm run bench:compare main -- --turns 5 gdrive:50 links:1000
 *
 * Each side runs its own benchmark in its own tree, in turns, so that both see the same machine; the medians over the turns are compared. Only
 * cedarmill and the function written by hand are timed: the latter tells what the machine did meanwhile.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { program } from 'commander';
import { shown } from './figure.ts';
import { machine } from './harness.ts';
import type { Row } from './row.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
const DEFAULTS = ['gdrive:50', 'github:50', 'tinytodo:50', 'links:1000', 'wide:100'];

program
  .name('npm run bench:compare --')
  .description('Compares two commits, or a commit and the work tree.')
  .argument('<base>', 'the commit to compare with')
  .argument('[others...]', `the other commit, and scenarios with their sizes; default ${DEFAULTS.join(' ')}`)
  .option('--turns <number>', 'how often either side is timed', '3')
  .option('--quick', 'short rounds: shows only that all is well')
  .parse();

const values = program.opts<{ readonly turns: string; readonly quick?: true }>();
const commits = program.args.filter((each) => !each.includes(':'));
const sized = program.args.filter((each) => each.includes(':'));
const [base = '', head] = commits;

// An interrupt ends the child, and then what is left here is tidied up.
process.on('SIGINT', () => {});
const folder = mkdtempSync(join(tmpdir(), 'cedarmill-compare-'));
const trees: string[] = [];
try {
  const sides = [treeOf(base), head === undefined ? root : treeOf(head)] as const;
  console.log(`${machine()}\n${base} against ${head ?? 'the work tree'}, medians of ${values.turns} turns`);
  for (const each of sized.length > 0 ? sized : DEFAULTS) compare(each, sides);
} finally {
  for (const tree of trees) git('worktree', 'remove', '--force', tree);
  rmSync(folder, { recursive: true, force: true });
}

/** A work tree of that commit, with this one's packages. */
function treeOf(commit: string): string {
  const tree = join(folder, `tree-${trees.length}`);
  git('worktree', 'add', '--quiet', '--detach', tree, commit);
  trees.push(tree);
  symlinkSync(join(root, 'node_modules'), join(tree, 'node_modules'));
  return tree;
}

function compare(each: string, sides: readonly [old: string, now: string]): void {
  const [scenario, size] = each.split(':') as [string, string];
  const turns: [old: Row[], now: Row[]][] = [];
  for (let turn = 0; turn < Number(values.turns); turn++) {
    const inOrder = turn % 2 === 0 ? sides : ([...sides].reverse() as [string, string]);
    const rows = inOrder.map((tree) => rowsOf(tree, scenario, size)) as [Row[], Row[]];
    turns.push(turn % 2 === 0 ? rows : [rows[1], rows[0]]);
  }
  console.log(`\n${scenario} ${size}${' '.repeat(34)}    old        new   new/old          × by hand, old → new`);
  for (const row of turns[0]![1]) print(row, turns);
}

function rowsOf(tree: string, scenario: string, size: string): Row[] {
  const file = join(folder, 'rows.json');
  rmSync(file, { force: true });
  const main = join(tree, 'bench/main.ts');
  // Commits before this flag time all rivals.
  const fast = readFileSync(main, 'utf8').includes('fast:') ? ['--fast'] : [];
  const quick = values.quick ? ['--quick'] : ['--size', size];
  execFileSync(process.execPath, ['--import', 'tsx', main, scenario, ...quick, ...fast, '--json', file], {
    cwd: tree,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const rows = JSON.parse(readFileSync(file, 'utf8')) as Row[];
  if (rows.length === 0) throw new Error(`${scenario} has no size ${size}`);
  return rows.filter(({ engine }) => engine === 'cedarmill' || engine === 'hand-written');
}

function print({ engine, mode }: Row, turns: readonly (readonly [Row[], Row[]])[]): void {
  const of = (side: 0 | 1, figure: (row: Row) => number | undefined) => {
    const found = turns.map((turn) => turn[side].find((row) => row.engine === engine && row.mode === mode));
    return found.flatMap((row) => (row === undefined ? [] : (figure(row) ?? [])));
  };
  const [old, now] = ([0, 1] as const).map((side) => of(side, (row) => row.nsPerDecision)) as [number[], number[]];
  if (old.length === 0) return;
  const quotient = (median(now) / median(old)).toFixed(2);
  const spread = `± ${(100 * Math.max(spreadOf(old), spreadOf(now))).toFixed(0)} %`;
  const hand = ([0, 1] as const).map((side) => of(side, (row) => row.ratioToHand));
  const ratios = hand.every(({ length }) => length > 0) ? hand.map((all) => median(all).toFixed(2)).join(' → ') : '';
  const figures = [
    shown(median(old)).padStart(11),
    shown(median(now)).padStart(11),
    quotient.padStart(8),
    spread.padStart(7),
  ];
  console.log(`  ${`${engine}, ${mode}`.padEnd(40)}${figures.join('')}   ${ratios}`.trimEnd());
}

function median(all: readonly number[]): number {
  const sorted = [...all].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

/** Half the distance between the least and the most, as a share of the median. */
function spreadOf(all: readonly number[]): number {
  return (Math.max(...all) - Math.min(...all)) / 2 / median(all);
}

function git(...args: string[]): void {
  execFileSync('git', args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}
