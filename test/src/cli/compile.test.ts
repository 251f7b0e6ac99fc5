/**
 * Compile — the form of the module that the command writes, and its declarations.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cedarmill-compile-'));
  writeFileSync(join(folder, 'p.cedar'), 'permit(principal, action, resource);');
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

/** What was printed and said, and the exit code. */
function compile(...args: string[]): { exit: number; out: string; err: string } {
  let [out, err] = ['', ''];
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  return { exit: runCommandLine(['compile', '-p', at('p.cedar'), ...args], terminal), out, err };
}

function formOf(name: string): 'esm' | 'cjs' {
  return readFileSync(at(name), 'utf8').includes('export const policies = ') ? 'esm' : 'cjs';
}

test.each([
  ['a.mjs', undefined, 'esm', 'a.d.mts'],
  ['a.cjs', 'module', 'cjs', 'a.d.cts'],
  ['a.js', 'module', 'esm', 'a.d.ts'],
  ['a.js', 'commonjs', 'cjs', 'a.d.ts'],
  ['a.js', undefined, 'cjs', 'a.d.ts'],
  ['deep/a.js', 'module', 'esm', 'deep/a.d.ts'],
])('%s in a project of type %s is %s, with %s', (name, type, form, declarations) => {
  mkdirSync(at('deep'));
  writeFileSync(at('package.json'), JSON.stringify({ type }));
  expect(compile('-o', at(name))).toEqual({ exit: 0, out: '', err: '' });
  expect(formOf(name)).toBe(form);
  expect(readFileSync(at(declarations), 'utf8')).toContain('export declare const policies: PolicyModule;');
});

test('a package.json that is not one is taken for one that says nothing', () => {
  writeFileSync(at('package.json'), 'no JSON');
  compile('-o', at('a.js'));
  expect(formOf('a.js')).toBe('cjs');
});

test('`--format` decides, with a warning where Node would take the file for the other form', () => {
  writeFileSync(at('package.json'), JSON.stringify({ type: 'commonjs' }));
  const { exit, err } = compile('-o', at('a.js'), '--format', 'esm');
  expect([exit, formOf('a.js')]).toEqual([0, 'esm']);
  expect(err).toContain('is an ES module, but Node takes it for CommonJS');
  expect(compile('-o', at('b.js'), '--format', 'cjs').err).toBe('');
});

test('`--no-types` writes no declarations; neither does a name that is not JavaScript', () => {
  compile('-o', at('a.mjs'), '--no-types');
  compile('-o', at('a.txt'));
  expect([existsSync(at('a.d.mts')), existsSync(at('a.txt')), existsSync(at('a.d.ts'))]).toEqual([false, true, false]);
});

test('without a file, an ES module is printed', () => {
  expect(compile().out).toContain('export const policies = ');
  expect(compile('--format', 'cjs').out).toContain('exports.policies = ');
});
