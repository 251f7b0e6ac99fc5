/**
 * Claims — what filters must say because of one database alone, each as a function that tells whether they do. Differential testing runs SQLite, and so sees
 * none of it; long runs on the servers found most. Tests ask them of the code as it is, and of the code with a bug put in (test/mutants/filter.test.ts).
 */
import { compile, EntityStore, FilterError, field, json, many, mapping, parseSchema, ref } from '../../../src/index.ts';

const schema = parseSchema(`
  entity Team;
  entity User in [Team] { dept: String, team: Team };
  entity Doc { public: Bool, title: String, label?: String, words: Set<String>, team: Team, owner: User, meta: { lang: String } };
  action view appliesTo { principal: User, resource: Doc };
`).schema!;
const map = mapping(
  schema,
  {
    User: { id: 'id', table: 'users', attrs: { dept: 'dept', team: 'team_id' } },
    Doc: {
      id: 'id',
      table: 'docs',
      attrs: {
        public: 'public',
        title: 'title',
        label: field('label'),
        words: many('words'),
        team: ref('team', { storage: 'integer' }),
        owner: ref('owner', { relation: 'owner' }),
        meta: json('meta'),
      },
    },
  },
  { notNull: true, collation: 'binary' },
);

const team = (id: string) => ({ type: 'Team', id });
const store = EntityStore.from(
  [
    { uid: 'User::"nul"', attrs: { dept: 'a\0b', team: team('x') }, parents: [team('x')] },
    { uid: 'User::"plain"', attrs: { dept: 'a', team: team('1') }, parents: [team('1')] },
    { uid: 'Team::"x"', attrs: {}, parents: [] },
    { uid: 'Team::"1"', attrs: {}, parents: [] },
  ],
  { schema },
);

function engineOf(condition: string, effect = 'permit') {
  const all = effect === 'permit' ? '' : 'permit(principal, action, resource);';
  return compile(`${all} ${effect}(principal, action, resource) when { ${condition} };`, {
    schema,
    mapping: map,
    mode: 'interpret',
  });
}

function planned(condition: string, principal = 'plain', effect = 'permit') {
  return engineOf(condition, effect).filter(
    { principal: `User::"${principal}"`, action: 'view', resource: 'Doc' },
    store,
  );
}

function prepared(condition: string, effect = 'permit') {
  return engineOf(condition, effect).prepareFilter({ principal: 'User', action: 'view', resource: 'Doc' });
}

function isRefused(attempt: () => unknown): boolean {
  try {
    attempt();
    return false;
  } catch (error) {
    return error instanceof FilterError;
  }
}

/** A column, or a constant that the filter holds itself. */
const CHOSEN = '(if resource.public then resource.title else "a\\0b")';
const CHOSEN_TEAM = '(if resource.public then resource.team else principal.team)';

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

export const CLAIMS: Readonly<Record<string, () => boolean>> = {
  'PostgreSQL: no row has a text with U+0000': () =>
    planned('resource.title == "a\\0b"').sql('postgresql').text === 'FALSE' &&
    planned('["a\\0b", "a"].contains(resource.title)').sql('postgresql').values.join() === 'a',
  'PostgreSQL: a value that is chosen may be one': () =>
    [`${CHOSEN} == "a\\0b"`, `${CHOSEN} like "a\\0*"`, `["a\\0b", "\\0"].contains(${CHOSEN})`].every((condition) =>
      isRefused(() => planned(condition).sql('postgresql')),
    ),
  'PostgreSQL: so may one that comes with the request': () => {
    const chosen = '(if resource.public then resource.title else principal.dept)';
    return (
      prepared(`${chosen} == "a\\0b"`).text('postgresql') === undefined &&
      isRefused(() => prepared(`${chosen} == "a\\0b"`).bind({ principal: 'User::"nul"' }, store).sql('postgresql'))
    );
  },
  'PostgreSQL: no such value is put into a prepared filter': () => {
    const filter = prepared('resource.title == principal.dept');
    const text = (id: string) => filter.bind({ principal: `User::"${id}"` }, store).sql('postgresql').text;
    return text('nul') === 'FALSE' && text('plain') === filter.text('postgresql');
  },
  'an id that a column of numbers cannot have is in no row': () =>
    planned('resource.team == Team::"x"').sql('postgresql').text === 'FALSE' &&
    planned('[Team::"x", Team::"7"].contains(resource.team)').sql('postgresql').text === '"docs"."team" = 7',
  'a number that is written otherwise is another id': () =>
    ['07', '-0', '+7', ' 7', '7.0'].every(
      (id) => planned(`resource.team == Team::"${id}"`).sql('postgresql').text === 'FALSE',
    ),
  'an id that a column of numbers cannot have may be that of a value of the request': () =>
    ['== Team::"x"', 'in [Team::"x", Team::"y"]'].every((comparison) => {
      const filter = prepared(`${CHOSEN_TEAM} ${comparison}`, 'forbid');
      return (
        filter.text('postgresql') === undefined &&
        isRefused(() => filter.bind({ principal: 'User::"nul"' }, store).sql('postgresql'))
      );
    }),
  'ids that a column of numbers cannot have are not put into a list': () =>
    same(prepared('principal in resource.team').bind({ principal: 'User::"nul"' }, store).sql('postgresql').values, [
      '[]',
    ]),
  'PostgreSQL: an index can serve an element that a list has': () =>
    planned('resource.words.contains("e")')
      .sql('postgresql')
      .text.endsWith('"docs"."words" @> jsonb_build_array($1::text)'),
  'PostgreSQL: JSON that is not a list has no elements, and it does not lack one': () =>
    planned('!resource.words.contains("e")')
      .sql('postgresql')
      .text.includes('NOT EXISTS (SELECT 1 FROM jsonb_array_elements('),
  'PostgreSQL: a value of the request that errs is not an element that is null': () =>
    prepared('resource.words.contains(principal.dept)').text('postgresql')!.includes('IS NOT NULL)'),
  'the list of an entity and its ancestors in a prepared filter has the entity itself': () =>
    same(prepared('principal in resource.owner').bind({ principal: 'User::"plain"' }, store).sql('postgresql').values, [
      '["plain"]',
    ]),
  'MariaDB: columns of a binary collation need not be told': () =>
    !planned('resource.title == "e" && resource.title like "e*"').sql('mariadb').text.includes('COLLATE'),
  'MariaDB: elements and members of JSON, and constants that are chosen, compare by bytes': () =>
    [
      'resource.words.contains("e")',
      'resource.words.contains(resource.title)',
      'resource.meta.lang == "e"',
      'resource.meta.lang like "e*"',
      '(if resource.public then "e" else "é") == "e"',
    ].every((condition) => planned(condition).sql('mariadb').text.includes('COLLATE utf8mb4_nopad_bin')),
  'Prisma: what lets no row pass does not vanish beside other conditions': () =>
    same(planned('principal.dept == "x"').prisma('postgresql'), { id: { in: [] } }) &&
    same(planned('resource.title == "a\\0b"').prisma('postgresql'), { title: { in: [] } }),
  'Prisma: what lets every row pass does not either': () =>
    same(planned('principal.dept == "a"').prisma('postgresql'), { NOT: { id: { in: [] } } }) &&
    same(planned('resource.title like "*"').prisma('postgresql'), { title: { notIn: [] } }),
  'Prisma: a required field is not compared with NULL': () =>
    same(planned('resource.owner.dept == "x"', 'plain', 'forbid').prisma('postgresql'), {
      OR: [{ NOT: { owner: { is: {} } } }, { owner: { is: { dept: { not: 'x' } } } }],
    }),
  'MongoDB: what is not there does not differ': () =>
    same(planned('resource has label && resource.label != "a"').mongo(), { label: { $ne: 'a', $type: 'string' } }),
  'MongoDB: no pattern holds U+0000': () =>
    !JSON.stringify(planned('resource.title like "a\\0*"').mongo()).includes('\\u0000'),
};

/** The claims that do not hold. */
export function broken(): string[] {
  return Object.entries(CLAIMS).flatMap(([name, holds]) => {
    try {
      return holds() ? [] : [name];
    } catch {
      return [name];
    }
  });
}
