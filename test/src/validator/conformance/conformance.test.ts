/**
 * Conformance — which entities, requests and contexts fit a schema.
 */
import { describe, expect, test } from 'vitest';
import { parseSchema } from '../../../../src/schema/parse-schema.ts';
import {
  checkContext,
  checkEntity,
  checkRequest,
  conformingEntities,
} from '../../../../src/validator/conformance/conformance.ts';
import { ConformanceError } from '../../../../src/validator/conformance/conformance-error.ts';
import type { Entity } from '../../../../src/value/entities.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../../src/value/record.ts';
import { CedarSet } from '../../../../src/value/set.ts';
import type { Value } from '../../../../src/value/value.ts';

const schema = parseSchema(`
  entity User in [Team, Color] { name: String, age?: Long, best?: User, likes?: Set<Color>, home?: { zip: Long, city?: String } } tags Set<String>;
  entity Team in Team;
  entity Color enum ["red", "green"];
  entity Doc;
  action all; action group in all;
  action view in group appliesTo { principal: [User, Color], resource: Doc, context: { n: Long, color?: Color, actions?: Set<Action> } };
`).schema!;

const uid = (type: string, id: string) => new EntityUid(type, id);
const record = (fields: Record<string, Value>) => new CedarRecord(new Map(Object.entries(fields)));

function user(
  more: { attrs?: Record<string, Value>; parents?: EntityUid[]; tags?: Record<string, Value> } = {},
): Entity {
  return {
    uid: uid('User', 'a'),
    attrs: new Map(Object.entries({ name: 'A', ...more.attrs })),
    parents: more.parents ?? [],
    tags: new Map(Object.entries(more.tags ?? {})),
  };
}

function bare(type: string, id: string, parents: EntityUid[] = [], attrs: Record<string, Value> = {}): Entity {
  return { uid: uid(type, id), attrs: new Map(Object.entries(attrs)), parents, tags: new Map() };
}

describe('an entity fits', () => {
  test.each<[string, Entity]>([
    ['with what is required', user()],
    ['with everything', user({ attrs: { age: 1n << 60n, home: record({ zip: 1 }), likes: CedarSet.from([]) } })],
    ['below a team, which it need not be below directly', user({ parents: [uid('Team', 't')] })],
    ['below an enumerated entity', user({ parents: [uid('Color', 'red')] })],
    ['with tags of their type', user({ tags: { any: CedarSet.from(['x']) } })],
    ['as one of those that are listed', bare('Color', 'green')],
  ])('%s', (_, entity) => {
    expect(checkEntity(entity, schema)).toBeUndefined();
  });
});

describe('an entity does not fit', () => {
  test.each<[string, Entity, string]>([
    ['without a required attribute', bare('User', 'a'), 'missingAttribute'],
    ['with an attribute that is not declared', user({ attrs: { nope: 1 } }), 'unexpectedAttribute'],
    ['with an attribute of another type', user({ attrs: { age: 'x' } }), 'typeMismatch'],
    ['with an entity of another type', user({ attrs: { best: uid('Doc', 'd') } }), 'typeMismatch'],
    ['with an element of another type', user({ attrs: { likes: CedarSet.from([1]) } }), 'typeMismatch'],
    ['with a record that lacks an attribute', user({ attrs: { home: record({}) } }), 'typeMismatch'],
    ['with a record that has too many', user({ attrs: { home: record({ zip: 1, x: 1 }) } }), 'typeMismatch'],
    [
      'with an enumerated entity that is not listed',
      user({ attrs: { likes: CedarSet.from([uid('Color', 'x')]) } }),
      'invalidEnumEntity',
    ],
    ['below a type that it cannot be below', user({ parents: [uid('Doc', 'd')] }), 'invalidAncestorType'],
    ['below an enumerated entity that is not listed', user({ parents: [uid('Color', 'x')] }), 'invalidEnumEntity'],
    ['with a tag of another type', user({ tags: { any: 'x' } }), 'typeMismatch'],
    ['of an undeclared type', bare('Nope', 'a'), 'undeclaredEntityType'],
    ['as an enumerated entity that is not listed', bare('Color', 'x'), 'invalidEnumEntity'],
    ['as an enumerated entity with an attribute', bare('Color', 'red', [], { a: 1 }), 'unexpectedAttribute'],
    ['as an enumerated entity with a parent', bare('Color', 'red', [uid('Team', 't')]), 'invalidAncestorType'],
  ])('%s', (_, entity, code) => {
    expect(checkEntity(entity, schema)?.code).toBe(code);
  });
});

describe('the actions of a schema', () => {
  const view = uid('Action', 'view');
  const group = uid('Action', 'group');
  const all = uid('Action', 'all');
  const codeOf = (entities: Entity[]) => {
    try {
      conformingEntities(entities, schema);
      return undefined;
    } catch (error) {
      if (error instanceof ConformanceError) return error.problem.code;
      throw error;
    }
  };

  test('are among the entities, with all their ancestors', () => {
    const { ancestors } = conformingEntities([user()], schema).get(view)!;
    expect(ancestors).toEqual(new Set([group.key, all.key]));
  });

  test('may be given as they are declared, directly or closed', () => {
    const groups = [bare('Action', 'group', [all]), bare('Action', 'all')];
    expect(codeOf([bare('Action', 'view', [group]), ...groups])).toBeUndefined();
    expect(codeOf([bare('Action', 'view', [group, all])])).toBeUndefined();
  });

  test('may not be given otherwise', () => {
    expect(codeOf([bare('Action', 'view')])).toBe('actionMismatch');
    expect(codeOf([bare('Action', 'all', [], { a: 1 })])).toBe('actionMismatch');
    expect(codeOf([bare('Action', 'nope')])).toBe('undeclaredAction');
  });
});

describe('a request', () => {
  const request = {
    principal: uid('User', 'a'),
    action: uid('Action', 'view'),
    resource: uid('Doc', 'd'),
    context: record({ n: 1 }),
  };

  test('fits when the action applies to it', () => {
    expect(checkRequest(request, schema)).toBeUndefined();
    expect(checkRequest({ ...request, principal: uid('Color', 'red') }, schema)).toBeUndefined();
  });

  test.each([
    [{ principal: uid('Nope', 'a') }, 'undeclaredPrincipalType'],
    [{ resource: uid('Nope', 'a') }, 'undeclaredResourceType'],
    [{ principal: uid('Color', 'x') }, 'invalidEnumEntity'],
    [{ principal: uid('Team', 't') }, 'invalidPrincipalType'],
    [{ resource: uid('User', 'a') }, 'invalidResourceType'],
    [{ action: uid('Action', 'nope') }, 'undeclaredAction'],
    [{ action: uid('Action', 'all') }, 'invalidPrincipalType'],
    [{ context: record({}) }, 'invalidContext'],
    [{ context: record({ n: 'x' }) }, 'invalidContext'],
    [{ context: record({ n: 1, more: 1 }) }, 'invalidContext'],
    [{ context: record({ n: 1, color: uid('Color', 'x') }) }, 'invalidEnumEntity'],
    [{ context: record({ n: 1, actions: CedarSet.from([uid('Action', 'x')]) }) }, 'undeclaredAction'],
  ])('with %o does not fit', (change, code) => {
    expect(checkRequest({ ...request, ...change }, schema)?.code).toBe(code);
  });

  test('its context alone is checked against its action', () => {
    expect(checkContext(record({ n: 1 }), uid('Action', 'view'), schema)).toBeUndefined();
    expect(checkContext(record({}), uid('Action', 'all'), schema)).toBeUndefined();
    expect(checkContext(record({}), uid('Action', 'nope'), schema)?.code).toBe('undeclaredAction');
  });
});
