/**
 * Bound — what each form of scope demands.
 */
import { describe, expect, test } from 'vitest';
import { actionBound, scopeBound } from '../../../codegen/plan/scope-bound.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { coreOf } from '../of.ts';

const group = new EntityUid('G', 'a');
const principalOf = (scope: string) => scopeBound(coreOf(`permit(${scope}, action, resource);`).principal);
const actionOf = (scope: string) => actionBound(coreOf(`permit(principal, ${scope}, resource);`).action);
const [view, edit] = [new EntityUid('Action', 'view'), new EntityUid('Action', 'edit')];

describe('a scope of principal or resource', () => {
  test.each([
    ['principal', { kind: 'any' }],
    ['principal is G', { kind: 'any' }],
    ['principal == G::"a"', { kind: 'eq', uid: group }],
    ['principal in G::"a"', { kind: 'in', uid: group }],
    ['principal is G in G::"a"', { kind: 'in', uid: group }],
    ['principal == ?principal', { kind: 'eq', slot: '?principal' }],
    ['principal in ?principal', { kind: 'in', slot: '?principal' }],
    ['principal is G in ?principal', { kind: 'in', slot: '?principal' }],
  ])('%s', (scope, bound) => expect(principalOf(scope)).toEqual(bound));
});

describe('a scope of the action', () => {
  test.each([
    ['action', { kind: 'any' }],
    ['action == Action::"view"', { kind: 'eq', uids: [view] }],
    ['action in Action::"view"', { kind: 'in', uids: [view] }],
    ['action in [Action::"view", Action::"edit"]', { kind: 'in', uids: [view, edit] }],
    ['action in []', { kind: 'in', uids: [] }],
  ])('%s', (scope, bound) => expect(actionOf(scope)).toEqual(bound));
});
