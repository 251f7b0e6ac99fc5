/**
 * Mapping — that a description is read as the schema says, and that what is wrong is told with its path.
 */
import { describe, expect, test } from 'vitest';
import { absent, field, json, type MappingDescription, many, mapping, ref, tags } from '../../../src/index.ts';

const schema = `
  entity Team in [Team];
  entity User in [Team] { dept: String, manager?: User };
  entity Folder in [Folder];
  entity Doc in [Folder, Team] {
    owner: User, label?: String, viewers: Set<User>, words: Set<String>, price: decimal, meta: { a: Long, b?: String }, place: { lat: Long },
  } tags String;
  action view appliesTo { principal: User, resource: Doc };
`;

const doc = {
  id: 'id',
  table: 'docs',
  attrs: {
    owner: ref('ownerId', { column: 'owner_id', enforced: true }),
    label: field('label', { column: 'label_text' }),
    viewers: many('viewerIds', { through: { table: 'doc_viewers', owner: 'doc_id', element: 'user_id' } }),
    words: 'words',
    price: field('price', { storage: 'numeric' }),
    meta: json('meta'),
    place: { lat: 'latitude' },
  },
  parents: { Folder: ref('folderId'), Team: absent() },
  tags: json('tags'),
} as const;

const reads = (description: MappingDescription) => mapping(schema, description).types;

describe('a mapping', () => {
  test('has names of fields and columns, and the types of the schema', () => {
    const found = reads({ Doc: doc }).get('Doc')!;
    expect(found.unmapped).toEqual([]);
    expect(found.table).toBe('docs');
    expect(found.attrs.get('owner')).toEqual({
      kind: 'ref',
      field: 'ownerId',
      column: 'owner_id',
      storage: undefined,
      notNull: false,
      enforced: true,
      relation: undefined,
      type: 'User',
    });
    expect(found.attrs.get('viewers')).toMatchObject({ kind: 'many', element: { kind: 'entity', name: 'User' } });
    expect(found.attrs.get('words')).toMatchObject({ kind: 'many', field: 'words', element: { kind: 'string' } });
    expect(found.attrs.get('place')).toMatchObject({ kind: 'record' });
    expect(found.parents.get('Folder')).toMatchObject({ kind: 'ref', type: 'Folder' });
    expect(found.parents.get('Team')).toEqual({ kind: 'absent' });
  });

  test('lists what it leaves out', () => {
    expect(reads({ User: { id: 'id', attrs: { dept: 'dept' } } }).get('User')!.unmapped).toEqual([
      'attrs.manager',
      'parents.Team',
    ]);
    expect(
      reads({ Doc: { ...doc, tags: undefined, attrs: { ...doc.attrs, place: {} } } }).get('Doc')!.unmapped,
    ).toEqual(['attrs.place.lat', 'tags']);
  });

  test('may have a rule for columns, and say what all columns are', () => {
    const column = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const { types } = mapping(schema, { Doc: doc }, { column, notNull: true });
    expect(types.get('Doc')!.parents.get('Folder')).toMatchObject({ column: 'folder_id', notNull: true });
  });

  test.each<[path: string, description: object]>([
    ['Docs', { Docs: doc }],
    ['Doc.id', { Doc: { ...doc, id: undefined } }],
    ['Doc.attrs.title', { Doc: { ...doc, attrs: { title: 'title' } } }],
    ['Doc.attrs.label', { Doc: { ...doc, attrs: { label: ref('label') } } }],
    ['Doc.attrs.owner', { Doc: { ...doc, attrs: { owner: absent() } } }],
    ['Doc.attrs.owner', { Doc: { ...doc, attrs: { owner: many('owners') } } }],
    ['Doc.attrs.owner.storage', { Doc: { ...doc, attrs: { owner: ref('owner', { storage: 'numeric' }) } } }],
    ['Doc.attrs.owner.enforce', { Doc: { ...doc, attrs: { owner: { ...ref('owner'), enforce: true } } } }],
    ['Doc.attrs.label.column', { Doc: { ...doc, attrs: { label: field('label', { column: '' }) } } }],
    ['Doc.attrs.place.lon', { Doc: { ...doc, attrs: { place: { lon: 'lon' } } } }],
    ['Doc.attrs.meta', { Doc: { ...doc, attrs: { meta: ref('meta') } } }],
    ['Doc.attrs.label', { Doc: { ...doc, attrs: { label: { a: 'a' } } } }],
    ['Doc.parents.User', { Doc: { ...doc, parents: { User: ref('userId') } } }],
    ['Doc.parents.Folder', { Doc: { ...doc, parents: { Folder: json('folder') } } }],
    ['User.tags', { User: { id: 'id', tags: json('tags') } }],
    ['Doc.ancestors.User', { Doc: { ...doc, ancestors: { User: { table: 't', descendant: 'd', ancestor: 'a' } } } }],
    ['Doc.ancestors.Folder.ancestor', { Doc: { ...doc, ancestors: { Folder: { table: 't', descendant: 'd' } } } }],
    ['Doc.tags.through', { Doc: { ...doc, tags: tags('tags', undefined as never) } }],
    ['Doc.tabel', { Doc: { ...doc, tabel: 'docs' } }],
  ])('names the path `%s` of what is wrong', (path, description) => {
    expect(() => mapping(schema, description as MappingDescription)).toThrow(`\`${path}\``);
  });

  test('refuses options that do not exist', () => {
    expect(() => mapping(schema, {}, { notnull: true } as object)).toThrow('`notnull`');
  });
});
