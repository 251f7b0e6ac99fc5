/**
 * Shape setting — what the shapes are asked in: a schema, its tables, a request, and the entities of the rows.
 */
import { EntityStore, field, many, mapping, parseSchema, ref } from '../../../src/index.ts';
import { ROWS, type ShapeRow } from './shapes.ts';

export const schema = parseSchema(`
  entity Dept in [Dept];
  entity User { level: Long, few: Set<String>, many: Set<String>, friends: Set<User>, depts: Set<Dept> };
  entity Row {
    flag: Bool, text: String, note?: String, n: Long, words: Set<String>, parent?: Row, owner?: User, coOwner?: User, dept: Dept,
    at: datetime, obj: { inner: String, extra?: Long },
  };
  action view appliesTo { principal: User, resource: Row, context: { now: datetime, words: Set<String> } };
`).schema!;
export const map = mapping(schema, {
  Dept: { id: 'id', table: 'depts', parents: { Dept: ref('above') } },
  User: { id: 'id', table: 'users' },
  Row: {
    id: 'id',
    table: 'things',
    attrs: {
      flag: field('flag', { notNull: true }),
      text: field('text', { notNull: true }),
      note: 'note',
      n: field('n', { notNull: true }),
      words: many('words'),
      parent: ref('parent'),
      owner: ref('owner'),
      coOwner: ref('co_owner'),
      dept: ref('dept'),
      at: field('at', { notNull: true }),
      obj: { inner: 'inner_text', extra: 'extra' },
    },
  },
});

export const DEPTS: readonly (readonly [id: string, above: string | null])[] = [
  ['eng', null],
  ['platform', 'eng'],
  ['Eng', null],
  ['ops', null],
  ['[env]%_', null],
  ['under', '[env]%_'],
  ['xenvX', null],
];
export const refer = (type: string, id: string) => ({ type, id });
const optional = (name: string, value: unknown) => (value === undefined ? {} : { [name]: value });

function entityOf({ id, flag, text, note, n, words, parent, owner, coOwner, dept, at, inner, extra }: ShapeRow) {
  const attrs = {
    ...{ flag, text, n, words, dept: refer('Dept', dept) },
    at: `1970-01-01`,
    obj: { inner, ...optional('extra', extra) },
    ...optional('note', note),
    ...optional('parent', parent && refer('Row', parent)),
    ...optional('owner', owner && refer('User', owner)),
    ...optional('coOwner', coOwner && refer('User', coOwner)),
  };
  const offset = { __extn: { fn: 'datetime', arg: new Date(at).toISOString() } };
  return { uid: refer('Row', id), attrs: { ...attrs, at: offset }, parents: [] };
}

const people = [
  {
    uid: refer('User', 'alice'),
    attrs: {
      level: 6,
      few: ['set', '', '%_o', 'public'],
      many: ['set', 'same', '', '%_o', 'X', 'Y', 'MIRROR', ...Array.from({ length: 20 }, (_, i) => `other ${i}`)],
      friends: [refer('User', 'x'), refer('User', 'bob')],
      depts: [refer('Dept', 'eng'), refer('Dept', 'under')],
    },
    parents: [],
  },
  ...DEPTS.map(([id, above]) => ({
    uid: refer('Dept', id),
    attrs: {},
    parents: above === null ? [] : [refer('Dept', above)],
  })),
];
export const known = EntityStore.from(people, { schema });
export const whole = EntityStore.from([...people, ...ROWS.map(entityOf)], { schema });
export const request = {
  principal: 'User::"alice"',
  action: 'view',
  context: {
    now: { __extn: { fn: 'datetime', arg: '2024-06-02T00:00:00.002Z' } },
    words: ['one', 'Secret', '50%_off'],
  },
} as const;

export function rowOf({ id, flag, text, note, n, words, parent, owner, coOwner, dept, at, inner, extra }: ShapeRow) {
  return { id, flag, text, note, n, words, parent, owner, co_owner: coOwner, dept, at, inner_text: inner, extra };
}
