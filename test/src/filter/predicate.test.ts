/**
 * Predicate — filters over rows in memory: what passes, and that a row that does not fit the schema is an error, not fewer checks.
 */
import { describe, expect, test } from 'vitest';
import { check } from '../../../codegen/print/check.ts';
import { compile, DataError, FilterError, field, json, many, mapping, ref, tags } from '../../../src/index.ts';

const schema = `
  entity Team;
  entity User in [Team] { level: Long };
  entity Folder in [Folder];
  entity Doc in [Folder] {
    owner: User, public: Bool, label?: String, size: Long, viewers: Set<User>, meta?: { a: Long }, at: datetime, price: decimal,
  } tags String;
  action view appliesTo { principal: User, resource: Doc };
`;
const map = mapping(schema, {
  Doc: {
    id: 'id',
    attrs: {
      owner: ref('ownerId'),
      public: 'isPublic',
      label: 'label',
      size: 'size',
      viewers: many('viewerIds'),
      meta: json('meta'),
      at: 'at',
      price: field('price', { storage: 'numeric' }),
    },
    parents: { Folder: ref('folderId') },
    tags: tags('tags', { table: 't', owner: 'o', key: 'k', value: 'v' }),
  },
});
const store = [
  { uid: 'User::"alice"', attrs: { level: 1 }, parents: [] },
  { uid: 'User::"bob"', attrs: { level: 9 }, parents: [] },
  { uid: 'Folder::"in"', attrs: {}, parents: ['Folder::"top"'] },
];
const row = {
  id: 'd',
  ownerId: 'alice',
  isPublic: false,
  label: null,
  size: 3,
  viewerIds: ['bob'],
  meta: { a: 1 },
  at: new Date(1000),
  price: '1.50',
  folderId: 'in',
  tags: { lang: 'en' },
};

const MODES = ['interpret', 'compile'] as const;

const passes = (condition: string, effect = 'permit') => {
  const [interpreted, compiled] = MODES.map((mode) => passesIn(mode, condition, effect));
  // What one of them says, the other one says too, errors included.
  return (each: object) => {
    const results = [interpreted!, compiled!].map((run) => {
      try {
        return run(each);
      } catch (error) {
        return error as Error;
      }
    });
    expect(`${results[1]}`).toBe(`${results[0]}`);
    if (results[1] instanceof Error) throw results[1];
    return results[1]!;
  };
};

const passesIn = (mode: (typeof MODES)[number], condition: string, effect: string) => {
  const policies =
    effect === 'permit'
      ? `permit(principal, action, resource) when { ${condition} };`
      : `permit(principal, action, resource); forbid(principal, action, resource) when { ${condition} };`;
  const engine = compile(
    policies,
    mode === 'compile' ? { schema, mapping: map, check } : { schema, mapping: map, mode },
  );
  return engine.filter({ principal: 'User::"alice"', action: 'view', resource: 'Doc' }, store).predicate();
};

describe('a predicate', () => {
  test.each([
    'resource.owner == principal',
    'resource == Doc::"d"',
    '!resource.public && !(resource has label)',
    'resource.size + 1 < 5',
    'resource.viewers.contains(User::"bob") && !resource.viewers.isEmpty()',
    'resource has meta.a && resource.meta.a == 1',
    'resource.at == datetime("1970-01-01").offset(duration("1s"))',
    'resource.price.lessThan(decimal("1.6"))',
    'resource in Folder::"top"',
    'resource.hasTag("lang") && resource.getTag("lang") like "e*"',
    'resource.owner.level < 5',
    'resource.viewers.containsAny([User::"bob"])',
  ])('holds for a row of which this is so: %s', (condition) => {
    expect(passes(condition)(row)).toBe(true);
    expect(passes(condition, 'forbid')(row)).toBe(false);
    expect(passes(`!(${condition})`)(row)).toBe(false);
  });

  test.each<[string, object, boolean]>([
    ['resource has label && resource.label == "x"', { label: 'x' }, true],
    ['resource has label && resource.label == "x"', { label: null }, false],
    ['!(resource has label && resource.label like "x*")', { label: 'xy' }, false],
    ['!(resource has label && resource.label like "x*")', {}, true],
    ['resource has label && resource.label like "*b"', { label: 'ab' }, true],
    ['resource has label && resource.label like "*a*"', { label: 'bab' }, true],
    ['resource has label && resource.label like "a*b*c"', { label: 'a b c' }, true],
    ['resource has label && resource.label like "*"', { label: '' }, true],
    ['resource.size > 2 && 4 > resource.size', {}, true],
    ['resource.size >= 3 && resource.size <= 3 && resource.size == 3', {}, true],
    ['resource.size != 3', { size: 3n }, false],
    ['resource.size < 9223372036854775807', { size: 9223372036854775807n }, false],
    ['resource.size == 0', { size: -0 }, true],
    ['principal == resource.owner', {}, true],
    ['principal == resource.owner', { ownerId: 7 }, false],
    ['resource.owner == User::"7" || principal == User::"x"', { ownerId: 7 }, true],
    ['resource == Doc::"d" && resource != Doc::"e"', {}, true],
    ['if resource.public then resource.size > 5 else resource.size < 5', {}, true],
    ['if resource.public then resource.size > 5 else resource.size < 5', { isPublic: true }, false],
    ['!(resource.size + 1 > 0 && resource.public)', { size: 9223372036854775807n }, false],
    ['!(resource.public && resource.size + 1 > 0)', { size: 9223372036854775807n }, true],
    ['resource.public || resource.size + 1 > 0', { size: 9223372036854775807n }, false],
    ['resource.public || resource.size + 1 > 0', { size: 9223372036854775807n, isPublic: true }, true],
    ['resource.viewers.contains(principal)', { viewerIds: ['bob', 'alice'] }, true],
    ['resource.viewers.contains(User::"7")', { viewerIds: ['bob', 7] }, true],
    ['resource.viewers.contains(User::"x") || !resource.viewers.contains(User::"bob")', {}, false],
  ])('reads %s (%#)', (condition, change, expected) => {
    expect(passes(condition)({ ...row, ...change })).toBe(expected);
    expect(passes(condition, 'forbid')({ ...row, ...change })).not.toBe(expected);
  });

  test('does not hold where a policy errs', () => {
    const full = { ...row, size: 9223372036854775807n };
    expect(passes('resource.size + 1 > 0 || true')(full)).toBe(false);
    expect(passes('resource.size + 1 > 0', 'forbid')(full)).toBe(true);
    expect(passes('resource.owner.level > 0')({ ...row, ownerId: 'nobody' })).toBe(false);
  });

  test('takes what drivers of databases give: 0 and 1, JSON as text', () => {
    expect(passes('resource.public')({ ...row, isPublic: 1 })).toBe(true);
    expect(passes('resource.viewers.contains(User::"bob")')({ ...row, viewerIds: '["bob"]' })).toBe(true);
    expect(passes('resource has meta && resource.meta.a == 7')({ ...row, meta: '{"a":7}' })).toBe(true);
  });

  test.each<[string, object, string]>([
    ['resource.public', { isPublic: 'yes' }, 'row.isPublic'],
    ['resource.public', { isPublic: undefined }, 'row.isPublic'],
    ['resource has label', { label: 5 }, 'row.label'],
    ['resource.size > 1', { size: 1.5 }, 'row.size'],
    ['resource.viewers.isEmpty()', { viewerIds: null }, 'row.viewerIds'],
    ['resource has meta && resource.meta.a == 1', { meta: { a: 'x' } }, 'row.meta.a'],
    ['resource == Doc::"d"', { id: null }, 'row.id'],
    ['resource in Folder::"top"', { folderId: {} }, 'row.folderId'],
  ])('refuses a row that does not fit: %s of %j', (condition, change, path) => {
    for (const effect of ['permit', 'forbid']) {
      const call = () => passes(condition, effect)({ ...row, ...change });
      expect(call).toThrow(DataError);
      expect(call).toThrow(path);
    }
  });

  test('takes nothing from a polluted prototype', () => {
    const inherits = Object.create({ isPublic: true }) as object;
    expect(passes('resource.public')(Object.assign(inherits, row))).toBe(false);
    class Row {
      get isPublic() {
        return true;
      }
    }
    expect(passes('resource.public')(new Row())).toBe(true);
  });

  test('takes nothing from `Object.prototype` when it is polluted later', () => {
    const [interpreted, compiled] = MODES.map((mode) => passesIn(mode, 'resource has label', 'permit'));
    Object.defineProperty(Object.prototype, 'label', { value: 'x', configurable: true });
    try {
      expect([interpreted!({ id: 'd' }), compiled!({ id: 'd' })]).toEqual([false, false]);
    } finally {
      Reflect.deleteProperty(Object.prototype, 'label');
    }
    expect([interpreted!({ label: 'y' }), compiled!({ label: 'y' })]).toEqual([true, true]);
  });

  test('refuses what the mapping leaves out', () => {
    const small = mapping(schema, { Doc: { id: 'id', attrs: { owner: ref('ownerId') } } });
    const policies = 'permit(principal, action, resource) when { resource.public };';
    const filter = compile(policies, { schema, mapping: small }).filter(
      { principal: 'User::"alice"', action: 'view', resource: 'Doc' },
      store,
    );
    expect(() => filter.predicate()).toThrow(FilterError);
    expect(() => filter.predicate()).toThrow('`public`');
  });
});
