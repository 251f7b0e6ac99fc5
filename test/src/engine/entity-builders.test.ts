/**
 * Entity builders — what they make is what a store and an engine take, and what does not fit the schema is refused where it is built.
 */
import { describe, expect, test } from 'vitest';
import {
  ConformanceError,
  compile,
  contextSchema,
  DataError,
  EntityStore,
  entitiesSchema,
  entityBuilders,
  parseSchema,
  UsageError,
} from '../../../src/index.ts';
import * as runtime from '../../../src/runtime.ts';

const TEXT = `
  entity Team;
  entity User in [Team] { name: String, age?: Long };
  entity Plan enum ["free", "pro"];
  namespace App { entity Doc { owner: User, plan: Plan, at?: datetime } tags Set<String>; }
  action view appliesTo { principal: User, resource: App::Doc, context: { mfa: Bool } };
`;
const schema = parseSchema(TEXT).schema!;
const { User, Team, Plan, 'App::Doc': Doc } = entityBuilders(schema) as Record<string, any_>;

/** The schema has no types here; uses.ts looks at those. */
type any_ = ReturnType<typeof entityBuilders>[string];

const ann = User!('ann', { attrs: { name: 'Ann' }, parents: [Team!.uid('staff')] });
const plan = Doc!('plan', {
  attrs: { owner: ann.uid, plan: Plan!.uid('pro'), at: new Date(0) },
  tags: { labels: new Set(['a']) },
});

describe('entities that fit', () => {
  test('are what stores, engines and schemas of libraries take', () => {
    const engine = compile(
      'permit (principal in Team::"staff", action, resource) when { resource.owner == principal && resource.hasTag("labels") && resource.getTag("labels").contains("a") };',
      { schema },
    );
    const request = { principal: ann.uid, action: 'view', resource: plan.uid, context: { mfa: true } };
    expect(engine.isAllowed(request, [ann, plan])).toBe(true);
    expect(engine.isAllowed(request, EntityStore.from([ann, plan, Team!('staff')], { schema }))).toBe(true);
    expect(engine.isAllowed({ ...request, principal: User!.uid('bob') }, [ann, plan])).toBe(false);
    expect(entitiesSchema(schema)['~standard'].validate([ann, plan]).issues).toBeUndefined();
  });

  test('are plain data, of which nothing is left out', () => {
    expect(ann).toEqual({
      uid: { type: 'User', id: 'ann' },
      attrs: { name: 'Ann' },
      parents: [{ type: 'Team', id: 'staff' }],
    });
    expect(Team!('a')).toEqual({ uid: { type: 'Team', id: 'a' }, attrs: {}, parents: [] });
    expect(Team!('a', { attrs: {}, parents: undefined, tags: undefined })).toEqual(Team!('a'));
    expect(Team!('__proto__').uid.id).toBe('__proto__');
    expect(User!('a', { attrs: { name: 'A', age: undefined } }).uid.id).toBe('a');
    expect(plan.uid).toEqual({ type: 'App::Doc', id: 'plan' });
    expect(Object.isFrozen(ann) && Object.isFrozen(ann.uid)).toBe(true);
  });
});

describe('what does not fit is refused at once', () => {
  const attrs = { name: 'A' };
  test.each<[string, () => unknown, new (...args: never[]) => Error, string]>([
    ['a missing attribute', () => User!('a'), ConformanceError, '`name`'],
    ['an attribute of another type', () => User!('a', { attrs: { name: 7 } }), ConformanceError, '`name`'],
    ['a misspelt attribute', () => User!('a', { attrs: { ...attrs, agee: 7 } }), DataError, 'did you mean `age`?'],
    ['an attribute that is undefined', () => User!('a', { attrs: { name: undefined } }), ConformanceError, '`name`'],
    ['a parent of another type', () => User!('a', { attrs, parents: ['User::"b"'] }), ConformanceError, '`User`'],
    ['a parent that is none', () => User!('a', { attrs, parents: [7] as never }), DataError, 'parents[0]'],
    ['parents that are no list', () => User!('a', { attrs, parents: 'Team::"a"' as never }), DataError, 'parents'],
    ['tags where there are none', () => User!('a', { attrs, tags: { a: 'b' } }), DataError, '`a`'],
    ['a misspelt member', () => User!('a', { attr: {} } as never), UsageError, 'did you mean `attrs`?'],
    ['an id that is not declared', () => Plan!('gold'), ConformanceError, 'gold'],
    ['an id that is not declared, alone', () => Plan!.uid('gold'), ConformanceError, 'gold'],
    ['an id that is no text', () => Team!(7 as never), UsageError, "`Team('x')`"],
    ['an id that is no text, alone', () => Team!.uid(undefined as never), UsageError, "`Team('x')`"],
  ])('%s', (_, build, kind, said) => {
    expect(build).toThrow(kind);
    try {
      build();
    } catch (error) {
      expect(String((error as { format?(): string }).format?.() ?? error)).toContain(said);
    }
  });
});

test('to a schema, an optional attribute that is undefined is absent in entities as in contexts, in every way of giving them', () => {
  const policies = 'permit (principal, action, resource) when { !(principal has age) };';
  const user = { uid: 'User::"ann"', attrs: { name: 'A', age: undefined }, parents: [] };
  const request = { principal: 'User::"ann"', action: 'view', resource: 'App::Doc::"d"', context: { mfa: true } };
  for (const mode of ['compile', 'interpret'] as const) {
    const engine = compile(policies, { schema, mode });
    expect(engine.isAllowed(request, [user])).toBe(true);
    expect(engine.isAllowed(request, EntityStore.from([user], { schema }))).toBe(true);
    expect(engine.isAllowed(request, new EntityStore({ schema }).with([user]))).toBe(true);
    const unnamed = { ...user, attrs: { name: undefined } };
    expect(() => engine.isAllowed(request, [unnamed])).toThrow(ConformanceError);
    expect(() => EntityStore.from([unnamed], { schema })).toThrow(ConformanceError);
  }
  expect(() => EntityStore.from([user])).toThrow(DataError);
});

test('a schema must be parsed, and be one', () => {
  expect(() => entityBuilders(TEXT as never)).toThrow('`entityBuilders` takes a parsed schema');
  expect(() => entityBuilders(undefined as never)).toThrow(UsageError);
  expect(() => entityBuilders(parseSchema('entity') as never)).toThrow(UsageError);
});

test('types that the schema does not have, actions and inherited names have no builder', () => {
  const builders = entityBuilders(schema) as Record<string, unknown>;
  expect(Object.keys(builders)).toEqual(expect.arrayContaining(['User', 'Team', 'Plan', 'App::Doc']));
  for (const name of ['Photo', 'Action', 'constructor', 'toString']) expect(builders[name]).toBeUndefined();
  expect(runtime.entityBuilders).toBe(entityBuilders);
});

test('a context is known by the id of its action', () => {
  const { validate } = contextSchema(schema, 'view')['~standard'];
  expect(validate({ mfa: true }).issues).toBeUndefined();
  expect(validate({}).issues).toHaveLength(1);
  expect(contextSchema(TEXT, 'Action::"view"')['~standard'].validate({ mfa: true }).issues).toBeUndefined();
  expect(contextSchema(schema, 'veiw')['~standard'].validate({ mfa: true }).issues).toHaveLength(1);
});
