/**
 * Version — that it is that of the package, and that a module of another ABI is refused.
 */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Node } from '../../../../codegen/runtime/graph/node.ts';
import type { PolicyModule } from '../../../../codegen/runtime/program/policy-module.ts';
import { ABI, VERSION } from '../../../../codegen/runtime/program/version.ts';
import { load } from '../../../../src/index.ts';

const MODULE: PolicyModule = {
  cedarmill: VERSION,
  abi: ABI,
  node: Node,
  fields: [],
  contextAttributes: [],
  accessDepth: { values: 0, ancestors: 0, principal: false, resource: false },
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

test('a module of this ABI is loaded, whatever the version of its compiler', () => {
  expect(load(MODULE)).toHaveProperty('isAuthorized');
  expect(load({ ...MODULE, cedarmill: '0.0.9' })).toHaveProperty('isAuthorized');
});

test('a module of another ABI is refused', () => {
  expect(() => load({ ...MODULE, abi: ABI + 1, cedarmill: '9.0.0' })).toThrow(
    `the module was compiled by cedarmill 9.0.0, and this is cedarmill ${VERSION}, which does not run it: compile the policies again`,
  );
});

test('a module that says nothing of its ABI is refused', () => {
  const { abi: _, cedarmill: __, ...old } = MODULE;
  expect(() => load(old as PolicyModule)).toThrow('compiled by another version of cedarmill');
  expect(() => load({ ...MODULE, abi: '1' as never })).toThrow('which does not run it');
});
