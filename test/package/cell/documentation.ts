/**
 * Documentation cells — every code block of README.md and docs, as copied into a new project: types checked, run, and its claims held.
 */
import { CLAIMS, withAssertions } from '../../docs/arrow.ts';
import { type Part, partsOf } from '../../docs/page.ts';
import { type Page, pages } from '../../docs/pages.ts';
import { type Cell, json, manifest, type Step } from '../cell.ts';

/** Types are stripped by this Node itself. */
const NODE = 'node-26';

const TSCONFIG = json({
  compilerOptions: {
    strict: true,
    module: 'nodenext',
    target: 'es2022',
    lib: ['es2023', 'dom'],
    jsx: 'react-jsx',
    types: ['node'],
    noEmit: true,
    allowImportingTsExtensions: true,
    allowArbitraryExtensions: true,
    skipLibCheck: true,
  },
  exclude: ['**/*.run.ts', '**/*.run.tsx'],
});

/** `npx` of a reader finds the command that is installed here. The last comment of a line says how it ends, if not with 0. */
const COMMAND = `
import { spawnSync } from 'node:child_process';
import { delimiter, resolve } from 'node:path';
const line = process.argv[2];
const wanted = Number(/# exit (\\d)$/.exec(line)?.[1] ?? 0);
const PATH = resolve('../../node_modules/.bin') + delimiter + process.env.PATH;
const { status } = spawnSync('sh', ['-c', line.replaceAll('npx ', '')], { env: { ...process.env, PATH }, stdio: 'inherit' });
if (status !== wanted) throw new Error(line + ' ended with ' + status);
`;

/** Runs a program, and holds what it prints against what the page says. */
const RUN = `
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
const [program, ...prints] = process.argv.slice(2);
const { status, stdout, stderr } = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--import', 'cedarmill/register', program], { encoding: 'utf8' });
if (status !== 0) throw new Error(stdout + stderr);
if (prints.length > 0 && stdout !== readFileSync(prints[0], 'utf8')) throw new Error('it prints\\n' + stdout);
`;

const SHOWS = 'every code block, as it is copied: types, results, output';

/** A page that has nothing to run is none. */
export const documentationCells: readonly Cell[] = pages()
  .map(cell)
  .filter(({ steps }) => steps.length > 0);

function cell(page: Page): Cell {
  const { path } = page;
  const parts = partsIn(page);
  if (parts instanceof Error) return unreadable(path, parts.message);
  const files: Record<string, string> = {
    'package.json': manifest('module'),
    'tsconfig.json': TSCONFIG,
    'command.mjs': COMMAND,
    'run.mjs': RUN,
    'claims.mjs': CLAIMS,
  };
  for (const part of parts) Object.assign(files, filesOf(part));
  const hasPrograms = parts.some(({ kind }) => kind === 'program');
  const before = parts.flatMap((part) => (part.kind === 'command' ? stepsOf(part) : []));
  const after = parts.flatMap((part) => (part.kind === 'command' ? [] : stepsOf(part)));
  const types: Step[] = hasPrograms ? [{ program: 'typescript-7.0/bin/tsc', args: ['-p', '.'] }] : [];
  return {
    name: path,
    group: 'Documentation',
    shows: SHOWS,
    files,
    steps: [...before, ...types, ...after],
  };
}

/** A page that cannot be run fails alone. */
function partsIn({ text }: Page): Part[] | Error {
  try {
    return partsOf(text);
  } catch (error) {
    return error as Error;
  }
}

function unreadable(path: string, why: string): Cell {
  const steps = [{ program: 'node', args: ['-e', `throw new Error(${JSON.stringify(why)})`] }];
  return { name: path, group: 'Documentation', shows: SHOWS, files: {}, steps };
}

function filesOf(part: Part): Record<string, string> {
  if (part.kind === 'file') return { [part.name]: part.text };
  if (part.kind === 'command') return {};
  const { name, text, prints } = part;
  return {
    [fileOf(part)]: text,
    [runOf(name)]: withAssertions(text.replaceAll('3000', String(portOf(name)))),
    ...(prints === undefined ? {} : { [`${name}.txt`]: prints }),
  };
}

function stepsOf(part: Part): Step[] {
  if (part.kind === 'file') return [];
  if (part.kind === 'command') {
    // Others install, or start what does not end.
    return /\bnpx cedarmill\b/.test(part.text) ? [{ program: 'node', args: ['command.mjs', part.text] }] : [];
  }
  if (isTest(part)) return [{ program: 'vitest/vitest.mjs', args: ['run', fileOf(part)], expect: /\d+ passed/ }];
  const { name, prints } = part;
  const printed = prints === undefined ? [] : [`${name}.txt`];
  if (!name.endsWith('.tsx')) return [{ program: NODE, args: ['run.mjs', runOf(name), ...printed] }];
  const out = name.replace('.tsx', '.bundle.mjs');
  const bundle = ['--bundle', '--packages=external', '--platform=node', '--format=esm', '--jsx=automatic'];
  return [
    { program: '.bin/esbuild', args: [runOf(name), ...bundle, `--outfile=${out}`, '--log-level=warning'] },
    { program: NODE, args: ['run.mjs', out, ...printed] },
  ];
}

type Program = Extract<Part, { kind: 'program' }>;

function isTest({ text }: Program): boolean {
  return text.includes("from 'vitest'");
}

function fileOf(part: Program): string {
  return isTest(part) ? part.name.replace('.ts', '.test.ts') : part.name;
}

/** Beside the program, so that it finds the same files; `tsc` leaves it out by its name. */
function runOf(name: string): string {
  return name.replace(/\.(tsx?)$/, '.run.$1');
}

/** One that no other page uses. */
function portOf(name: string): number {
  return 20_000 + [...name].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 10_000, 7);
}
