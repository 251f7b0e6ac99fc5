/**
 * Documents — a schema, its tables and a store, for tests of filters.
 */
import { EntityStore, field, json, many, mapping, parseSchema, ref, tags } from '../../../src/index.ts';

export const schema = parseSchema(`
  entity Team in [Team];
  entity User in [Team] { dept: String, level: Long, manager?: User, home: Folder };
  entity Project;
  entity Folder in [Folder, Project];
  entity Status enum ["draft", "final"];
  entity Doc in [Folder] {
    owner: User, public: Bool, size: Long, label?: String, status: Status, price: decimal, expires?: datetime, from: ipaddr,
    viewers: Set<User>, teams: Set<Team>, words: Set<String>, meta: { a: Long, b?: String, c: { d: Bool } }, place?: { lat: Long, lon?: Long },
  } tags String;
  action read appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };
`).schema!;

export const documents = mapping(schema, {
  Team: { id: 'id', table: 'teams', parents: { Team: ref('parent_id') } },
  User: {
    id: 'id',
    table: 'users',
    attrs: { dept: 'dept', level: 'level', manager: ref('manager_id'), home: ref('home_id') },
    parents: { Team: many('teams', { through: { table: 'members', owner: 'user_id', element: 'team_id' } }) },
  },
  Project: { id: field('id', { storage: 'integer' }), table: 'projects' },
  Folder: {
    id: 'id',
    table: 'folders',
    parents: { Folder: ref('parent_id'), Project: ref('project_id', { storage: 'integer' }) },
  },
  Status: { id: 'id' },
  Doc: {
    id: 'id',
    table: 'docs',
    attrs: {
      owner: ref('owner_id'),
      public: field('public', { notNull: true }),
      size: 'size',
      label: 'label',
      status: 'status',
      price: field('price', { storage: 'numeric' }),
      expires: field('expires', { storage: 'timestamp' }),
      from: 'from_ip',
      viewers: many('viewers'),
      teams: many('teams', { through: { table: 'doc_teams', owner: 'doc_id', element: 'team_id', enforced: true } }),
      words: many('words', { storage: 'array' }),
      meta: json('meta'),
      place: { lat: 'lat', lon: 'lon' },
    },
    parents: { Folder: ref('folder_id') },
    tags: tags('tags', { table: 'doc_tags', owner: 'doc_id', key: 'name', value: 'text' }),
  },
});

export const store = EntityStore.from(
  [
    {
      uid: 'User::"alice"',
      attrs: { dept: 'x', level: 5, home: { type: 'Folder', id: 'h' } },
      parents: ['Team::"eng"'],
    },
    { uid: 'Team::"eng"', attrs: {}, parents: ['Team::"all"'] },
    { uid: 'Team::"all"', attrs: {}, parents: [] },
  ],
  { schema },
);

export const request = {
  principal: 'User::"alice"',
  action: 'read',
  resource: 'Doc',
  context: { mfa: true },
} as const;
