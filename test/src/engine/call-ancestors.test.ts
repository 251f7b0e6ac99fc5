/**
 * Call ancestors — of entities in the call, ancestors are found of those alone whose ancestors policies ask for, in every mode and at every request alike.
 */
import { describe, expect, test } from 'vitest';
import { ConformanceError, compile, parseSchema } from '../../../src/index.ts';
import { engineIn } from './modes.ts';

const schema = parseSchema(`
  entity Team in [Team];
  entity User in [Team] { boss?: User };
  entity Doc in [Team] { owner?: User };
  action view appliesTo { principal: [User, Team], resource: [Doc, User, Team] };
`).schema!;
const [action, team] = ['Action::"view"', '@id("team") permit (principal in Team::"t", action, resource);'];
const entity = (type: string, id: string, parents: readonly string[] = [], attrs: object = {}) => ({
  ...{ uid: { type, id }, attrs },
  parents: parents.map((parent) => ({ type: 'Team', id: parent })),
});
const cycle = [entity('Team', 'a', ['b']), entity('Team', 'b', ['a'])];
const engines = [
  ['typed', (text: string) => compile(text, { schema, validate: false, warmUp: 0 })],
  ['untyped', (text: string) => compile(text, { warmUp: 0 })],
  ['module', (text: string) => engineIn('module', text)],
] as const;

describe.each(engines)('of entities in the call, a %s engine', (_, engineOf) => {
  const reasons = (engine: ReturnType<typeof engineIn>, principal: string, resource: string, list: object[]) => {
    const answers = [1, 2, 3, 4].map(() => engine.isAuthorized({ principal, action, resource }, list));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    return answers[0]!.determiningPolicies;
  };

  test('looks above the principal where policies ask for its ancestors, and not above the resource', () => {
    const engine = engineOf(team);
    const list = [entity('User', 'u', ['s']), entity('Team', 's', ['t']), entity('Doc', 'd', ['a']), ...cycle];
    expect(reasons(engine, 'User::"u"', 'Doc::"d"', list)).toEqual(['team']);
    const below = [entity('User', 'u', ['a']), entity('Doc', 'd', ['t']), ...cycle];
    for (let i = 0; i < 4; i++)
      expect(() => engine.isAllowed({ principal: 'User::"u"', action, resource: 'Doc::"d"' }, below)).toThrow('cycle');
  });

  test('looks above an entity that is both', () => {
    const engine = engineOf('@id("r") permit (principal, action, resource in Team::"t");');
    expect(reasons(engine, 'User::"u"', 'User::"u"', [entity('User', 'u', ['t'])])).toEqual(['r']);
    expect(reasons(engine, 'User::"u"', 'User::"u"', [entity('User', 'u', ['s'])])).toEqual([]);
    expect(reasons(engineOf(team), 'User::"u"', 'User::"u"', [entity('User', 'u', ['t'])])).toEqual(['team']);
  });

  test('looks above what a value leads to, and what a policy names', () => {
    const owner = engineOf(
      '@id("o") permit (principal, action, resource is Doc) when { resource has owner && resource.owner in Team::"t" };',
    );
    const owned = entity('Doc', 'd', [], { owner: { __entity: { type: 'User', id: 'u' } } });
    expect(reasons(owner, 'User::"u"', 'Doc::"d"', [owned, entity('User', 'u', ['t'])])).toEqual(['o']);
    expect(reasons(owner, 'User::"v"', 'Doc::"d"', [owned, entity('User', 'u', ['t'])])).toEqual(['o']);
    const named = engineOf('@id("n") permit (principal, action, resource) when { User::"u" in Team::"t" };');
    for (const principal of ['User::"u"', 'User::"v"'])
      expect(reasons(named, principal, 'Doc::"d"', [owned, entity('User', 'u', ['t'])])).toEqual(['n']);
    const chosen = engineOf(
      '@id("c") permit (principal, action, resource) when { (if principal has boss then principal else resource) in Team::"t" };',
    );
    const boss = { boss: { __entity: { type: 'User', id: 'w' } } };
    expect(reasons(chosen, 'User::"u"', 'Doc::"d"', [entity('User', 'u', ['t'], boss), entity('Doc', 'd')])).toEqual([
      'c',
    ]);
    expect(reasons(chosen, 'User::"u"', 'Doc::"d"', [entity('User', 'u'), entity('Doc', 'd', ['t'])])).toEqual(['c']);
  });

  test('has nothing of the ancestors of the call before', () => {
    const engine = engineOf(`${team} @id("r") permit (principal, action, resource in Team::"t");`);
    for (let i = 0; i < 3; i++) {
      expect(reasons(engine, 'User::"u"', 'Doc::"d"', [entity('User', 'u', ['t']), entity('Doc', 'd')])).toEqual([
        'team',
      ]);
      expect(reasons(engine, 'User::"u"', 'Doc::"d"', [entity('Doc', 'd', ['t']), entity('User', 'u')])).toEqual(['r']);
      expect(reasons(engine, 'User::"u"', 'Doc::"d"', [entity('User', 'u'), entity('Doc', 'd')])).toEqual([]);
    }
  });

  test('follows policies that come to ask', () => {
    const engine = engineOf(team);
    if (!('policies' in engine)) return;
    const list = [entity('User', 'u'), entity('Doc', 'd', ['t'])];
    expect(reasons(engine, 'User::"u"', 'Doc::"d"', list)).toEqual([]);
    (engine as ReturnType<typeof compile>).policies.add('@id("r") permit (principal, action, resource in Team::"t");');
    expect(reasons(engine, 'User::"u"', 'Doc::"d"', list)).toEqual(['r']);
  });
});

test('with a schema the parents of an entity whose attributes are asked for are of its types', () => {
  const engine = compile('permit (principal, action, resource is Doc) when { resource has owner };', {
    schema,
    warmUp: 0,
  });
  const parents = [{ type: 'User', id: 'u' }];
  const list = [{ ...entity('Doc', 'd'), parents }, entity('User', 'u')];
  for (let i = 0; i < 5; i++)
    expect(() => engine.isAllowed({ principal: 'User::"u"', action, resource: 'Doc::"d"' }, list)).toThrow(
      ConformanceError,
    );
});
