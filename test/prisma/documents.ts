/**
 * Documents — the entities and policies that Prisma is asked about: drawn at random, in the schema of `installed/*.prisma`.
 *
 * Texts hold what `LIKE` takes for a wildcard, rows have twins that differ in case, accents or blanks, references lead nowhere.
 */
import { CedarmillError, compile, type Mapping, many, mapping, parseSchema, ref } from '../../src/index.ts';
import { isAuthorized } from '../../src/model/authorizer.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import type { PolicySet } from '../../src/syntax/policy-set.ts';
import { conformingEntities } from '../../src/validator/conformance/conformance.ts';
import type { Entities, Entity } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import type { Request } from '../../src/value/request.ts';
import { caseIn } from '../arbitrary/case.ts';
import { twinOf, withHostileTexts } from '../arbitrary/hostile-rows.ts';
import { listPolicies } from '../arbitrary/list-policies.ts';
import type { Random } from '../arbitrary/random.ts';
import { rowObject } from '../arbitrary/tables.ts';
import { worldOf } from '../arbitrary/world.ts';
import { policySetOf } from '../drt/target/authorize.ts';
import { typedPart } from '../drt/target/partial.ts';
import type { Provider } from './clients.ts';

export const schema = parseSchema(`
  entity User { dept: String, level: Long, nick?: String, manager?: User };
  entity Folder;
  entity Doc in [Folder] {
    owner: User, reviewer?: User, public: Bool, title: String, label?: String, size: Long, rank?: Long, words: Set<String>, viewers?: Set<User>,
  };
  action view, edit appliesTo { principal: User, resource: Doc };
`).schema!;

/** SQLite has no lists of scalars. Required fields of a model are never NULL, and Prisma asks no such field whether it is. */
export function mappingFor(provider: Provider): Mapping {
  const sets =
    provider === 'postgresql'
      ? { words: many('words', { storage: 'array' }), viewers: many('viewers', { storage: 'array' }) }
      : {};
  return mapping(
    schema,
    {
      User: {
        id: 'id',
        table: 'User',
        attrs: { dept: 'dept', level: 'level', nick: 'nick', manager: ref('managerId', { relation: 'manager' }) },
      },
      Folder: { id: 'id', table: 'Folder' },
      Doc: {
        id: 'id',
        table: 'Doc',
        attrs: {
          owner: ref('ownerId', { relation: 'owner' }),
          reviewer: ref('reviewerId', { relation: 'reviewer' }),
          public: 'isPublic',
          title: 'title',
          label: 'label',
          size: 'size',
          rank: 'rank',
          ...sets,
        },
        parents: { Folder: ref('folderId', { relation: 'folder' }) },
      },
    },
    { notNull: true },
  );
}

export interface Documents {
  readonly set: PolicySet;
  readonly requests: readonly Request[];
  readonly entities: Entities;
  readonly rows: Readonly<Record<'user' | 'folder' | 'doc', readonly object[]>>;
}

const SIZE = { policies: 2, requests: 6, fuel: 2 };

/** `undefined` for a case of which no part fits the schema. */
export function arbitraryDocuments(random: Random, map: Mapping, provider: Provider): Documents | undefined {
  const drawn = caseIn(random, worldOf(random, schema), 'typed', SIZE);
  const hostile = withHostileTexts(drawn.entities, random);
  const listed = listPolicies(random, schema, 'Doc', hostile, 12);
  const asRefused = random.chance(10) ? listed[0] : undefined;
  const said = listed.filter((each) => each === asRefused || isSaid(each, map, provider));
  const policies = [...(random.chance(15) ? drawn.policies : []), ...said.slice(0, random.between(1, 3))];
  const typed = typedPart({ ...drawn, policies, links: [], entities: hostile });
  if (typed === undefined) return undefined;
  const docs = typed.entities.flatMap((each) =>
    random.chance(50) ? [each, ...twinOf(each, typed.entities, random)] : [each],
  );
  const entities = distinct([...docs, ...mixed(docs, random)].map(withOneParent)).filter(
    (each) => !random.chance(10) && !holdsNul(rowObject(each, map)),
  );
  const rowsOf = (type: string) =>
    entities.filter(({ uid }) => uid.type === type).map((each) => rowFor(rowObject(each, map)));
  return {
    set: typed.set,
    requests: typed.requests,
    entities: conformingEntities(entities, schema),
    rows: { user: rowsOf('User'), folder: rowsOf('Folder'), doc: rowsOf('Doc') },
  };
}

/** Whether Prisma can be told the policy: most of what is drawn at random is too much for it. */
function isSaid(policy: Policy, map: Mapping, provider: Provider): boolean {
  try {
    const set = policySetOf({ policies: [{ ...policy, effect: 'permit' }], links: [] });
    const engine = compile(set as never, { schema, mapping: map, mode: 'interpret', validate: false });
    engine.filter({ principal: 'User::"a"', action: 'view', resource: 'Doc' }, []).prisma(provider);
    return true;
  } catch (error) {
    if (error instanceof CedarmillError) return false;
    throw error;
  }
}

/** More documents, each attribute of which another one has. */
function mixed(entities: readonly Entity[], random: Random): Entity[] {
  const docs = entities.filter(({ uid }) => uid.type === 'Doc');
  if (docs.length === 0) return [];
  return random.list(15, 15, (i) => {
    const attrs = new Map(
      [...random.pick(docs).attrs].map(([name, value]) => [name, random.pick(docs).attrs.get(name) ?? value]),
    );
    return { ...random.pick(docs), uid: new EntityUid('Doc', `m${i}`), attrs };
  });
}

/** The mapping has a column for one folder. */
function withOneParent(entity: Entity): Entity {
  return { ...entity, parents: entity.parents.slice(0, 1) };
}

function distinct(entities: readonly Entity[]): Entity[] {
  return [...new Map(entities.map((each) => [each.uid.key, each])).values()];
}

/** Prisma takes no NULL for a list, and leaves out what is not given. */
function rowFor(row: object): object {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

/** PostgreSQL holds no such text. */
function holdsNul(row: object): boolean {
  const values: unknown[] = Object.values(row).flat();
  return values.some((each) => typeof each === 'string' && each.includes('\0'));
}

/** The ids of all documents, and which of them the model allows. */
export function allowedOf({ set, entities }: Documents, request: Request): ReadonlyMap<string, boolean> {
  const docs = [...entities].filter(({ uid }) => uid.type === 'Doc');
  const policies = [...set.policies()];
  return new Map(
    docs.map(({ uid }) => {
      const { decision } = isAuthorized({ ...request, resource: new EntityUid('Doc', uid.id) }, entities, policies);
      return [uid.id, decision === 'allow'];
    }),
  );
}
