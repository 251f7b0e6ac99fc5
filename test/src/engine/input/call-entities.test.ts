/**
 * Call entities — a list that is looked at again while one of its getters asks about another list.
 */
import { describe, expect, test } from 'vitest';
import { compile } from '../../../../src/index.ts';

test('a getter of a list may ask the same engine about another list', () => {
  const engine = compile('permit(principal == User::"a", action, resource);');
  const request = { principal: 'User::"a"', action: 'Action::"view"', resource: 'Doc::"d"' };
  const parents: object[] = [];
  const list = [{ uid: { type: 'Doc', id: 'd' }, attrs: {}, parents }];
  engine.isAllowed(request, list);
  engine.isAllowed(request, list);
  const answers: boolean[] = [];
  Object.defineProperty(list[0], 'parents', {
    get: () => {
      if (answers.length === 0) answers.push(engine.isAllowed(request, []));
      return parents;
    },
  });
  expect(engine.isAllowed(request, list)).toBe(true);
  expect(answers).toEqual([true]);
});

interface NamedUid {
  readonly type: string;
  readonly id: string;
}

/** Short lists, in which the same places have other entities each time. */
describe('lists one after another', () => {
  const listed = (type: string, id: string, parents: object[] = [], attrs: object = {}) => ({
    uid: { type, id },
    attrs,
    parents,
  });
  const asked = (principal: NamedUid, resource: NamedUid) => ({ principal, action: 'Action::"view"', resource });
  const [ann, doc] = [
    { type: 'User', id: 'ann' },
    { type: 'Doc', id: 'doc' },
  ];

  test('leave nothing of one call to the next', () => {
    const engine = compile('permit(principal in Team::"ops", action, resource is Doc) when { principal.role == "a" };');
    const team = { type: 'Team', id: 'ops' };
    const inTeam = [listed('User', 'ann', [team], { role: 'a' }), listed('Doc', 'doc')];
    const turned = [listed('Doc', 'doc', [], { role: 'b' }), listed('User', 'ann', [], { role: 'a' })];
    for (let i = 0; i < 3; i++) {
      expect(engine.isAllowed(asked(ann, doc), inTeam)).toBe(true);
      expect(engine.isAllowed(asked(ann, doc), turned)).toBe(false);
      expect(engine.isAllowed(asked(ann, ann), inTeam)).toBe(false);
      expect(engine.isAllowed(asked(doc, doc), inTeam)).toBe(false);
      expect(engine.isAuthorized(asked(ann, doc), []).errors).toEqual([]);
    }
  });

  test('a policy may name entities of a new type in between', () => {
    const engine = compile('permit(principal, action, resource) when { false };');
    const { policies } = engine;
    const list = [listed('User', 'ann', [{ type: 'Team', id: 'ops' }]), listed('Team', 'ops')];
    for (let i = 0; i < 3; i++) expect(engine.isAllowed(asked(ann, doc), list)).toBe(false);
    policies.add('@id("ops") permit(principal in Team::"ops", action, resource);');
    for (let i = 0; i < 3; i++) expect(engine.isAllowed(asked(ann, doc), list)).toBe(true);
    policies.remove('ops');
    for (let i = 0; i < 3; i++) expect(engine.isAllowed(asked(ann, doc), list)).toBe(false);
  });

  test('bits of many groups are of several words', () => {
    const groups = Array.from({ length: 100 }, (_, i) => ({ type: 'Team', id: `t${i}` }));
    const text = groups.map(({ id }) => `permit(principal in Team::"${id}", action, resource == Doc::"${id}");`);
    const engine = compile(text.join('\n'));
    const some = [3, 40, 77].map((i) => groups[i]!);
    const own = { type: 'Team', id: 'own' };
    const list = [listed('User', 'ann', [own]), listed('Team', 'own', some)];
    for (let round = 0; round < 3; round++)
      for (const { id } of groups) {
        const allowed = engine.isAllowed(asked(ann, { type: 'Doc', id }), list);
        expect([id, allowed]).toEqual([id, some.some((each) => each.id === id)]);
      }
  });

  test('an error says what its own call has', () => {
    const engine = compile('permit(principal, action, resource) when { principal.role == "a" };');
    const messages = ['bob', 'cyd', 'bob'].map((id) => {
      const list = [listed('User', id, [], { [`of-${id}`]: 1 })];
      return engine.isAuthorized(asked({ type: 'User', id }, doc), list);
    });
    engine.isAuthorized(asked(doc, doc), [listed('Doc', 'doc')]);
    expect(messages.map(({ errors }) => `${errors[0]?.message}; ${errors[0]?.help}`)).toEqual(
      ['bob', 'cyd', 'bob'].map(
        (id) => `\`User::"${id}"\` does not have the attribute \`role\`; available attributes: [of-${id}]`,
      ),
    );
  });

  test('with a schema each parent must be of a type that may be one', () => {
    const schema =
      'entity Team, Club; entity User in [Team] {}; action view appliesTo { principal: User, resource: User };';
    const engine = compile('permit(principal in Team::"ops", action, resource);', { schema });
    const below = (type: string) => [listed('User', 'ann', [{ type, id: 'ops' }])];
    for (let i = 0; i < 3; i++) {
      expect(engine.isAllowed(asked(ann, ann), below('Team'))).toBe(true);
      expect(() => engine.isAllowed(asked(ann, ann), below('Club'))).toThrow('Club');
    }
  });
});
