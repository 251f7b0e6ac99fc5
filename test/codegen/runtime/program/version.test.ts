/**
 * Version — that it is that of the package, and that a module of another one is refused.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Node } from '../../../../codegen/runtime/graph/node.ts';
import type { PolicyModule } from '../../../../codegen/runtime/program/policy-module.ts';
import { VERSION } from '../../../../codegen/runtime/program/version.ts';
import { load } from '../../../../src/index.ts';

const MODULE: PolicyModule = {
  cedarmill: VERSION,
  node: Node,
  fields: [],
  contextAttributes: [],
  accessDepth: { values: 0, ancestors: 0 },
  rows: [],
  indexes: [],
  groups: [],
  sets: [],
  cases: [],
  program: () => expect.unreachable(),
};

test('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8'));
  expect(VERSION).toBe(version);
});

test('a module of this version is loaded', () => expect(load(MODULE)).toHaveProperty('isAuthorized'));

test('a module of another version is refused', () => {
  expect(() => load({ ...MODULE, cedarmill: '0.0.9' })).toThrow(
    `the module was compiled by cedarmill 0.0.9, and this is cedarmill ${VERSION}: compile the policies again`,
  );
});

test('a module that says nothing of its version is refused', () => {
  const { cedarmill: _, ...old } = MODULE;
  expect(() => load(old as PolicyModule)).toThrow('compiled by cedarmill of another version');
});
