/**
 * Schema types — the command that writes the types of a schema.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/run.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cedarmill-types-'));
  writeFileSync(join(folder, 'a.cedarschema'), 'entity U; action view appliesTo { principal: U, resource: U };');
  writeFileSync(join(folder, 'p.cedar'), '@id("own") permit(principal, action, resource);');
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);

function types(...args: string[]): { readonly exit: number; readonly out: string } {
  let out = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
  };
  return { exit: runCommandLine(['types', '-s', at('a.cedarschema'), ...args], terminal), out };
}

test('without a file they are printed, and policies are named if they are given', () => {
  const { exit, out } = types();
  expect(exit).toBe(0);
  expect(out).toContain('export interface Actions {\n  readonly view: {');
  expect(out).not.toContain('Policies');
  expect(types('-p', at('p.cedar')).out).toContain('readonly own: ');
});

test('`--check` fails when the file is missing or stale, and writes nothing', () => {
  const file = at('types.ts');
  expect(types('-o', file, '--check')).toMatchObject({
    exit: 1,
    out: `\`${file}\` is stale: run \`cedarmill types\` without \`--check\`\n`,
  });
  expect(existsSync(file)).toBe(false);
  expect(types('-o', file).exit).toBe(0);
  expect(types('-o', file, '--check')).toMatchObject({ exit: 0, out: '' });
  writeFileSync(at('a.cedarschema'), 'entity V;');
  expect(types('-o', file, '--check').exit).toBe(1);
  expect(types('--check').exit).toBe(1);
});

test('the same bytes are not written again', () => {
  const file = at('types.ts');
  types('-o', file);
  const { ino } = statSync(file);
  types('-o', file);
  expect(statSync(file).ino).toBe(ino);
  writeFileSync(file, 'other');
  types('-o', file);
  expect(readFileSync(file, 'utf8')).toContain('interface Entities');
});

test('a schema that does not parse leaves the file as it was', () => {
  const file = at('types.ts');
  types('-o', file);
  const before = readFileSync(file, 'utf8');
  writeFileSync(at('a.cedarschema'), 'entity');
  expect(types('-o', file).exit).toBe(1);
  expect(readFileSync(file, 'utf8')).toBe(before);
});
