/**
 * Typed data — what JSON means where a schema says what is expected.
 */
import { describe, expect, test } from 'vitest';
import { DataError, DataPath } from '../../../../src/parser/data/data-path.ts';
import { entitiesFromData } from '../../../../src/parser/data/entities.ts';
import { parseSchema } from '../../../../src/schema/parse-schema.ts';
import { schemaGuide, typedContextFromData } from '../../../../src/validator/conformance/typed-data.ts';
import { showValue } from '../../../../src/validator/wording/value-text.ts';

const { schema } = parseSchema(`
  entity User { friend?: User, friends?: Set<User>, ip?: ipaddr, at?: datetime, address?: { city: String, zip?: Long }, color?: Color } tags decimal;
  entity Color enum ["red"];
  entity Plain;
  action view appliesTo { principal: User, resource: User, context: { n: Long, who?: User, deep?: { list: Set<{ d: duration }> } } };
`);

/** The attribute that comes out, or what is said about it. */
function attribute(name: string, json: unknown): string {
  return said(() => {
    const [entity] = read([{ uid: { type: 'User', id: 'a' }, attrs: { [name]: json }, parents: [] }]);
    return showValue(entity!.attrs.get(name)!);
  });
}

function read(entities: unknown) {
  return entitiesFromData(entities, { guide: schemaGuide(schema!) });
}

function said(run: () => string): string {
  try {
    return run();
  } catch (error) {
    if (error instanceof DataError) return error.reason;
    throw error;
  }
}

describe('an attribute that a schema knows', () => {
  test.each([
    ['friend', { type: 'User', id: 'b' }, 'User::"b"'],
    ['friend', 'User::"b"', 'User::"b"'],
    ['friend', { __entity: { type: 'User', id: 'b' } }, 'User::"b"'],
    ['friends', [{ type: 'User', id: 'b' }, { __entity: { type: 'User', id: 'c' } }], '[User::"b", User::"c"]'],
    ['ip', '10.0.0.1', 'ip("10.0.0.1/32")'],
    ['ip', { fn: 'ip', arg: '10.0.0.1' }, 'ip("10.0.0.1/32")'],
    ['ip', { __extn: { fn: 'ip', args: ['10.0.0.1'] } }, 'ip("10.0.0.1/32")'],
    ['address', { city: 'x' }, '{city: "x"}'],
    ['address', { zip: 1, city: 'x' }, '{city: "x", zip: 1}'],
  ])('%s: %j is %s', (name, json, expected) => {
    expect(attribute(name, json).replace('/32', '')).toBe(expected.replace('/32', ''));
  });

  test('arguments of extension functions may leave out their escapes too', () => {
    const plain = attribute('at', { fn: 'offset', args: ['2024-01-01', '1d'] });
    const explicit = { fn: 'datetime', arg: '2024-01-02' };
    expect(plain).toBe(attribute('at', { __extn: explicit }));
  });

  test.each([
    ['friend', 'bob', 'in attribute `friend` on `User::"a"`, `bob` is not an entity uid'],
    ['friends', { type: 'User', id: 'b' }, 'in attribute `friends` on `User::"a"`, type mismatch'],
    ['ip', 'bad', 'failed to evaluate attribute `ip` of `User::"a"`'],
    ['ip', 1.5, 'data did not match any variant of untagged enum ExtnValueJson'],
    ['ip', { fn: 'nope', arg: 'x' }, 'extension function `nope` does not exist'],
    ['ip', { fn: 'ip', args: ['a', 'b'] }, 'expected 1 arguments for function ip but 2 arguments are provided'],
    ['address', {}, 'in attribute `address` on `User::"a"`, expected the record to have an attribute `city`'],
    [
      'address',
      { city: 'x', more: 1 },
      'in attribute `address` on `User::"a"`, record attribute `more` should not exist',
    ],
    ['address', 'x', 'in attribute `address` on `User::"a"`, type mismatch: value was expected to have type { "city"'],
    ['nope', 1, 'attribute `nope` on `User::"a"` should not exist according to the schema'],
    ['address', { city: 'x', __proto__: null }, '{city: "x"}'],
  ])('%s: %j is refused: %s', (name, json, reason) => {
    expect(attribute(name, json)).toContain(reason);
  });

  test('an entity of an undeclared type is refused, with similar names for help', () => {
    expect(said(() => String(read([{ uid: { type: 'N::User', id: 'a' }, attrs: {}, parents: [] }])))).toBe(
      'entity `N::User::"a"` has type `N::User` which is not declared in the schema',
    );
  });

  test('tags are read by the type of the tags, and refused where there are none', () => {
    const tagged = (type: string) => [{ uid: { type, id: 'a' }, attrs: {}, parents: [], tags: { t: '1.5' } }];
    expect(showValue(read(tagged('User'))[0]!.tags.get('t')!)).toBe('decimal("1.5")');
    expect(said(() => String(read(tagged('Plain'))))).toContain('found a tag `t` on `Plain::"a"`');
  });
});

describe('a context that a schema knows', () => {
  const context = (json: unknown) =>
    said(() => {
      const type = schema!.actions.values().next().value!.context;
      return showValue(typedContextFromData(json, type, DataPath.root('context', 'while parsing context, ')));
    });

  test('is read by its type, at any depth', () => {
    expect(context({ n: 1, who: { type: 'User', id: 'a' }, deep: { list: [{ d: '1h' }] } })).toContain(
      'who: User::"a"',
    );
  });

  test.each([
    [{}, 'while parsing context, expected the record to have an attribute `n`, but it does not'],
    [{ n: 1, x: 1 }, 'while parsing context, record attribute `x` should not exist according to the schema'],
    [{ n: 1, deep: { list: [{ d: '1h', e: 1 }] } }, 'record attribute `e` should not exist according to the schema'],
    [[], 'while parsing context, type mismatch'],
    [{ n: null }, 'found a `null`; JSON `null`s are not allowed in Cedar'],
  ])('%j is refused', (json, reason) => {
    expect(context(json)).toContain(reason);
  });
});
