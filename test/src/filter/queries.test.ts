/**
 * Queries — filters for MongoDB, run by mingo on documents beside the predicate, and for Prisma, as its `where`.
 */
import { Query } from 'mingo';
import { describe, expect, test } from 'vitest';
import { compile, FilterError, field, json, many, mapping, ref } from '../../../src/index.ts';

const schema = `
  entity Team;
  entity User in [Team] { dept: String, level: Long };
  entity Folder;
  entity Doc in [Folder] { owner: User, public: Bool, title: String, label?: String, size: Long, words: Set<String>, viewers: Set<User>, meta?: { lang: String } };
  action view appliesTo { principal: User, resource: Doc };
`;
const map = mapping(schema, {
  User: { id: 'id', attrs: { dept: 'dept', level: field('level', { notNull: true }) }, table: 'User' },
  Folder: { id: 'id' },
  Doc: {
    id: '_id',
    table: 'Doc',
    attrs: {
      owner: ref('ownerId', { relation: 'owner', notNull: true }),
      public: field('isPublic', { notNull: true }),
      title: field('title', { notNull: true }),
      label: 'label',
      size: field('size', { notNull: true }),
      words: many('words', { storage: 'array', notNull: true }),
      viewers: many('viewers', { notNull: true }),
      meta: json('meta'),
    },
    parents: { Folder: ref('folderId') },
  },
});
const store = [{ uid: 'User::"alice"', attrs: { dept: 'x', level: 3 }, parents: [] }];

function filterOf(condition: string, effect = 'permit', options = {}) {
  const policies =
    effect === 'permit'
      ? `permit(principal, action, resource) when { ${condition} };`
      : `permit(principal, action, resource); forbid(principal, action, resource) when { ${condition} };`;
  const engine = compile(policies, { schema, mapping: map, mode: 'interpret' });
  return engine.filter({ principal: 'User::"alice"', action: 'view', resource: 'Doc' }, store, options);
}

const texts = ['', 'a', 'A', 'a ', 'ab', 'a.b', 'a*b', 'b\n', 'á', '😀', '$x', '[a]', 'secret plan'];
const documents = texts.flatMap((text, i) =>
  [null, 'secret', text, undefined].map((label, j) => ({
    _id: `${text}${j}`,
    ownerId: j % 2 === 0 ? 'alice' : 'Alice',
    isPublic: i % 3 === 0,
    title: text,
    ...(label !== undefined && { label }),
    size: i - 5,
    words: texts.slice(i % 4, i % 7),
    viewers: j === 1 ? [] : ['alice', text],
    ...(i % 2 === 0 && { meta: { lang: text } }),
    folderId: i % 5 === 0 ? null : `f${i % 3}`,
  })),
);

describe('in MongoDB', () => {
  test.each([
    'resource.owner == principal && !resource.public',
    'resource has label && resource.label like "secret*"',
    'resource has label && !(resource.label like "*b*")',
    'resource.title like "a*b" || resource.title like "*." || resource.title like "*\\n"',
    'resource.title like "a.b" || resource.title like "*[*" || resource.title like "$*"',
    '!(resource has label && resource.label == resource.title)',
    'resource has label && resource.label != resource.title',
    'resource.size > 2 || -3 > resource.size',
    'resource.words.contains("a") || resource.words.isEmpty()',
    'resource.words.containsAll(["a", "A"])',
    '["a", "A", "a "].containsAll(resource.words)',
    'resource.viewers.contains(principal) && !resource.viewers.containsAny([User::"a", User::"ab"])',
    'resource in Folder::"f1"',
    'resource has meta && resource.meta.lang == "ab"',
    'if resource.public then resource.size > 0 else resource has label',
    '["a", "b\\n"].contains(resource.title)',
  ])('finds the documents that the predicate passes: %s', (condition) => {
    for (const effect of ['permit', 'forbid']) {
      const filter = filterOf(condition, effect);
      const passes = filter.predicate();
      const query = new Query(filter.mongo() as never);
      const found = documents.filter((each) => query.test(each as never)).map(({ _id }) => _id);
      const expected = documents.filter((each) => passes({ ...each, label: each.label ?? null })).map(({ _id }) => _id);
      expect(found).toEqual(expected);
      expect(expected.length % documents.length).not.toBe(0);
    }
  });

  test('refuses what is in other documents, and gives an upper bound', () => {
    const condition = 'resource.public && resource.owner.level > 2';
    expect(() => filterOf(condition).mongo()).toThrow(FilterError);
    expect(filterOf(condition, 'permit', { superset: true }).mongo()).toEqual({ isPublic: { $eq: true } });
  });
});

describe('in Prisma', () => {
  test.each<[condition: string, where: object]>([
    ['resource.public', { isPublic: { equals: true } }],
    ['!resource.public', { isPublic: { equals: false } }],
    [
      'resource.owner == principal || resource.size > 3',
      { OR: [{ ownerId: { equals: 'alice' } }, { size: { gt: 3 } }] },
    ],
    ['resource has label && resource.label like "secret*"', { label: { startsWith: 'secret' } }],
    ['["a", "b"].contains(resource.title)', { title: { in: ['a', 'b'] } }],
    ['resource.words.contains("a")', { words: { has: 'a' } }],
    ['!resource.words.isEmpty()', { words: { isEmpty: false } }],
    ['resource.owner.level > 3', { owner: { is: { level: { gt: 3 } } } }],
    ['resource.owner.dept == principal.dept', { owner: { is: { dept: { equals: 'x' } } } }],
    ['resource.title like "*"', { title: { notIn: [] } }],
    ['resource has label && resource.label like "*"', { label: { not: null } }],
    ['!(resource.title like "a*")', { title: { not: { startsWith: 'a' } } }],
    [
      '[true, false].contains(resource.public)',
      { OR: [{ isPublic: { equals: true } }, { isPublic: { equals: false } }] },
    ],
    ['![true, false].contains(resource.public)', { AND: [{ isPublic: { not: true } }, { isPublic: { not: false } }] }],
    ['principal.dept == "x"', { NOT: { _id: { in: [] } } }],
    ['principal.dept == "y"', { _id: { in: [] } }],
  ])('%s', (condition, where) => {
    expect(filterOf(condition).prisma('postgresql')).toEqual(where);
  });

  // PostgreSQL has no such text, and cannot be sent one.
  test.each<[condition: string, where: object]>([
    ['resource.title == "a\\0"', { title: { in: [] } }],
    ['resource.title != "a\\0"', { title: { notIn: [] } }],
    ['resource has label && resource.label != "a\\0"', { label: { not: null } }],
    ['resource.title like "a\\0*"', { title: { in: [] } }],
    ['!(resource.title like "a\\0*")', { title: { notIn: [] } }],
    ['["a", "a\\0"].contains(resource.title)', { title: { in: ['a'] } }],
    ['["\\0", "a\\0"].contains(resource.title)', { title: { in: [] } }],
    ['resource.words.contains("a\\0")', { words: { hasSome: [] } }],
    ['resource.words.containsAny(["a", "a\\0"])', { words: { hasSome: ['a'] } }],
  ])('U+0000: %s', (condition, where) => {
    expect(filterOf(condition).prisma('postgresql')).toEqual(where);
    if (!condition.includes('like')) expect(JSON.stringify(filterOf(condition).prisma('sqlite'))).toContain('\\u0000');
  });

  test('a forbid', () => {
    expect(filterOf('resource.owner.level > 3', 'forbid').prisma('postgresql')).toEqual({
      OR: [{ NOT: { owner: { is: {} } } }, { owner: { is: { level: { lte: 3 } } } }],
    });
    expect(filterOf('resource has label && resource.label == "x"', 'forbid').prisma('sqlite')).toEqual({
      OR: [{ NOT: { label: { not: null } } }, { label: { not: 'x' } }],
    });
  });

  test.each<[string, 'postgresql' | 'sqlite' | 'mysql', string]>([
    ['resource has label && resource.label like "50%*"', 'postgresql', '`%`'],
    ['resource has label && resource.label like "a*b"', 'postgresql', 'several parts'],
    ['resource has label && resource.label like "a*"', 'sqlite', '`like`'],
    ['resource.public', 'mysql', 'collation'],
    ['resource.size + 1 > 2', 'postgresql', 'not a field'],
    ['resource.viewers.contains(principal)', 'postgresql', 'list of scalars'],
  ])('refuses %s on %s', (condition, provider, reason) => {
    expect(() => filterOf(condition).prisma(provider)).toThrow(reason);
  });
});
