/**
 * Sharpen — what the sharper rules make of a condition, beside the official residual.
 */
import { describe, expect, test } from 'vitest';
import { compile, parseSchema } from '../../src/index.ts';

const schema = parseSchema(`
  entity Team in [Team];
  entity User in [Team] { level: Long, manager?: User };
  entity Doc { owner: User, size: Long, label?: String, team: Team, teams: Set<Team>, meta: { a: Long, b?: String } };
  action read appliesTo { principal: User, resource: Doc };
`).schema!;

const ALICE = { uid: 'User::"alice"', attrs: { level: 5 }, parents: ['Team::"eng"'], tags: {} };

function answer(condition: string, entities: readonly object[] = [ALICE]) {
  const engine = compile(`permit(principal, action, resource) when { ${condition} };`, { schema });
  const request = { principal: 'User::"alice"', action: 'read', resource: 'Doc' };
  return engine.partial(request, entities as never);
}

const sharper = (condition: string, entities?: readonly object[]) =>
  answer(condition, entities).sharper.policies[0]!.toCedar();

describe('sharper rules', () => {
  test.each([
    ['principal in resource.teams', '[Team::"eng"].containsAny(resource.teams)'],
    ['principal in resource.team', '[Team::"eng"].contains(resource.team)'],
    ['principal == resource.owner && principal == resource.owner', 'User::"alice" == resource.owner'],
    ['resource == resource', 'true'],
    ['resource.size == resource.size', 'resource.size == resource.size'],
    ['if resource has label then resource.size > 1 else resource.size > 1', '!(resource.size <= 1)'],
    ['if resource.size > 1 then true else true', 'if !(resource.size <= 1) then true else true'],
    ['{a: resource.size, b: 1}.a == 2', 'resource.size == 2'],
    ['{a: resource, b: 1}.b == 1', 'true'],
    ['{a: resource, b: 1}.b == 2', 'false'],
  ])('%s → %s', (condition, residual) => {
    expect(sharper(condition)).toBe(residual);
  });

  test('without known ancestors `in` stays', () => {
    expect(sharper('principal in resource.teams', [])).toBe('User::"alice" in resource.teams');
  });

  test('an entity that is known to exist has its required attributes', () => {
    const [unknown, known] = [{ uid: ALICE.uid }, { uid: ALICE.uid, exists: true }];
    expect(sharper('principal has level', [unknown])).toBe('User::"alice" has level');
    expect(sharper('principal has level', [known])).toBe('true');
    expect(sharper('principal has manager', [known])).toBe('User::"alice" has manager');
    expect(sharper('principal.level > 3 && false', [unknown])).toContain('&& false');
    expect(sharper('principal.level > 3 && false', [known])).toBe('false');
  });

  test('what can never be true keeps no decision open', () => {
    const open = answer('resource.size > 1 && false');
    expect([open.decision, open.sharper.decision, open.sharper.neverSatisfied]).toEqual([
      undefined,
      'deny',
      ['policy0'],
    ]);
    for (const never of [
      '(resource.size > 1 && false) || (resource.size > 2 && false)',
      '!(resource.size > 1 || true)',
      'if resource.size > 1 then resource.size > 2 && false else false',
    ])
      expect(answer(never).sharper.decision).toBe('deny');
    for (const perhaps of [
      '(resource.size > 1 && false) || resource.size > 2',
      '!(resource.size > 1 && false)',
      'if resource.size > 1 then false else resource.size > 2',
    ])
      expect(answer(perhaps).sharper.decision).toBeUndefined();
  });
});
