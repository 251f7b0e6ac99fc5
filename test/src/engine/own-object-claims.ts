/**
 * Own object claims — what holds of own objects over a store that has not seen them, which the program of the store decides
 * (codegen/runtime/graph/own-object-reader.ts). Tests ask them of the code as it is, and of the code with a bug put in (test/mutants/own-objects.test.ts).
 */
import { deepStrictEqual, match, throws } from 'node:assert/strict';
import { compile, EntityStore, many, mapping, parseSchema, ref } from '../../../src/index.ts';
import type { EntitySource } from '../../../src/value/entity-source.ts';
import { engineIn } from './modes.ts';

const schema = parseSchema(`
  entity Team in [Team];
  entity Person in [Team] { boss?: Person, level: Long };
  entity Item { owner?: Person, team?: Team, name?: String };
  action view appliesTo { principal: [Person, Item], resource: [Item, Person, Team], context: { hour?: Long } };
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

type Asked = ReturnType<typeof engineIn>;

/** Long because each claim has a store and objects of its own. */
function claimsOf(engineOf: (text: string) => Asked): Claims {
  const claims: Record<string, () => void> = {};
  const action = 'Action::"view"';
  const engine = engineOf(POLICIES);
  const reasons = (principal: EntitySource, resource: EntitySource, store: EntityStore, asked = engine) => {
    // More often than the program of a store waits for.
    const answers = [1, 2, 3].map(() => asked.isAuthorized({ principal, action, resource }, store));
    deepStrictEqual(answers[1], answers[0]);
    deepStrictEqual(answers[2], answers[0]);
    const allowed = asked.isAllowed({ principal, action, resource }, store);
    deepStrictEqual(allowed, answers[0]!.decision === 'allow');
    return answers[0]!.determiningPolicies;
  };
  const storeOf = (...entities: object[]) => EntityStore.from(entities, { schema });
  const team = (id: string, ...parents: string[]) => ({
    ...{ uid: { type: 'Team', id }, attrs: {} },
    parents: parents.map((parent) => ({ type: 'Team', id: parent })),
  });

  claims['refers to entities that nobody loaded: one uid is one entity, and only of its type'] = () => {
    const store = storeOf(team('a'));
    for (let i = 0; i < 3; i++) {
      deepStrictEqual(reasons(person({ bossId: 'ghost' }), item({ ownerId: 'ghost' }), store), ['boss']);
      deepStrictEqual(reasons(person({ bossId: 'ghost' }), item({ ownerId: 'spirit' }), store), []);
      deepStrictEqual(reasons(person({ bossId: 'x' }), item({ ownerId: 'y', teamId: 'x' }), store), []);
      deepStrictEqual(reasons(person({ teamIds: ['ghost'] }), item({ teamId: 'ghost' }), store), ['team']);
      deepStrictEqual(reasons(person({ teamIds: ['spirit'] }), item({ teamId: 'ghost' }), store), []);
    }
  };

  claims['refers to the other object, and to itself'] = () => {
    const store = storeOf();
    deepStrictEqual(reasons(person(), item({ ownerId: 'ann' }), store), ['owner']);
    deepStrictEqual(reasons(person({ bossId: 'ann' }), item({ ownerId: 'ann' }), store), ['owner', 'boss', 'chief']);
    const both = person({ bossId: 'ann' });
    deepStrictEqual(reasons(both, both, store), ['self']);
    deepStrictEqual(reasons(person({ bossId: 'bob' }), person({ id: 'bob', bossId: 'bob' }), store), ['own boss']);
    // Of two with one uid the principal counts.
    deepStrictEqual(reasons(person({ bossId: 'ann' }), person({ bossId: 'bob' }), store), ['self']);
  };

  claims['has the other object for a parent, with the parents of that'] = () => {
    const store = storeOf(team('b', 'c'), team('c'));
    const inTeam = engineOf('@id("c") permit (principal in Team::"c", action, resource);');
    deepStrictEqual(reasons(person({ teamIds: ['a'] }), map.Team({ id: 'a', parentIds: ['b'] }), store, inTeam), ['c']);
    deepStrictEqual(reasons(person({ teamIds: ['a'] }), map.Team({ id: 'a', parentIds: [] }), store, inTeam), []);
    const cycle = map.Team({ id: 'a', parentIds: ['a'] });
    const ask = () => inTeam.isAllowed({ principal: person({ teamIds: ['a'] }), action, resource: cycle }, store);
    for (let i = 0; i < 3; i++) throws(ask, /cycle/);
  };

  claims['is below what its parents are below, as the store has it at each moment'] = () => {
    const store = storeOf(team('a', 'b'), team('b'), team('d'));
    for (let i = 0; i < 3; i++) {
      store.upsert(team('a', 'b'));
      deepStrictEqual(reasons(person({ teamIds: ['a'] }), item({ teamId: 'b' }), store), ['team']);
      deepStrictEqual(reasons(person({ teamIds: ['d', 'a'] }), item({ teamId: 'b' }), store), ['team']);
      deepStrictEqual(reasons(person({ teamIds: new Set(['d', 'a']) }), item({ teamId: 'd' }), store), ['team']);
      store.upsert(team('b', 'c'));
      deepStrictEqual(reasons(person({ teamIds: ['a'] }), item({ teamId: 'c' }), store), ['team']);
      store.upsert(team('a'));
      deepStrictEqual(reasons(person({ teamIds: ['a'] }), item({ teamId: 'b' }), store), []);
      store.upsert(team('b'));
      store.remove('Team::"d"');
      deepStrictEqual(reasons(person({ teamIds: ['d'] }), item({ teamId: 'd' }), store), ['team']);
      store.upsert(team('d'));
    }
  };

  claims['becomes known to the store, and is forgotten by it'] = () => {
    const store = storeOf({ uid: 'Person::"eve"', attrs: { level: 1 }, parents: [] });
    const loved = { uid: 'Person::"bob"', attrs: { level: 2, boss: { type: 'Person', id: 'ann' } }, parents: [] };
    for (let i = 0; i < 3; i++) {
      deepStrictEqual(reasons(person({ level: 9 }), item({ ownerId: 'bob' }), store), ['level']);
      store.upsert(loved);
      deepStrictEqual(reasons(person({ level: 9 }), item({ ownerId: 'bob' }), store), ['chief', 'level']);
      store.remove('Person::"bob"');
      store.upsert({ uid: 'Person::"ann"', attrs: { level: 1 }, parents: [] });
      deepStrictEqual(reasons(person({ level: 9 }), item({ ownerId: 'bob' }), store), ['level']);
      store.remove('Person::"ann"');
    }
  };

  claims['has nothing of the object of the request before'] = () => {
    const store = storeOf();
    const lonely = engineOf('@id("has") permit (principal, action, resource) when { principal has boss };');
    deepStrictEqual(reasons(person({ bossId: 'b' }), item(), store, lonely), ['has']);
    deepStrictEqual(reasons(person(), item(), store, lonely), []);
    deepStrictEqual(reasons(item() as never, person({ bossId: 'b' }), store, lonely), []);
  };

  claims['may be one of the two alone'] = () => {
    const store = storeOf({ uid: 'Person::"eve"', attrs: { level: 9 }, parents: ['Team::"a"'] }, team('a', 'b'));
    for (const principal of ['Person::"eve"', { type: 'Person', id: 'eve' }, store.handle('Person::"eve"')])
      for (let i = 0; i < 3; i++) {
        const request = { principal, action, resource: item({ teamId: 'b' }) };
        deepStrictEqual(engine.isAuthorized(request, store).determiningPolicies, ['team', 'level']);
        deepStrictEqual(engine.isAllowed({ ...request, principal: 'Person::"nobody"' }, store), false);
      }
  };

  claims['is read once, and its getters may ask the same engine, or change the store'] = () => {
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
    deepStrictEqual(ask(['a']), ['team']);
    reads = 0;
    engine.isAllowed({ principal: person(), action, resource }, store);
    deepStrictEqual(reads, 1);
    during = () => {
      during = () => {};
      deepStrictEqual(reasons(person({ teamIds: ['q'], level: 9 }), item({ id: 'j', teamId: 'q' }), store), [
        'team',
        'level',
      ]);
    };
    deepStrictEqual(ask(['a']), ['team']);
    deepStrictEqual(ask(['b']), []);
    during = () => store.upsert(team('b', 'a'));
    deepStrictEqual(engine.isAllowed({ principal: person({ teamIds: ['b'] }), action, resource }, store), true);
    during = () =>
      store.upsert({ uid: 'Person::"bob"', attrs: { level: 1, boss: { type: 'Person', id: 'ann' } }, parents: [] });
    const owned = map.Item({
      ...{ id: 'k', ownerId: 'bob' },
      get teamId() {
        during();
        return 'c';
      },
    });
    deepStrictEqual(engine.isAuthorized({ principal: person(), action, resource: owned }, store).determiningPolicies, [
      'chief',
    ]);
  };

  claims['is what errors tell of, whatever its getters ask meanwhile'] = () => {
    const boss = (level: number) =>
      `permit (principal is Person, action, resource) when { principal.boss.level > ${level} };`;
    const erring = engineOf(boss(1) + boss(2));
    const store = storeOf();
    const ask = (id: string) =>
      erring.isAuthorized({ principal: map.Person(row(id)), action, resource: item() }, store);
    const row = (id: string): object => ({
      ...{ id, bossId: null, teamIds: [] },
      get level() {
        if (id === 'ann') ask('zoe');
        return 1;
      },
    });
    for (let i = 0; i < 4; i++) for (const { message } of ask('ann').errors) match(message, /`Person::"ann"`/);
    deepStrictEqual(ask('ann').errors.length, 2);
  };

  claims['refers to entities of a type, whatever the request before referred to'] = () => {
    const typed = engineOf(
      '@id("is") permit (principal is Person, action, resource is Item) when { principal has boss && principal.boss is Person && !(resource has team) };',
    );
    const store = storeOf();
    deepStrictEqual(reasons(person(), item({ teamId: 'g' }), store, typed), []);
    deepStrictEqual(reasons(person({ bossId: 'g' }), item(), store, typed), ['is']);
  };

  claims['has no parents where nobody asks for its ancestors, and they are not read'] = () => {
    const store = storeOf(team('a'));
    const unread = engineOf(
      '@id("level") permit (principal is Person, action, resource) when { principal.level > 5 };',
    );
    const row = {
      ...{ id: 'ann', bossId: null, level: 9 },
      get teamIds(): string[] {
        throw new RangeError('read');
      },
    };
    deepStrictEqual(reasons(map.Person(row), item(), store, unread), ['level']);
    throws(() => reasons(map.Person(row), item(), store), /read/);
  };

  claims['is linked after the context is read, which may change the store'] = () => {
    const late = engineOf(
      'permit (principal, action, resource is Item) when { context has hour && context.hour > 0 && resource has team && principal in resource.team };',
    );
    const store = storeOf(team('a'), team('b'));
    const ask = (context: object) =>
      late.isAllowed(
        { principal: person({ teamIds: ['b'] }), action, resource: item({ teamId: 'a' }), context },
        store,
      );
    for (let i = 0; i < 3; i++) deepStrictEqual(ask({ hour: 1 }), false);
    const context = {
      get hour() {
        store.upsert(team('b', 'a'));
        return 1;
      },
    };
    deepStrictEqual(ask(context), true);
  };

  claims['is not decided by an engine that its getter released'] = () => {
    const released = engineOf(POLICIES);
    const store = storeOf();
    let during = () => {};
    const row = {
      ...{ id: 'i', ownerId: 'ann' },
      get teamId() {
        during();
        return null;
      },
    };
    for (let i = 0; i < 3; i++) deepStrictEqual(reasons(person(), map.Item(row), store, released), ['owner']);
    during = () => released.release();
    throws(
      () => released.isAllowed({ principal: person(), action, resource: map.Item(row) }, store),
      /the engine was released/,
    );
  };

  claims['decides by the policies of one moment, though a getter changes them'] = () => {
    const changing = engineOf(POLICIES);
    if (!('policies' in changing)) return;
    const { policies } = changing as ReturnType<typeof compile>;
    const store = storeOf();
    const ask = (resource: EntitySource) =>
      changing.isAuthorized({ principal: person({ level: 9 }), action, resource }, store);
    for (let i = 0; i < 3; i++) deepStrictEqual(ask(item()).determiningPolicies, ['level']);
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
    for (let i = 0; i < 3; i++) throws(() => ask(map.Item(row)), /the policies change/);
  };
  return claims;
}

/** A claim throws what is wrong. */
export type Claims = Readonly<Record<string, () => void>>;

/** By the way in which engines are made. */
export const CLAIMS: Readonly<Record<string, Claims>> = {
  typed: claimsOf((text) => compile(text, { schema, validate: false, warmUp: 0 })),
  untyped: claimsOf((text) => compile(text, { warmUp: 0 })),
  module: claimsOf((text) => engineIn('module', text)),
};

/** The claims that do not hold. */
export function broken(): readonly string[] {
  return Object.values(CLAIMS).flatMap((claims) =>
    Object.keys(claims).filter((name) => {
      try {
        claims[name]!();
        return false;
      } catch {
        return true;
      }
    }),
  );
}
