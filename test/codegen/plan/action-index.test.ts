/**
 * Action index — that a look-up finds what holding every constraint against the action finds.
 */
import { expect, test } from 'vitest';
import { ActionIndex, type WithActionBound } from '../../../codegen/plan/action-index.ts';
import { actionBound } from '../../../codegen/plan/scope-bound.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { Random } from '../../arbitrary/random.ts';
import { coreOf } from '../of.ts';

const scopeOf = (text: string) => coreOf(`permit(principal, ${text}, resource);`).action;

const SCOPES = [
  'action',
  'action == Action::"view"',
  'action in Action::"view"',
  'action == Action::"edit"',
  'action in [Action::"view", Action::"edit"]',
  'action in [Action::"edit", Action::"view"]',
  'action in [Action::"view\\nAction::edit"]',
  'action in []',
];

const UIDS = ['view', 'edit', 'none', 'view\nAction::edit'].map((id) => new EntityUid('Action', id));

function meets({ action }: WithActionBound, uid: EntityUid, ancestors: readonly EntityUid[]): boolean {
  if (action.kind === 'any') return true;
  const names = (each: EntityUid) => action.uids.some((named) => named.equals(each));
  return names(uid) || (action.kind === 'in' && ancestors.some(names));
}

test('constraints are told apart, and one entity is a list of one', () => {
  const index = new ActionIndex<WithActionBound>();
  for (const [number, text] of SCOPES.entries()) {
    expect(index.find(scopeOf(text))).toBeUndefined();
    index.add(scopeOf(text), { action: actionBound(scopeOf(text)), number });
  }
  expect(SCOPES.map((text) => index.find(scopeOf(text))!.number)).toEqual(SCOPES.map((_, i) => i));
  expect(index.find(scopeOf('action in [Action::"view"]'))!.number).toBe(2);
});

test.each([1, 2, 3])('finds those that the action meets, whatever comes and goes (%i)', (seed) => {
  const random = new Random(seed);
  const index = new ActionIndex<WithActionBound>();
  const there = new Map<string, WithActionBound>();
  for (let step = 0; step < 200; step++) {
    const text = random.pick(SCOPES);
    const known = there.get(text);
    if (known === undefined) {
      const group = { action: actionBound(scopeOf(text)), number: step };
      index.add(scopeOf(text), group);
      there.set(text, group);
    } else {
      index.remove(scopeOf(text), known);
      there.delete(text);
    }
    expect(index.all).toEqual([...there.values()]);
    const uid = random.pick(UIDS);
    const ancestors = random.some(UIDS, 40);
    const expected = [...there.values()].filter((group) => meets(group, uid, ancestors));
    expect(index.matching(uid, ancestors)).toEqual(expected.sort((a, b) => a.number - b.number));
  }
});
