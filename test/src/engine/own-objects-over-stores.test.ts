/**
 * Own objects over a store that has not seen them — the program of the store decides (codegen/runtime/graph/own-object-reader.ts), with the same answers.
 */
import { describe, expect, test } from 'vitest';
import { compile, EntityStore, many, mapping, parseSchema, ref } from '../../../src/index.ts';
import type { EntitySource } from '../../../src/value/entity-source.ts';
import { engineIn } from './modes.ts';

const schema = parseSchema(`
  entity Team in [Team];
  entity Person in [Team] { boss?: Person, level: Long };
  entity Item { owner?: Person, team?: Team, name?: String };
  action view appliesTo { principal: [Person, Item], resource: [Item, Person, Team] };
`).schema!;
const map = mapping(schema, {
  Team: { id: 'id', parents: { Team: many('parentIds') } },
  Person: { id: 'id', attrs: { boss: ref('bossId'), level: 'level' }, parents: { Team: many('teamIds') } },
  Item: { id: 'id', attrs: { owner: ref('ownerId'), team: ref('teamId'), name: 'name' } },
});
const person = (fields: object = {}) => map.Person({ id: 'ann', bossId: null, level: 1, teamIds: [], ...fields });
const item = (fields: object = {}) => map.Item({ id: 'i', ownerId: null, teamId: null, ...fields });
const POLICIES = `
  @id("owner") permit (principal, action, resource is Item) when { resource has owner && resource.owner == principal };
  @id("boss") permit (principal, action, resource is Item) when { resource has owner && principal has boss && resource.owner == principal.boss };
  @id("team") permit (principal, action, resource is Item) when { resource has team && principal in resource.team };
  @id("self") permit (principal, action, resource is Person) when { resource == principal && resource has boss && resource.boss == principal };
  @id("own boss") permit (principal, action, resource is Person) when { resource != principal && principal has boss && principal.boss == resource && resource has boss && resource.boss == resource };
  @id("chief") permit (principal, action, resource is Item) when { resource has owner && resource.owner has boss && resource.owner.boss == principal };
  @id("level") permit (principal is Person, action, resource) when { principal.level > 5 };
`;

describe.each([
  ['typed', (text: string) => compile(text, { schema, warmUp: 0 })],
  ['untyped', (text: string) => compile(text, { warmUp: 0 })],
  ['module', (text: string) => engineIn('module', text)],
] as const)('over a store that does not know it, in a %s engine, an own object', (_, engineOf) => {
  const action = 'Action::"view"';
  const engine = engineOf(POLICIES);
  const reasons = (principal: EntitySource, resource: EntitySource, store: EntityStore, asked = engine) => {
    // More often than the program of a store waits for.
    const answers = [1, 2, 3].map(() => asked.isAuthorized({ principal, action, resource }, store));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    const allowed = asked.isAllowed({ principal, action, resource }, store);
    expect(allowed).toBe(answers[0]!.decision === 'allow');
    return answers[0]!.determiningPolicies;
  };
  const storeOf = (...entities: object[]) => EntityStore.from(entities, { schema });
  const team = (id: string, ...parents: string[]) => ({
    ...{ uid: { type: 'Team', id }, attrs: {} },
    parents: parents.map((parent) => ({ type: 'Team', id: parent })),
  });

  test('refers to entities that nobody loaded: one uid is one entity, and only of its type', () => {
    const store = storeOf(team('a'));
    for (let i = 0; i < 3; i++) {
      expect(reasons(person({ bossId: 'ghost' }), item({ ownerId: 'ghost' }), store)).toEqual(['boss']);
      expect(reasons(person({ bossId: 'ghost' }), item({ ownerId: 'spirit' }), store)).toEqual([]);
      expect(reasons(person({ bossId: 'x' }), item({ ownerId: 'y', teamId: 'x' }), store)).toEqual([]);
      expect(reasons(person({ teamIds: ['ghost'] }), item({ teamId: 'ghost' }), store)).toEqual(['team']);
      expect(reasons(person({ teamIds: ['spirit'] }), item({ teamId: 'ghost' }), store)).toEqual([]);
    }
  });

  test('refers to the other object, and to itself', () => {
    const store = storeOf();
    expect(reasons(person(), item({ ownerId: 'ann' }), store)).toEqual(['owner']);
    expect(reasons(person({ bossId: 'ann' }), item({ ownerId: 'ann' }), store)).toEqual(['owner', 'boss', 'chief']);
    const both = person({ bossId: 'ann' });
    expect(reasons(both, both, store)).toEqual(['self']);
    expect(reasons(person({ bossId: 'bob' }), person({ id: 'bob', bossId: 'bob' }), store)).toEqual(['own boss']);
    // Of two with one uid the principal counts.
    expect(reasons(person({ bossId: 'ann' }), person({ bossId: 'bob' }), store)).toEqual(['self']);
  });

  test('has the other object for a parent, with the parents of that', () => {
    const store = storeOf(team('b', 'c'), team('c'));
    const inTeam = engineOf('@id("c") permit (principal in Team::"c", action, resource);');
    expect(reasons(person({ teamIds: ['a'] }), map.Team({ id: 'a', parentIds: ['b'] }), store, inTeam)).toEqual(['c']);
    expect(reasons(person({ teamIds: ['a'] }), map.Team({ id: 'a', parentIds: [] }), store, inTeam)).toEqual([]);
    const cycle = map.Team({ id: 'a', parentIds: ['a'] });
    const ask = () => inTeam.isAllowed({ principal: person({ teamIds: ['a'] }), action, resource: cycle }, store);
    for (let i = 0; i < 3; i++) expect(ask).toThrow('cycle');
  });

  test('is below what its parents are below, as the store has it at each moment', () => {
    const store = storeOf(team('a', 'b'), team('b'), team('d'));
    for (let i = 0; i < 3; i++) {
      store.upsert(team('a', 'b'));
      expect(reasons(person({ teamIds: ['a'] }), item({ teamId: 'b' }), store)).toEqual(['team']);
      expect(reasons(person({ teamIds: ['d', 'a'] }), item({ teamId: 'b' }), store)).toEqual(['team']);
      expect(reasons(person({ teamIds: new Set(['d', 'a']) }), item({ teamId: 'd' }), store)).toEqual(['team']);
      store.upsert(team('b', 'c'));
      expect(reasons(person({ teamIds: ['a'] }), item({ teamId: 'c' }), store)).toEqual(['team']);
      store.upsert(team('a'));
      expect(reasons(person({ teamIds: ['a'] }), item({ teamId: 'b' }), store)).toEqual([]);
      store.upsert(team('b'));
      store.remove('Team::"d"');
      expect(reasons(person({ teamIds: ['d'] }), item({ teamId: 'd' }), store)).toEqual(['team']);
      store.upsert(team('d'));
    }
  });

  test('becomes known to the store, and is forgotten by it', () => {
    const store = storeOf({ uid: 'Person::"eve"', attrs: { level: 1 }, parents: [] });
    const loved = { uid: 'Person::"bob"', attrs: { level: 2, boss: { type: 'Person', id: 'ann' } }, parents: [] };
    for (let i = 0; i < 3; i++) {
      expect(reasons(person({ level: 9 }), item({ ownerId: 'bob' }), store)).toEqual(['level']);
      store.upsert(loved);
      expect(reasons(person({ level: 9 }), item({ ownerId: 'bob' }), store)).toEqual(['chief', 'level']);
      store.remove('Person::"bob"');
      store.upsert({ uid: 'Person::"ann"', attrs: { level: 1 }, parents: [] });
      expect(reasons(person({ level: 9 }), item({ ownerId: 'bob' }), store)).toEqual(['level']);
      store.remove('Person::"ann"');
    }
  });

  test('has nothing of the object of the request before', () => {
    const store = storeOf();
    const lonely = engineOf('@id("has") permit (principal, action, resource) when { principal has boss };');
    expect(reasons(person({ bossId: 'b' }), item(), store, lonely)).toEqual(['has']);
    expect(reasons(person(), item(), store, lonely)).toEqual([]);
    expect(reasons(item() as never, person({ bossId: 'b' }), store, lonely)).toEqual([]);
  });

  test('may be one of the two alone', () => {
    const store = storeOf({ uid: 'Person::"eve"', attrs: { level: 9 }, parents: ['Team::"a"'] }, team('a', 'b'));
    for (const principal of ['Person::"eve"', { type: 'Person', id: 'eve' }, store.handle('Person::"eve"')])
      for (let i = 0; i < 3; i++) {
        const request = { principal, action, resource: item({ teamId: 'b' }) };
        expect(engine.isAuthorized(request, store).determiningPolicies).toEqual(['team', 'level']);
        expect(engine.isAllowed({ ...request, principal: 'Person::"nobody"' }, store)).toBe(false);
      }
  });

  test('is read once, and its getters may ask the same engine, or change the store', () => {
    const store = storeOf(team('a'), team('b'));
    let reads = 0;
    let during = () => {};
    const row = {
      id: 'i',
      ownerId: 'x',
      get teamId() {
        reads++;
        during();
        return 'a';
      },
    };
    const resource = map.Item(row);
    const ask = (teamIds: string[]) => reasons(person({ teamIds }), resource, store);
    expect(ask(['a'])).toEqual(['team']);
    reads = 0;
    engine.isAllowed({ principal: person(), action, resource }, store);
    expect(reads).toBe(1);
    during = () => {
      during = () => {};
      expect(reasons(person({ teamIds: ['q'], level: 9 }), item({ id: 'j', teamId: 'q' }), store)).toEqual([
        'team',
        'level',
      ]);
    };
    expect(ask(['a'])).toEqual(['team']);
    expect(ask(['b'])).toEqual([]);
    during = () => store.upsert(team('b', 'a'));
    expect(engine.isAllowed({ principal: person({ teamIds: ['b'] }), action, resource }, store)).toBe(true);
    during = () =>
      store.upsert({ uid: 'Person::"bob"', attrs: { level: 1, boss: { type: 'Person', id: 'ann' } }, parents: [] });
    const owned = map.Item({
      ...{ id: 'k', ownerId: 'bob' },
      get teamId() {
        during();
        return 'c';
      },
    });
    expect(engine.isAuthorized({ principal: person(), action, resource: owned }, store).determiningPolicies).toEqual([
      'chief',
    ]);
  });

  test('is what errors tell of, whatever its getters ask meanwhile', () => {
    const erring = engineOf(
      'permit (principal is Person, action, resource) when { principal has boss && principal.boss.level > 1 };',
    );
    const store = storeOf();
    const row = (id: string): object => ({
      id,
      level: 1,
      teamIds: [],
      get bossId(): string {
        if (id === 'ann') erring.isAuthorized({ principal: map.Person(row('zoe')), action, resource: item() }, store);
        return `boss-of-${id}`;
      },
    });
    for (let i = 0; i < 4; i++) {
      const { errors } = erring.isAuthorized({ principal: map.Person(row('ann')), action, resource: item() }, store);
      expect(errors.map(({ message }) => message).join()).toContain('boss-of-ann');
    }
  });

  test('decides by the policies of one moment, though a getter changes them', () => {
    const changing = engineOf(POLICIES);
    if (!('policies' in changing)) return;
    const { policies } = changing as ReturnType<typeof compile>;
    const store = storeOf();
    const ask = (resource: EntitySource) =>
      changing.isAuthorized({ principal: person({ level: 9 }), action, resource }, store);
    for (let i = 0; i < 3; i++) expect(ask(item()).determiningPolicies).toEqual(['level']);
    const row = {
      id: 'i',
      get ownerId() {
        if (policies.has('extra')) policies.remove('extra');
        else
          policies.add(
            '@id("extra") permit (principal, action, resource is Item) when { resource has name && resource.name == "n" };',
          );
        return 'x';
      },
      name: 'n',
    };
    for (let i = 0; i < 3; i++) expect(() => ask(map.Item(row))).toThrow('the policies change');
  });
});
