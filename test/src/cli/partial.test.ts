/**
 * Partial — the commands `tpe` and `query` on files.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCommandLine } from '../../../src/cli/run.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cedarmill-partial-'));
  writeFileSync(
    at('policies.cedar'),
    `@id("public") permit(principal, action == Action::"view", resource) when { resource.public };
     @id("owner") permit(principal, action, resource) when { resource.owner == principal && context.mfa };`,
  );
  writeFileSync(
    at('schema.cedarschema'),
    `entity User; entity Photo { public: Bool, owner: User };
     action view, edit appliesTo { principal: User, resource: Photo, context: { mfa: Bool } };`,
  );
  const photo = (id: string, isPublic: boolean) => ({
    uid: { type: 'Photo', id },
    attrs: { public: isPublic, owner: { type: 'User', id: 'alice' } },
    parents: [],
  });
  writeFileSync(at('entities.json'), JSON.stringify([photo('beach', false), photo('city', true)]));
  writeFileSync(
    at('partial.json'),
    JSON.stringify([{ uid: { type: 'Photo', id: 'beach' }, attrs: photo('', true).attrs }]),
  );
  writeFileSync(at('context.json'), '{"mfa": true}');
  writeFileSync(
    at('request.json'),
    JSON.stringify({
      principal_type: 'User',
      principal_eid: 'alice',
      action: 'Action::"edit"',
      resource_type: 'Photo',
    }),
  );
  writeFileSync(at('invalid.cedar'), 'permit(principal, action, resource) when { resource.nope };');
});
afterAll(() => rmSync(folder, { recursive: true }));

function ran(command: string, ...args: string[]): { exit: number; out: string } {
  let out = '';
  const terminal = {
    out: (text: string) => {
      out += text;
    },
    err: () => {},
  };
  const files = ['-p', at('policies.cedar'), '-s', at('schema.cedarschema')];
  return { exit: runCommandLine([command, ...(args.includes('-p') ? files.slice(2) : files), ...args], terminal), out };
}

const ALICE = ['--principal-type', 'User', '--principal-eid', 'alice'];
const PHOTO = ['--resource-type', 'Photo'];

describe('tpe', () => {
  test('prints what is left where the decision is open', () => {
    const { exit, out } = ran('tpe', '--entities', at('partial.json'), ...ALICE, '-a', 'Action::"view"', ...PHOTO);
    expect(exit).toBe(4);
    expect(out).toContain('UNKNOWN\nAll policy residuals:\n@id("public")\n');
    expect(out).toContain('when { (resource.owner == User::"alice") && context.mfa };');
  });

  test('decides where it can', () => {
    const beach = [...PHOTO, '--resource-eid', 'beach'];
    const known = ['--entities', at('partial.json'), ...ALICE, ...beach];
    expect(ran('tpe', ...known, '-a', 'Action::"view"')).toEqual({ exit: 0, out: '\nALLOW\n' });
    expect(ran('tpe', ...known, '-a', 'Action::"edit"', '-c', at('context.json'))).toEqual({
      exit: 0,
      out: '\nALLOW\n',
    });
  });

  test('reads the whole request from a file', () => {
    expect(ran('tpe', '--entities', at('partial.json'), '--request-json', at('request.json')).exit).toBe(4);
    expect(ran('tpe', '--entities', at('partial.json'), '--request-json', at('context.json'))).toMatchObject({
      exit: 1,
      out: expect.stringContaining('action must be specified'),
    });
  });

  test('refuses policies that do not pass the validator, and requests that do not fit', () => {
    const request = [...ALICE, '-a', 'Action::"view"', ...PHOTO, '--entities', at('partial.json')];
    expect(ran('tpe', ...request, '-p', at('invalid.cedar'))).toMatchObject({
      exit: 1,
      out: expect.stringContaining('`nope`'),
    });
    expect(
      ran(
        'tpe',
        ...request.slice(0, 4),
        '-a',
        'Action::"view"',
        '--resource-type',
        'User',
        '--entities',
        at('partial.json'),
      ).exit,
    ).toBe(1);
  });
});

describe('query', () => {
  const entities = () => ['--entities', at('entities.json'), '-c', at('context.json')];

  test('lists resources, principals and actions, and why', () => {
    expect(ran('query', ...entities(), '-l', 'User::"alice"', '-a', 'Action::"edit"', ...PHOTO)).toEqual({
      exit: 0,
      out: 'Photo::"beach"\nPhoto::"city"\n',
    });
    expect(ran('query', ...entities(), '-l', 'User::"bob"', '-a', 'Action::"view"', ...PHOTO, '-v').out).toBe(
      'Photo::"city"  public\n',
    );
    expect(ran('query', ...entities(), '-l', 'User::"bob"', '-r', 'Photo::"city"').out).toBe('Action::"view"\n');
    expect(
      ran('query', ...entities(), '--principal-type', 'User', '-a', 'Action::"view"', '-r', 'Photo::"city"').out,
    ).toBe('');
  });

  test('wants one open part', () => {
    expect(ran('query', ...entities(), '-l', 'User::"bob"')).toMatchObject({
      exit: 1,
      out: expect.stringContaining('leave one part of the request open'),
    });
  });
});
