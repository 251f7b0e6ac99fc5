/**
 * Watch — `build --watch` and `types --watch` in a process of their own: every change of a file that they read is followed, and no mistake.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/run.ts';
import { folderWith } from '../build/built.ts';

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts');
const TSX = import.meta.resolve('tsx');

const FILES = {
  'policies/a.cedar': '@id("a") permit (principal, action == Action::"view", resource);',
  's.cedarschema': 'entity U; action view appliesTo { principal: U, resource: U };',
};

interface Watching {
  readonly at: (name: string) => string;
  readonly said: () => string;
  readonly process: ChildProcess;
}

/** Once the command says that it watches. */
async function watching(args: readonly string[], files: Readonly<Record<string, string>> = FILES): Promise<Watching> {
  const cwd = folderWith(files);
  const child = spawn(process.execPath, ['--import', TSX, MAIN, ...args, '--watch'], { cwd, stdio: 'pipe' });
  onTestFinished(() => {
    child.kill();
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
  const command = { at: (name: string) => join(cwd, name), said: () => said, process: child };
  await until(() => said.includes('watching'));
  return command;
}

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 20_000, interval: 20 }).toBe(true);
}

const holds = (file: string, text: string) => existsSync(file) && readFileSync(file, 'utf8').includes(text);

test('`build --watch` follows policies, new files of a folder, and the schema; a mistake leaves the last good module', async () => {
  const {
    at,
    said,
    process: child,
  } = await watching(['build', '-p', 'policies', '-s', 's.cedarschema', '-o', 'out.mjs']);
  const [out, types] = [at('out.mjs'), at('out.d.mts')];
  expect(holds(out, '"a"')).toBe(true);

  writeFileSync(at('policies/a.cedar'), FILES['policies/a.cedar'].replace('"a"', '"other"'));
  await until(() => holds(out, '"other"') && holds(types, 'readonly other: '));

  mkdirSync(at('policies/deep'));
  writeFileSync(at('policies/deep/b.cedar'), '@id("b") forbid (principal, action, resource);');
  await until(() => holds(types, 'readonly b: '));

  const good = readFileSync(out, 'utf8');
  writeFileSync(at('policies/a.cedar'), 'permit (principal, action == Action::"veiw", resource);');
  await until(() => said().includes('unrecognized action `Action::"veiw"`'));
  expect(said()).toContain('policies/a.cedar:1:30');
  expect(readFileSync(out, 'utf8')).toBe(good);

  writeFileSync(at('s.cedarschema'), FILES['s.cedarschema'].replace('view', 'veiw'));
  await until(() => holds(types, 'readonly veiw: ') && holds(out, 'veiw'));

  rmSync(at('policies/deep/b.cedar'));
  await until(() => !holds(types, 'readonly b: '));
  expect(child.exitCode).toBe(null);
}, 60_000);

test('`types --watch` follows the schema and the policies, and a schema that is away for a moment', async () => {
  const args = ['types', '-p', 'policies/a.cedar', '-s', 's.cedarschema', '-o', 'types.ts'];
  const { at, said, process: child } = await watching(args);
  const out = at('types.ts');
  expect(holds(out, 'readonly view: ') && holds(out, 'readonly a: ')).toBe(true);

  writeFileSync(at('policies/a.cedar'), FILES['policies/a.cedar'].replace('"a"', '"other"'));
  await until(() => holds(out, 'readonly other: '));

  const good = readFileSync(out, 'utf8');
  rmSync(at('s.cedarschema'));
  await until(() => said().includes('failed to open'));
  expect(readFileSync(out, 'utf8')).toBe(good);

  writeFileSync(at('s.cedarschema'), FILES['s.cedarschema'].replace('view', 'edit'));
  await until(() => holds(out, 'readonly edit: '));
  expect(child.exitCode).toBe(null);
}, 60_000);

test('a command that begins with a mistake goes on, and builds when it is mended', async () => {
  const args = ['build', '-p', 'policies', '-s', 's.cedarschema', '-o', 'out.mjs'];
  const { at, said } = await watching(args, { ...FILES, 'policies/a.cedar': 'permit (' });
  expect(said()).toContain('policies/a.cedar:1:');
  expect(existsSync(at('out.mjs'))).toBe(false);
  writeFileSync(at('policies/a.cedar'), FILES['policies/a.cedar']);
  await until(() => holds(at('out.mjs'), '"a"'));
}, 60_000);

test('types that are printed cannot be watched, and what is watched is not checked', () => {
  let said = '';
  const terminal = { out: (text: string) => (said += text), err: (text: string) => (said += text) };
  const run = (...args: string[]) =>
    runCommandLine(['types', '-s', 's.cedarschema', '--watch', ...args], terminal as never);
  expect(run()).toBe(1);
  expect(said).toContain('`--watch` needs `--out <file>`');
  expect(run('-o', 'x.ts', '--check')).toBe(2);
});
