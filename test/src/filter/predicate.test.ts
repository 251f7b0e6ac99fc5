/**
 * Predicate — filters over rows in memory: what passes, and that a row that does not fit the schema is an error, not fewer checks.
 */
import { describe, expect, test } from 'vitest';
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

const passes = (condition: string, effect = 'permit') => {
  const policies =
    effect === 'permit'
      ? `permit(principal, action, resource) when { ${condition} };`
      : `permit(principal, action, resource); forbid(principal, action, resource) when { ${condition} };`;
  const engine = compile(policies, { schema, mapping: map, mode: 'interpret' });
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
