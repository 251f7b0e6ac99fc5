/**
 * Prepared — one text for all requests of an action, filled with their values; and what cannot be prepared, which is planned as ever.
 */
import type { SqlJsStatic } from 'sql.js';
import initSqlJs from 'sql.js/dist/sql-wasm-inline.js';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  ConformanceError,
  compile,
  DataError,
  EntityStore,
  FilterError,
  many,
  mapping,
  parseSchema,
  ref,
  UsageError,
} from '../../../src/index.ts';

const schema = parseSchema(`
  entity Team in [Team];
  entity User in [Team] { dept: String, level: Long, home?: Folder, folders: Set<Folder>, boss?: User };
  entity Folder in [Folder];
  entity Doc in [Folder] { owner: User, public: Bool, title: String, size: Long, label?: String, viewers: Set<User>, team: Team };
  entity Note { text: String };
  action view, edit appliesTo { principal: User, resource: Doc, context: { mfa: Bool, words?: Set<String> } };
  action read appliesTo { principal: User, resource: Note };
`).schema!;
const map = mapping(
  schema,
  {
    Team: { id: 'id', table: 'teams', parents: { Team: ref('parent') } },
    Folder: { id: 'id', table: 'folders', parents: { Folder: ref('parent') } },
    User: {
      id: 'id',
      table: 'users',
      attrs: { dept: 'dept', level: 'level', home: ref('home'), folders: many('folders'), boss: ref('boss') },
      parents: { Team: many('teams') },
    },
    Doc: {
      id: 'id',
      table: 'docs',
      attrs: {
        owner: ref('owner'),
        public: 'public',
        title: 'title',
        size: 'size',
        label: 'label',
        viewers: many('viewers'),
        team: ref('team', { storage: 'integer' }),
      },
      parents: { Folder: ref('folder') },
    },
    Note: { id: 'id', table: 'notes', attrs: { text: 'text' } },
  },
  { notNull: true },
);
const user = (id: string, attrs: object, parents: string[] = []) => ({
  uid: `User::"${id}"`,
  attrs: { dept: 'x', level: 1, folders: [], ...attrs },
  parents,
});
const store = EntityStore.from(
  [
    user('alice', { home: { type: 'Folder', id: 'top' }, level: 7 }, ['Team::"1"']),
    user('bob', {
      dept: 'y',
      folders: [
        { type: 'Folder', id: 'in' },
        { type: 'Folder', id: 'é"\\' },
      ],
    }),
    user('worker', { boss: { type: 'User', id: 'away' } }, ['Team::"gone"']),
    { uid: 'Team::"1"', attrs: {}, parents: ['Team::"2"'] },
    { uid: 'Team::"2"', attrs: {}, parents: [] },
  ],
  { schema },
);

let database: InstanceType<SqlJsStatic['Database']>;

beforeAll(async () => {
  const { Database } = await (initSqlJs as () => Promise<SqlJsStatic>)();
  database = new Database();
  database.exec(`
    CREATE TABLE teams (id INTEGER, parent INTEGER);
    INSERT INTO teams VALUES (1, 2), (2, NULL), (3, NULL);
    CREATE TABLE folders (id TEXT, parent TEXT);
    INSERT INTO folders VALUES ('top', NULL), ('in', 'top'), ('é"\\', NULL);
    CREATE TABLE users (id TEXT, dept TEXT, level INTEGER, home TEXT, folders TEXT, boss TEXT, teams TEXT);
    INSERT INTO users VALUES ('alice', 'x', 7, 'top', '[]', NULL, '["1"]'), ('bob', 'y', 1, NULL, '["in","é\\"\\\\"]', NULL, '[]'),
      ('worker', 'x', 1, NULL, '[]', 'away', '[]'), ('away', 'x', 3, NULL, '[]', NULL, '[]');
    CREATE TABLE docs (id TEXT, owner TEXT, public INTEGER, title TEXT, size INTEGER, label TEXT, viewers TEXT, team INTEGER, folder TEXT);
    INSERT INTO docs VALUES
      ('a', 'alice', 0, 'plan', 9223372036854775807, NULL, '["bob"]', 1, 'in'),
      ('b', 'bob', 1, 'x', 3, 'secret', '[]', 2, 'top'),
      ('c', 'worker', 0, 'y', 7, 'open', '["alice","bob"]', 3, 'é"\\'),
      ('d', 'away', 0, 'PLAN', -1, NULL, '[]', 1, NULL);
  `);
});

function rows({ text, values }: { readonly text: string; readonly values: readonly (string | null)[] }): unknown[] {
  return (database.exec(`SELECT id FROM docs WHERE ${text} ORDER BY id`, [...values])[0]?.values ?? []).flat();
}

const policy = (condition: string) => `permit(principal, action == Action::"view", resource) when { ${condition} };`;
const all = 'permit(principal, action, resource);';
const types = { principal: 'User', action: 'view', resource: 'Doc' } as const;

const CONDITIONS = [
  'resource.owner == principal',
  'resource.public || context.mfa',
  'resource.owner.dept == principal.dept',
  'principal in resource.team',
  'principal == User::"bob" && resource.size > principal.level',
  'resource.size + principal.level > 8',
  'principal has home && resource in principal.home',
  'resource in principal.folders',
  '!(resource in principal.folders)',
  'resource.viewers.contains(principal)',
  'principal in resource.viewers',
  'context has words && context.words.contains(resource.title)',
  '!(context has words && context.words.contains(resource.title))',
  'context has words && !context.words.contains(resource.title)',
  'context has words && context.words.containsAny([resource.title, "z"])',
  'if context.mfa then resource.public else resource.owner == principal',
  '(if resource.public then principal else resource.owner).level > 5',
  'principal.level + 9223372036854775807 > 3 || resource.public',
  'resource.title == "plan" && principal has home',
];

describe('a prepared filter', () => {
  test.each(CONDITIONS)('is the planned one, for permits and forbids: %s', (condition) => {
    const texts = new Set<string>();
    for (const policies of [policy(condition), `${all} ${policy(condition).replace('permit', 'forbid')}`]) {
      const engine = compile(policies, { schema, mapping: map, mode: 'interpret' });
      const prepared = engine.prepareFilter(types);
      expect(prepared.text('sqlite')).toBeDefined();
      for (const principal of ['User::"alice"', 'User::"bob"'])
        for (const context of [{ mfa: true }, { mfa: false, words: ['plan', 'é"\\'] }, { mfa: false, words: [] }]) {
          const planned = engine.filter({ ...types, principal, context }, store);
          const bound = prepared.bind({ principal, context }, store);
          expect(rows(bound.sql('sqlite')), `${principal} ${JSON.stringify(context)}`).toEqual(
            rows(planned.sql('sqlite')),
          );
          expect(bound.sql('sqlite').text).toBe(prepared.text('sqlite'));
          texts.add(bound.sql('sqlite').text);
          expect([planned.kind, 'conditional']).toContain(bound.kind);
        }
    }
    expect(texts.size).toBe(2);
  });

  test('has one text, whose values are those of the request', () => {
    const engine = compile(policy('resource.owner == principal && principal.level > 3'), { schema, mapping: map });
    const prepared = engine.prepareFilter(types);
    const bound = prepared.bind({ principal: 'User::"alice"', context: { mfa: true } }, store);
    expect(bound.sql('postgresql', { alias: 'd', firstParameter: 3 })).toEqual({
      text: '("d"."owner" = $3::text AND $4::boolean)',
      parts: ['("d"."owner" = ', '::text AND ', '::boolean)'],
      values: ['alice', '1'],
      dropped: [],
    });
    expect(prepared.bind({ principal: 'User::"bob"', context: { mfa: true } }, store).kind).toBe('never');
  });

  test('asks the database about what the store does not know, as the planned one does', () => {
    const engine = compile(policy('principal has boss && principal.boss.level > 2 && resource.title == "plan"'), {
      schema,
      mapping: map,
    });
    const bound = engine.prepareFilter(types).bind({ principal: 'User::"worker"', context: { mfa: true } }, store);
    const planned = engine.filter({ ...types, principal: 'User::"worker"', context: { mfa: true } }, store);
    expect(bound.sql('sqlite')).toEqual(planned.sql('sqlite'));
    expect(rows(bound.sql('sqlite'))).toEqual(['a']);
  });

  test('does not take ancestors for known of which the store has no entry', () => {
    const engine = compile(policy('principal in resource.team'), { schema, mapping: map });
    const bound = engine.prepareFilter(types).bind({ principal: 'User::"worker"', context: { mfa: true } }, store);
    expect(() => bound.sql('sqlite')).toThrow(FilterError);
  });

  test('follows the store and the policies', () => {
    const own = EntityStore.from([user('alice', { level: 1 })], { schema });
    const engine = compile(policy('principal.level > resource.size'), { schema, mapping: map });
    const prepared = engine.prepareFilter(types);
    const ask = () => rows(prepared.bind({ principal: 'User::"alice"', context: { mfa: true } }, own).sql('sqlite'));
    expect(ask()).toEqual(['d']);
    own.upsert(user('alice', { level: 5 }));
    expect(ask()).toEqual(['b', 'd']);
    engine.policies.add('forbid(principal, action == Action::"view", resource) when { resource.public };');
    expect(ask()).toEqual(['d']);
    own.remove('User::"alice"');
    expect(ask()).toEqual(['d']);
  });

  test.each(['filter', 'bind'] as const)('what `%s` gave is of the policies of then, in every form', (call) => {
    const engine = compile(policy('resource.public'), { schema, mapping: map });
    const query = { principal: 'User::"alice"', context: { mfa: true } };
    const filter =
      call === 'bind' ? engine.prepareFilter(types).bind(query, store) : engine.filter({ ...types, ...query }, store);
    engine.replace(policy('!resource.public'));
    const passes = filter.predicate();
    expect([true, false].map((isPublic) => passes({ id: 'x', public: isPublic }))).toEqual([true, false]);
    expect(filter.mongo()).toEqual({ public: { $eq: true } });
    expect(filter.explain('sqlite').map(({ residual }) => residual)).toEqual(['resource.public']);
  });

  test('takes a principal that comes with the request, each as it is', () => {
    const engine = compile(policy('principal.level > resource.size'), { schema, mapping: map });
    const prepared = engine.prepareFilter(types);
    const ask = (level: number) => {
      const entities = store.with([user('new', { level })]);
      return rows(prepared.bind({ principal: 'User::"new"', context: { mfa: true } }, entities).sql('sqlite'));
    };
    expect([ask(1), ask(5), ask(-3)]).toEqual([['d'], ['b', 'd'], []]);
    const listed = [user('new', { level: 5 })];
    expect(rows(prepared.bind({ principal: 'User::"new"', context: { mfa: true } }, listed).sql('sqlite'))).toEqual([
      'b',
      'd',
    ]);
  });

  test('is planned for each request where policies are many, or one cannot be prepared', () => {
    const many = Array.from({ length: 101 }, (_, i) => policy(`principal == User::"u${i}" && resource.size > ${i}`));
    const engine = compile([...many, policy('resource.owner == principal')].join('\n'), { schema, mapping: map });
    const prepared = engine.prepareFilter(types);
    expect(prepared.text('sqlite')).toBeUndefined();
    expect(rows(prepared.bind({ principal: 'User::"bob"', context: { mfa: true } }, store).sql('sqlite'))).toEqual([
      'b',
    ]);
  });

  test('of an action that is never allowed is never', () => {
    const engine = compile('forbid(principal, action, resource);', { schema, mapping: map });
    const bound = engine.prepareFilter(types).bind({ principal: 'User::"bob"', context: { mfa: true } }, store);
    expect([bound.kind, bound.sql('sqlite').text]).toEqual(['never', 'FALSE']);
  });

  test('gives the predicate and the explanation of the planned one', () => {
    const engine = compile(policy('resource.title == principal.dept'), { schema, mapping: map });
    const bound = engine.prepareFilter(types).bind({ principal: 'User::"alice"', context: { mfa: true } }, store);
    expect(bound.predicate()({ id: 'x', title: 'x' })).toBe(true);
    expect(bound.explain('sqlite')[0]?.values).toEqual(['x']);
    expect(bound.mongo()).toEqual({ title: { $eq: 'x' } });
  });

  test('does not put in a value that the database cannot have', () => {
    const engine = compile(policy('resource.title == principal.dept'), { schema, mapping: map });
    const own = EntityStore.from([user('u', { dept: 'a\0b' })], { schema });
    const bound = engine.prepareFilter(types).bind({ principal: 'User::"u"', context: { mfa: true } }, own);
    expect(bound.sql('postgresql').text).toBe('FALSE');
    expect(bound.sql('sqlite').values).toEqual(['a\0b']);
  });

  test('plans for each request what compares a value of it with such a text', () => {
    const chosen = '(if resource.public then resource.title else principal.dept)';
    for (const condition of [
      `${chosen} == "a\\0b"`,
      `${chosen} like "a\\0*"`,
      `["a\\0b", "\\0"].contains(${chosen})`,
    ]) {
      const prepared = compile(policy(condition), { schema, mapping: map }).prepareFilter(types);
      expect(prepared.text('postgresql'), condition).toBeUndefined();
      const own = EntityStore.from([user('u', { dept: 'a\0b' }), user('v', { dept: 'x' })], { schema });
      const bound = (id: string) => prepared.bind({ principal: `User::"${id}"`, context: { mfa: true } }, own);
      expect(() => bound('u').sql('postgresql'), condition).toThrow(/a text with the character U\+0000/);
      expect(bound('v').sql('postgresql').text, condition).toBe('FALSE');
      expect(bound('u').sql('sqlite').text, condition).toContain('CASE');
    }
  });

  test('does not take an id that a column of numbers cannot have', () => {
    const engine = compile(
      `${all} ${policy('resource.team == Team::"1" || principal in resource.team').replace('permit', 'forbid')}`,
      {
        schema,
        mapping: map,
      },
    );
    const own = EntityStore.from([user('u', {}, ['Team::"x"']), { uid: 'Team::"x"', attrs: {}, parents: [] }], {
      schema,
    });
    const bound = engine.prepareFilter(types).bind({ principal: 'User::"u"', context: { mfa: true } }, own);
    expect(bound.sql('sqlite').values).toEqual(['[]']);
    expect(rows(bound.sql('sqlite'))).toEqual(['b', 'c']);
  });
});

describe('a forbid of an id that a column of numbers cannot have', () => {
  const own = parseSchema(`
    entity Team;
    entity User { team: Team };
    entity Doc { public: Bool, team: Team };
    action view appliesTo { principal: User, resource: Doc };
  `).schema!;
  const attrs = { public: 'public', team: ref('team', { storage: 'integer' }) };
  const where = mapping(own, { Doc: { id: 'id', table: 'docs', attrs } });
  const known = EntityStore.from(
    ['x', '1'].map((team) => ({ uid: `User::"${team}"`, attrs: { team: { type: 'Team', id: team } }, parents: [] })),
    { schema: own },
  );

  test.each(['== Team::"x"', 'in [Team::"x", Team::"y"]', 'in Team::"x"'])(
    'holds for the principal that has it: %s',
    (comparison) => {
      const condition = `(if resource.public then resource.team else principal.team) ${comparison}`;
      const forbid = `permit(principal, action, resource); forbid(principal, action, resource) when { ${condition} };`;
      const engine = compile(forbid, { schema: own, mapping: where });
      const prepared = engine.prepareFilter({ principal: 'User', action: 'view', resource: 'Doc' });
      expect(prepared.text('sqlite')).toBeUndefined();
      // Refused as the planned one, and not dropped.
      expect(() => prepared.bind({ principal: 'User::"x"' }, known).sql('sqlite')).toThrow(FilterError);
      expect(prepared.bind({ principal: 'User::"1"' }, known).sql('sqlite').values).toEqual([]);
    },
  );
});

describe('wrong values', () => {
  const engine = compile(policy('resource.owner == principal'), { schema, mapping: map });
  const prepared = engine.prepareFilter(types);

  test.each<[string, () => unknown, new (...args: never[]) => Error]>([
    ['a type that does not exist', () => engine.prepareFilter({ ...types, resource: 'Dok' }), ConformanceError],
    ['an action that does not apply', () => engine.prepareFilter({ ...types, resource: 'Note' }), ConformanceError],
    ['a uid for a type', () => engine.prepareFilter({ ...types, principal: 'User::"alice"' }), DataError],
    ['no query', () => engine.prepareFilter(undefined as never), Error],
    ['no mapping', () => compile(policy('true'), { schema }).prepareFilter(types), UsageError],
    ['a misspelt option', () => engine.prepareFilter(types, { supreset: true } as never), UsageError],
    ['a bound that is not asked for', () => engine.prepareFilter(types, { superset: 'no' as never }), UsageError],
    [
      'the same of a filter',
      () => engine.filter({ ...types, principal: 'User::"bob"' }, store, { superset: 1 as never }),
      UsageError,
    ],
    [
      'a principal of another type',
      () => prepared.bind({ principal: 'Team::"1"', context: { mfa: true } }, store),
      UsageError,
    ],
    [
      'a principal that is not a uid',
      () => prepared.bind({ principal: 5 as never, context: { mfa: true } }, store),
      DataError,
    ],
    ['no context where one is needed', () => prepared.bind({ principal: 'User::"bob"' }, store), DataError],
    [
      'a context of another type',
      () => prepared.bind({ principal: 'User::"bob"', context: { mfa: 1 } }, store),
      ConformanceError,
    ],
    [
      'no entities',
      () => prepared.bind({ principal: 'User::"bob"', context: { mfa: true } }, undefined as never),
      UsageError,
    ],
    [
      'a policy that does not pass the validator',
      () => compile(policy('resource.nope'), { schema, mapping: map, validate: false }).prepareFilter(types),
      Error,
    ],
  ])('%s', (_, call, kind) => {
    expect(call).toThrow(kind);
  });

  test('a released engine answers no more', () => {
    const own = compile(policy('true'), { schema, mapping: map });
    const bound = own.prepareFilter(types);
    own.release();
    expect(() => bound.bind({ principal: 'User::"bob"', context: { mfa: true } }, store)).toThrow('released');
  });
});
