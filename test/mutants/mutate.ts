/**
 * Mutate — `npm run mutate`: changes every expression of a folder, one at a time, and counts the changes that no test sees.
 *
 * Ends with status 1 if the score of a folder is below the least. README.md lists the options.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { program } from 'commander';
import { ROOT } from '../drt/bundle.ts';
import { apart, CASES, MUTATED, ORACLES } from './oracles.ts';

program
  .name('npm run mutate --')
  .description('Changes every expression, one at a time, and counts the changes that no test sees.')
  .argument('[places...]', 'folders or files; all folders, unless there are some')
  .option('--concurrency <number>', 'mutants at a time', '1')
  .option('--cases <number>', 'generated cases of each property at first', '12')
  .option('--once', 'survivors of few cases are not put to many')
  .option('--again', 'the survivors of the last run only, after tests were added')
  .parse();

interface Values {
  readonly concurrency: string;
  readonly cases: string;
  readonly once?: true;
  readonly again?: true;
}

const values = program.opts<Values>();
const positionals = program.args;

/** Where Stryker leaves its report, and where a readable one stands afterwards, both out of version control. */
const REPORT = `${ROOT}.stryker-tmp/report.json`;
const SURVIVORS = `${ROOT}.stryker-tmp/survivors`;

/** Percent. */
const LEAST = 85;

interface Mutant {
  status: string;
  readonly mutatorName: string;
  readonly replacement: string;
  readonly location: { readonly start: Place; readonly end: Place };
}

interface Place {
  readonly line: number;
  readonly column: number;
}

interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

/** Generated cases of each property for the mutants that are left after `--cases`. */
const MANY = '100';

/** What survives few cases is put to many: most mutants need not wait for those. */
function mutate(folder: string, patterns: readonly string[]): boolean {
  const told = values.again ? remembered(folder) : trial(folder, patterns, values.cases);
  if (told === undefined) {
    console.log(`${folder}: not run yet`);
    return false;
  }
  if (values.again) putAgain(folder, told, values.cases);
  else if (!values.once) putAgain(folder, told, MANY);
  remember(folder, told);
  return report(folder, told);
}

function putAgain(folder: string, told: Report, cases: string): void {
  const left = trialsOf(told, LEFT);
  if (left.length === 0) return;
  const ranges = new Set(left.map(({ path, mutant }) => rangeOf(path, mutant)));
  const found = new Set(trialsOf(trial(folder, [...ranges], cases), FOUND).map(keyOf));
  for (const each of left) if (found.has(keyOf(each))) each.mutant.status = 'Killed';
}

function trial(folder: string, patterns: readonly string[], cases: string): Report {
  const args = ['stryker', 'run', '--concurrency', values.concurrency, '--mutate', patterns.join(',')];
  const env = { ...process.env, [MUTATED]: folder, [CASES]: cases };
  // What an earlier run left must not be taken for the report of one that failed.
  rmSync(REPORT, { force: true });
  spawnSync('npx', args, { cwd: ROOT, env, stdio: 'inherit' });
  return JSON.parse(readFileSync(REPORT, 'utf8')) as Report;
}

/** What became of the mutants in the last run: right as long as the files of the folder are the same. */
function remembered(folder: string): Report | undefined {
  const path = `${SURVIVORS}/${nameOf(folder)}.json`;
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Report) : undefined;
}

function remember(folder: string, told: Report): void {
  mkdirSync(SURVIVORS, { recursive: true });
  writeFileSync(`${SURVIVORS}/${nameOf(folder)}.json`, JSON.stringify(told));
}

function nameOf(folder: string): string {
  return folder.replaceAll('/', '-');
}

const FOUND = ['Killed', 'Timeout'];
const LEFT = ['Survived', 'NoCoverage'];

interface Trial {
  readonly path: string;
  readonly mutant: Mutant;
}

function trialsOf({ files }: Report, statuses: readonly string[]): Trial[] {
  return Object.entries(files).flatMap(([path, { mutants }]) =>
    mutants.filter(({ status }) => statuses.includes(status)).map((mutant) => ({ path, mutant })),
  );
}

function rangeOf(path: string, { location: { start, end } }: Mutant): string {
  return `${path}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
}

function keyOf({ path, mutant }: Trial): string {
  return `${rangeOf(path, mutant)} ${mutant.mutatorName} ${mutant.replacement}`;
}

/** One line a file, and the survivors as a list to be read. Whether the score is high enough. */
function report(folder: string, { files }: Report): boolean {
  const lines: string[] = [];
  let [found, counted] = [0, 0];
  for (const [file, { source, mutants }] of Object.entries(files)) {
    const left = mutants.filter(({ status }) => LEFT.includes(status));
    const foundHere = mutants.filter(({ status }) => FOUND.includes(status)).length;
    found += foundHere;
    counted += foundHere + left.length;
    lines.push(`${score(foundHere, foundHere + left.length)}  ${file}`);
    for (const mutant of left) lines.push(...survivor(source, mutant));
  }
  lines.push(`${score(found, counted)}  ${folder}`);
  writeFileSync(`${SURVIVORS}/${nameOf(folder)}.txt`, `${lines.join('\n')}\n`);
  console.log(lines.filter((line) => !line.startsWith(' ')).join('\n'));
  return 100 * found >= LEAST * counted;
}

function score(found: number, counted: number): string {
  return `${((100 * found) / Math.max(1, counted)).toFixed(1)} % (${found} of ${counted})`;
}

function survivor(source: string, { status, mutatorName, replacement, location: { start, end } }: Mutant): string[] {
  const lines = source.split('\n').slice(start.line - 1, end.line);
  const text = lines.map((line, i) =>
    line.slice(i === 0 ? start.column - 1 : 0, i === lines.length - 1 ? end.column - 1 : undefined),
  );
  const plain = (part: string) => part.replace(/\s+/g, ' ').slice(0, 110);
  return [
    `    ${start.line}: ${status} ${mutatorName}`,
    `        - ${plain(text.join('\n'))}`,
    `        + ${plain(replacement)}`,
  ];
}

/** The folder whose oracles cover this file, or the file itself if it has oracles of its own. */
function checkedAs(path: string): string {
  const known = [path, dirname(path)].find((each) => ORACLES[each] !== undefined);
  if (known === undefined) throw new Error(`${path}: no such folder, or file of one, among ${Object.keys(ORACLES)}`);
  return known;
}

function patternsOf(path: string): string[] {
  return path.endsWith('.ts') ? [path] : [`${path}/*.ts`, ...apart(path).map((file) => `!${file}`)];
}

const asked = new Map<string, string[]>();
const paths = positionals.length > 0 ? positionals.flatMap((path) => [path, ...apart(path)]) : Object.keys(ORACLES);
for (const path of paths) {
  const checked = checkedAs(path);
  asked.set(checked, [...(asked.get(checked) ?? []), ...patternsOf(path)]);
}
let enough = true;
for (const [folder, patterns] of asked) enough = mutate(folder, patterns) && enough;
process.exitCode = enough ? 0 : 1;
