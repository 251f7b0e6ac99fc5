/**
 * Build — the command: what it writes, when it fails, and that a failure leaves the last good files as they are.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/run.ts';
import { folderWith } from '../build/built.ts';

const FILES = {
  'p.cedar': 'permit (principal, action == Action::"view", resource);',
  's.cedarschema': 'entity U; action view, edit appliesTo { principal: U, resource: U };',
};

function buildIn(files: Readonly<Record<string, string>>) {
  const folder = folderWith(files);
  const at = (name: string) => join(folder, name);
  const run = (...args: string[]) => {
    let [out, err] = ['', ''];
    const terminal = {
      out: (text: string) => {
        out += text;
      },
      err: (text: string) => {
        err += text;
      },
    };
    const inputs = ['-p', at('p.cedar'), '-s', at('s.cedarschema'), '-o', at('out.mjs')];
    return { exit: runCommandLine(['build', ...inputs, ...args], terminal), out, err };
  };
  return { at, run, read: (name: string) => readFileSync(at(name), 'utf8') };
}

test('it writes a module and its types, and nothing where nothing changed', () => {
  const { at, run, read } = buildIn(FILES);
  expect(run()).toMatchObject({ exit: 0, err: '' });
  expect(read('out.mjs')).toContain('export { engine as default };');
  expect(read('out.d.mts')).toContain('export default engine;');
  const { ino } = statSync(at('out.mjs'));
  expect(run()).toEqual({ exit: 0, out: '', err: '' });
  expect(statSync(at('out.mjs')).ino).toBe(ino);
});

test('`--check` writes nothing, and fails on each file that is missing or stale', () => {
  const { at, run } = buildIn(FILES);
  expect(run('--check').out.match(/is stale/g)).toHaveLength(3);
  expect(existsSync(at('out.mjs'))).toBe(false);
  run();
  expect(run('--check')).toEqual({ exit: 0, out: '', err: '' });
  writeFileSync(at('out.d.mts'), 'export {};');
  expect(run('--check')).toMatchObject({
    exit: 1,
    out: `\`${at('out.d.mts')}\` is stale: run \`cedarmill build\` without \`--check\`\n`,
  });
  expect(run('--check', '--no-types').exit).toBe(0);
  writeFileSync(at('p.cedar'), `${FILES['p.cedar']}${FILES['p.cedar']}`);
  expect(run('--check').exit).toBe(1);
});

test('policies that do not fit leave the last good module', () => {
  const { at, run, read } = buildIn(FILES);
  run();
  const good = read('out.mjs');
  writeFileSync(at('p.cedar'), 'permit (principal, action == Action::"viewx", resource);');
  const { exit, out } = run();
  expect(exit).toBe(3);
  expect(out).toContain('p.cedar:1:30\n');
  expect(read('out.mjs')).toBe(good);
});

test('warnings are said, and fail on request', () => {
  const { run, at } = buildIn({ ...FILES, 'p.cedar': 'permit (principal, action, resource) when { false };' });
  expect(run()).toMatchObject({ exit: 0, err: expect.stringContaining('warning: ') });
  expect(run('--deny-warnings').exit).toBe(3);
  expect(existsSync(at('out.mjs'))).toBe(true);
});

test('`--actions` builds what some requests need', () => {
  const { run, read } = buildIn(FILES);
  expect(run('--actions', 'edit').exit).toBe(0);
  expect(read('out.d.mts')).not.toContain('policy0');
  expect(run('--actions', 'eidt')).toMatchObject({
    exit: 1,
    out: expect.stringContaining('there is no action `eidt`'),
  });
});
