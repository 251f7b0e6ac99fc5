/**
 * GDrive — documents in folders, shared with users and groups; the data model of the OOPSLA 2024 paper on Cedar.
 *
 * A document is shared by making it a member of a view; users have a view of their own, and groups one that is a member of those of their
 * members. In the published generator documents name views that do not exist, so that no sharing is ever met; here the names are right.
 */
import { entity, Generator, range, ref, requestsFor, uid } from './generator.ts';
import type { EntityJson, LinkJson, Scenario, UidJson } from './scenario.ts';

const OWNERS = `
@id("public") permit (principal, action == Action::"read", resource) when { resource.isPublic };
@id("owner") permit (principal, action in [Action::"read", Action::"write", Action::"share"], resource)
when { resource in principal.ownedDocuments || resource in principal.ownedFolders };
@id("change-owner") permit (principal, action == Action::"changeOwner", resource)
when { principal.ownedDocuments.contains(resource) };
@id("create") permit (principal, action == Action::"createDocument", resource)
when { principal.ownedFolders.contains(resource) };
`;

const SHARED = `
@id("shared") permit (principal, action == Action::"read", resource)
when { resource in principal.documentsAndFoldersWithViewAccess };
`;

const SHARED_BY_LINK = `
@id("share") permit (principal in ?principal, action == Action::"read", resource in ?resource);
`;

const schema = (view: string) => `
entity User in [Group] = { ${view} ownedDocuments: Set<Document>, ownedFolders: Set<Folder> };
entity Group;
entity View in [View];
entity Folder in [Folder, View];
entity Document in [Folder, View] = { isPublic: Bool };
action createDocument appliesTo { principal: User, resource: Folder };
action changeOwner, share, write, read appliesTo { principal: User, resource: Document };
`;

const ACTIONS = [
  { action: 'createDocument', principal: 'User', resource: 'Folder' },
  ...['changeOwner', 'share', 'write', 'read'].map((action) => ({ action, principal: 'User', resource: 'Document' })),
];

const user = (i: number) => `user_${i}`;
const group = (i: number) => `group_${i}`;
const doc = (i: number) => `doc_${i}`;
const folder = (i: number) => `folder_${i}`;

export function gdrive(size: number): Scenario {
  const generator = new Generator(size);
  const numbers = range(size);
  const members = numbers.map((): number[] => []);
  const users = numbers.flatMap((i) => {
    const groups = numbers.filter(() => generator.connected());
    for (const each of groups) members[each]!.push(i);
    const attrs = { ...owned(generator, size), documentsAndFoldersWithViewAccess: ref('View', `User ${user(i)}`) };
    const parents = groups.map((each) => uid('Group', group(each)));
    return [entity('User', user(i), attrs, parents), entity('View', `User ${user(i)}`, {}, [])];
  });
  const groups = numbers.flatMap((i) => [
    entity('Group', group(i), {}, []),
    entity(
      'View',
      `Group ${group(i)}`,
      {},
      members[i]!.map((each) => uid('View', `User ${user(each)}`)),
    ),
  ]);
  const viewers = () => [
    ...numbers.filter(() => generator.connected()).map((i) => uid('View', `User ${user(i)}`)),
    ...numbers.filter(() => generator.connected()).map((i) => uid('View', `Group ${group(i)}`)),
  ];
  const data = [...users, ...groups, ...documents(generator, size, viewers)];
  return {
    name: 'gdrive',
    size,
    text: SHARED + OWNERS,
    links: [],
    schema: schema('documentsAndFoldersWithViewAccess: View,'),
    entities: data,
    requests: generator.requests(requestsFor(size), ACTIONS, data),
    reads: ['isPublic', 'ownedDocuments', 'ownedFolders', 'documentsAndFoldersWithViewAccess'],
  };
}

/** The same with a link for each share in the place of views. */
export function gdriveTemplates(size: number): Scenario {
  const generator = new Generator(size);
  const numbers = range(size);
  const users = numbers.map((i) =>
    entity('User', user(i), owned(generator, size), generator.some('Group', 'group_', size)),
  );
  const groups = numbers.map((i) => entity('Group', group(i), {}, []));
  const things = documents(generator, size, () => []);
  const links: LinkJson[] = [];
  for (const { uid: thing } of things) {
    const viewers = [...generator.some('User', 'user_', size), ...generator.some('Group', 'group_', size)];
    for (const viewer of viewers) {
      const values = { '?principal': viewer, '?resource': thing };
      links.push({ templateId: 'share', newId: `share ${thing.id} with ${viewer.id}`, values });
    }
  }
  const data = [...users, ...groups, ...things];
  return {
    name: 'gdrive-templates',
    size,
    text: SHARED_BY_LINK + OWNERS,
    links,
    schema: schema(''),
    entities: data,
    requests: generator.requests(requestsFor(size), ACTIONS, data),
    reads: ['isPublic', 'ownedDocuments', 'ownedFolders'],
  };
}

function owned(generator: Generator, size: number): EntityJson['attrs'] {
  const some = (type: string, prefix: string) => generator.some(type, prefix, size).map((each) => ({ __entity: each }));
  return { ownedDocuments: some('Document', 'doc_'), ownedFolders: some('Folder', 'folder_') };
}

/** Documents are in folders, folders in folders of lower numbers, and either in views. */
function documents(generator: Generator, size: number, viewers: () => UidJson[]): EntityJson[] {
  const docs = range(size).map((i) => {
    const parents = [...generator.some('Folder', 'folder_', size), ...viewers()];
    return entity('Document', doc(i), { isPublic: generator.random() < 0.5 }, parents);
  });
  const folders = range(size).map((i) => {
    const parents = [...generator.some('Folder', 'folder_', i), ...viewers()];
    return entity('Folder', folder(i), {}, parents);
  });
  return [...docs, ...folders];
}
