/**
 * Own objects — requests that name user and document by rows of the application, over a store that has the groups alone.
 */
import { EntityStore, mapping, ref } from '../../src/index.ts';
import { type DocumentRow, RowsByHand, type RowRequest, type UserRow } from '../hand/application-rows.ts';
import type { Oracle } from '../oracle.ts';
import type { EntityJson, Scenario, UidJson } from '../scenario/scenario.ts';
import { engines, row } from './request-forms.ts';

export function applicationOwnForms(scenario: Scenario): Oracle[] {
  const { entities } = scenario;
  const rows = new Map(entities.map((each) => [each.uid.id, rowOf(each)]));
  const asked: RowRequest[] = scenario.requests.map(({ principal, action, resource, context }) => ({
    user: rows.get(principal.id) as UserRow,
    action,
    document: rows.get(resource.id) as DocumentRow,
    context: context as unknown as RowRequest['context'],
  }));
  const groups = entities.filter(({ uid: { type } }) => type === 'Team' || type === 'Folder');
  const text = 'principal: map.User(asked[i].user), action: asked[i].action, resource: map.Document(asked[i].document)';
  return [
    row('hand-written', 'decision, own objects', 'hand.isAllowed(asked[i])', { hand: new RowsByHand(groups), asked }, asked.length),
    ...engines(scenario).flatMap(({ how, schema, make }) => {
      const map = mapping(scenario.schema, DESCRIPTION);
      const own = schema === undefined ? map : mapping(schema, DESCRIPTION);
      const scope = { engine: make(), map: own, asked, store: EntityStore.from(groups, schema && { schema }) };
      const ask = (method: string) => `engine.${method}({ ${text}, context: asked[i].context }, store)`;
      const decision = row('cedarmill', `decision, own objects${how}`, ask('isAllowed'), scope, asked.length);
      if (how.includes('module')) return [decision];
      const alone = { ...scope, engine: make(), store: EntityStore.from(groups, schema && { schema }) };
      return [decision, row('cedarmill', `full, own objects${how}`, ask('isAuthorized'), alone, asked.length)];
    }),
  ];
}

const DESCRIPTION = {
  User: { id: 'id', attrs: { role: 'role' }, parents: { Team: ref('teamId') } },
  Document: {
    id: 'id',
    attrs: { owner: ref('ownerId'), team: ref('teamId'), tenant: 'tenant', public: 'isPublic', level: 'level' },
    parents: { Folder: ref('folderId') },
  },
} as const;

function rowOf({ uid: { type, id }, attrs, parents }: EntityJson): UserRow | DocumentRow | undefined {
  const idIn = (name: string) => (attrs[name] as { readonly __entity: UidJson }).__entity.id;
  const [parent] = parents;
  if (type === 'User') return { id, role: attrs.role as string, teamId: parent!.id };
  if (type !== 'Document') return undefined;
  const plain = { tenant: attrs.tenant as string, isPublic: attrs.public as boolean, level: null };
  return { id, ownerId: idIn('owner'), teamId: idIn('team'), folderId: parent!.id, ...plain };
}
