/**
 * Filter — the commands `filter` and `filters` on files.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/run.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cedarmill-filter-'));
  writeFileSync(
    at('policies.cedar'),
    `@id("public") permit(principal, action == Action::"view", resource) when { resource.public };
     @id("owner") permit(principal, action, resource) when { resource.owner == principal && context.mfa };
     @id("net") forbid(principal, action == Action::"edit", resource) when { resource.from.isLoopback() };`,
  );
  writeFileSync(
    at('schema.cedarschema'),
    `entity User { level: Long }; entity Photo { public: Bool, owner: User, from: ipaddr };
     action view, edit appliesTo { principal: User, resource: Photo, context: { mfa: Bool } };`,
  );
  const types = {
    Photo: {
      id: 'id',
      table: 'photos',
      attrs: { public: 'public', owner: { kind: 'ref', field: 'owner', column: 'owner_id' }, from: 'from' },
    },
  };
  writeFileSync(at('mapping.json'), JSON.stringify({ types, options: { notNull: true } }));
  writeFileSync(at('wrong.json'), JSON.stringify({ Photos: types.Photo }));
  writeFileSync(at('context.json'), '{"mfa": true}');
});
afterAll(() => rmSync(folder, { recursive: true }));

function ran(command: string, mapping: string, ...args: string[]): { exit: number; out: string } {
  let out = '';
  const write = (text: string) => {
    out += text;
  };
  const inputs = ['-p', at('policies.cedar'), '-s', at('schema.cedarschema'), '--mapping', at(mapping)];
  const exit = runCommandLine([command, ...inputs, ...args], { out: write, err: write });
  return { exit, out };
}

describe('filter', () => {
  const request = (action: string) => [
    '-l',
    'User::"alice"',
    '-a',
    action,
    '--resource-type',
    'Photo',
    '-c',
    at('context.json'),
  ];

  test('prints the condition and its values', () => {
    const { exit, out } = ran(
      'filter',
      'mapping.json',
      ...request('Action::"view"'),
      '--dialect',
      'sqlite',
      '--explain',
    );
    expect(out.split('\n')).toEqual([
      '("photos"."public" = 1 OR "photos"."owner_id" COLLATE BINARY = ?)',
      '["alice"]',
      '-- permit `public`: "photos"."public" = 1  []',
      '-- permit `owner`: "photos"."owner_id" COLLATE BINARY = ?  ["alice"]',
      '',
    ]);
    expect(exit).toBe(0);
  });

  test('refuses what cannot be said, or gives an upper bound', () => {
    const refused = ran('filter', 'mapping.json', ...request('Action::"edit"'));
    expect([refused.exit, refused.out.includes('policy `net` cannot be said in postgresql')]).toEqual([1, true]);
    const bound = ran('filter', 'mapping.json', ...request('Action::"edit"'), '--superset');
    expect(bound.exit).toBe(0);
    expect(bound.out).toContain('"photos"."owner_id" = $1::text');
    expect(bound.out).toContain('-- left out: policy `net`');
  });

  test('says what is wrong with a mapping', () => {
    const { exit, out } = ran('filter', 'wrong.json', ...request('Action::"view"'));
    expect([exit, out.includes('`Photos`')]).toEqual([1, true]);
  });
});

describe('row-security', () => {
  const types = ['--principal-type', 'User', '--resource-types', 'Photo'];

  test('prints the statements of a transaction', () => {
    const { exit, out } = ran('row-security', 'mapping.json', ...types, '--select', 'Action::"view"');
    expect(exit).toBe(0);
    const lines = out.trim().split('\n');
    expect([lines[0], lines[1], lines.at(-1)]).toEqual([
      'BEGIN;',
      'ALTER TABLE "photos" ENABLE ROW LEVEL SECURITY;',
      'COMMIT;',
    ]);
    expect(lines.filter((line) => line.startsWith('CREATE POLICY'))).toHaveLength(1);
  });

  test('refuses what cannot be said', () => {
    const { exit, out } = ran('row-security', 'mapping.json', ...types, '--update', 'Action::"edit"');
    expect([exit, out.includes('policy `net` cannot be said in row-level security')]).toEqual([1, true]);
  });

  test('refuses a type without a table', () => {
    const { exit, out } = ran('row-security', 'mapping.json', '--principal-type', 'User', '--resource-types', 'User');
    expect([exit, out.includes('no table')]).toEqual([1, true]);
  });
});

describe('filters', () => {
  test('says of each action and type which policies cannot be said', () => {
    const { exit, out } = ran('filters', 'mapping.json', '--check', '--dialect', 'postgresql');
    expect(exit).toBe(1);
    expect(out.split('\n').slice(0, 3)).toEqual([
      'ok      User Action::"view" Photo in postgresql',
      'refused User Action::"edit" Photo in postgresql',
      '        policy `net` cannot be said in postgresql: values of `ipaddr` have no form in a database yet',
    ]);
  });

  test('looks at all dialects, unless one is named', () => {
    expect(ran('filters', 'mapping.json').out.match(/^(?:ok|refused)/gm)).toHaveLength(8);
  });
});
