/**
 * Scenario — a small application: what it does first, the operation that is interrupted, and what tells afterwards whether anything is left half done.
 */
import type { EntitySpec, Form, Members, Name, Operation } from '../drt/lifecycle/operation.ts';

export interface Scenario {
  readonly name: string;
  readonly before: readonly Operation[];
  readonly interrupted: Operation;
  readonly after: readonly Operation[];
}

function entity(uid: Name, parents: readonly Name[], attrs: EntitySpec['attrs'] = {}): EntitySpec {
  return { uid, attrs, parents };
}

const ENTITIES: readonly EntitySpec[] = [
  entity('Group::admins', []),
  entity('Group::A', ['Group::admins']),
  entity('Group::B', []),
  { ...entity('User::e1', ['Group::A', 'Group::B'], { open: true, n: 3 }), tags: { vip: true } },
  entity('User::e2', ['Group::A', 'Group::B'], { boss: { __entity: { type: 'User', id: 'e1' } } }),
  entity('User::e3', [], { open: false, teams: [{ __entity: { type: 'Group', id: 'A' } }] }),
  entity('Doc::d1', ['Group::B'], { boss: { __entity: { type: 'User', id: 'e1' } }, open: false }),
  entity('Doc::d2', []),
  entity('Config::global', [], { open: true }),
  entity('Action::view', ['Action::read']),
  entity('Action::delete', ['Action::write']),
];

const POLICIES = [
  'permit(principal in Group::"admins", action, resource);',
  'permit(principal, action == Action::"view", resource) when { resource.boss == principal || principal.open };',
  'forbid(principal, action in Action::"write", resource in Group::"B") unless { principal.n > 2 };',
  'forbid(principal, action, resource) when { principal has boss && principal.boss.hasTag("vip") };',
];

const TEMPLATES = [
  'forbid(principal == ?principal, action, resource);',
  'permit(principal in ?principal, action, resource in ?resource);',
];

const USERS = ['User::e1', 'User::e2', 'User::e3'] as const;
const DOCS = ['Doc::d1', 'Doc::d2'] as const;

function ask(
  data: { store: number } | { list: number },
  principal: Name,
  action: Name,
  resource: Name,
  form: Form = 'text',
  context: Members = { open: true },
): Operation {
  const uid = (name: Name) => ({ name, form });
  const request = { principal: uid(principal), action: uid(action), resource: uid(resource), context };
  return { kind: 'ask', engine: 0, data, request, question: 'both', times: 1 };
}

function everything(data: { store: number } | { list: number }): Operation[] {
  return USERS.flatMap((user) =>
    DOCS.flatMap((doc) => ['Action::view', 'Action::delete'].map((action) => ask(data, user, action, doc))),
  );
}

const INSPECT: readonly Operation[] = [
  { kind: 'inspect', what: 'set', number: 0 },
  { kind: 'inspect', what: 'store', number: 0 },
];

function beginning(options: {
  readonly warmUp?: number;
  readonly indexFrom?: number;
  readonly partitionFrom?: number;
}): Operation[] {
  return [
    { kind: 'makeSet', set: 0, policies: POLICIES.map((text, i) => ({ id: `p${i}`, text })) },
    { kind: 'addTemplate', set: 0, policy: { id: 't0', text: TEMPLATES[0]! } },
    { kind: 'link', set: 0, id: 'l0', templateId: 't0', slots: { principal: { name: 'User::e3', form: 'entity' } } },
    { kind: 'makeStore', store: 0, how: 'from', schema: false, entities: ENTITIES },
    { kind: 'makeStore', store: 1, how: 'from', schema: false, entities: ENTITIES.slice(0, 6) },
    { kind: 'makeList', list: 0, entities: ENTITIES },
    { kind: 'makeEngine', engine: 0, set: 0, mode: 'compile', schema: false, options },
  ];
}

/** How deep the values are that policies read, if any. */
function nested(levels: number): Operation[] {
  if (levels === 0) return [];
  const policy = { id: 'p7', text: 'permit(principal, action, resource) when { principal.deep has y };' };
  return [
    { kind: 'add', set: 0, policy },
    { kind: 'upsert', store: 0, entity: { ...ENTITIES[3]!, nested: { name: 'deep', levels } } },
  ];
}

const STORE = { store: 0 } as const;
const LIST = { list: 0 } as const;

/** Something else is changed and asked about, too: what was left half done may show only then. */
const AFTERWARDS: readonly Operation[] = [
  ...INSPECT,
  ...everything(STORE),
  ...everything(LIST),
  ask({ store: 1 }, 'User::e1', 'Action::view', 'Doc::d2'),
  { kind: 'upsert', store: 0, entity: entity('Group::A', []) },
  { kind: 'upsert', store: 0, entity: entity('User::e4', ['Group::A', 'Group::B'], { open: true }) },
  { kind: 'link', set: 0, id: 'l9', templateId: 't0', slots: { principal: { name: 'User::e4', form: 'entity' } } },
  ...USERS.map((user) => ask(STORE, user, 'Action::view', 'Doc::d1', 'object')),
  ask(STORE, 'User::e4', 'Action::view', 'Doc::d1', 'object'),
  { kind: 'unlink', set: 0, id: 'l0' },
  { kind: 'remove', set: 0, id: 'p0' },
  ...everything(STORE),
  ...everything(LIST),
  ...INSPECT,
];

const WHO = { who: { __entity: { type: 'User', id: 'e2' } } };

/** Other policies come before anybody asks: an engine that is out of date does not know yet what they read. */
const POLICIES_FIRST: readonly Operation[] = [
  {
    kind: 'addTemplate',
    set: 0,
    policy: { id: 't7', text: 'forbid(principal, action == Action::"view", resource in ?resource);' },
  },
  {
    kind: 'add',
    set: 0,
    policy: {
      id: 'p8',
      text: 'forbid(principal, action, resource) when { context has who && context.who in Group::"B" };',
    },
  },
  ...[STORE, LIST].flatMap((data) => [
    ask(data, 'User::e1', 'Action::view', 'Doc::d2', 'text', WHO),
    ask(data, 'User::e1', 'Action::view', 'Doc::d1', 'object', WHO),
  ]),
  ...everything(STORE),
  ...INSPECT,
];

const AFTER = { '': AFTERWARDS, ', then other policies': POLICIES_FIRST } as const;

const INTERRUPTED: Readonly<Record<string, Operation>> = {
  'a question about a store': ask(STORE, 'User::e2', 'Action::delete', 'Doc::d1'),
  'a question about another store': ask({ store: 1 }, 'User::e3', 'Action::view', 'Doc::d1', 'object'),
  'a question about a list': ask(LIST, 'User::e1', 'Action::view', 'Doc::d1'),
  'a new entity': {
    kind: 'upsert',
    store: 0,
    entity: entity('User::e4', ['Group::B'], { open: true, boss: { __entity: { type: 'User', id: 'e1' } } }),
  },
  'other values': {
    kind: 'upsert',
    store: 0,
    entity: entity('User::e1', ['Group::A', 'Group::B'], { open: false, n: 1 }),
  },
  'a group without its parent': { kind: 'upsert', store: 0, entity: entity('Group::A', []) },
  'a group with a new parent': { kind: 'upsert', store: 0, entity: entity('Group::B', ['Group::admins']) },
  'an entity that goes': { kind: 'removeEntity', store: 0, uid: { name: 'Group::A', form: 'text' } },
  'other entities altogether': {
    kind: 'replaceAll',
    store: 0,
    entities: [...ENTITIES.slice(2, 5), ...ENTITIES.slice(7), entity('Group::admins', []), entity('Group::A', [])],
  },
  'a new policy': {
    kind: 'add',
    set: 0,
    policy: { id: 'p9', text: 'forbid(principal in Group::"B", action, resource);' },
  },
  'a new policy that reads another attribute': {
    kind: 'add',
    set: 0,
    policy: { id: 'p9', text: 'forbid(principal, action, resource) when { principal.teams.contains(Group::"A") };' },
  },
  'a policy that goes': { kind: 'remove', set: 0, id: 'p2' },
  'a new template': { kind: 'addTemplate', set: 0, policy: { id: 't1', text: TEMPLATES[1]! } },
  'a new link': {
    kind: 'link',
    set: 0,
    id: 'l1',
    templateId: 't0',
    slots: { principal: { name: 'User::e1', form: 'entity' } },
  },
  'a link that goes': { kind: 'unlink', set: 0, id: 'l0' },
  'other policies by way of the engine': {
    kind: 'replace',
    set: 0,
    engine: 0,
    policies: [
      { id: 'p0', text: 'permit(principal in Group::"B", action, resource);' },
      { id: 'p6', text: 'forbid(principal, action, resource) when { principal has open && principal.open };' },
    ],
  },
  'a question for all resources': {
    kind: 'query',
    what: 'allowedResources',
    engine: 0,
    data: STORE,
    request: {
      principal: { name: 'User::e2', form: 'text' },
      action: { name: 'Action::view', form: 'object' },
      resource: { name: 'Doc::d1', form: 'text' },
      context: WHO,
    },
  },
  'a new engine': { kind: 'makeEngine', engine: 0, set: 0, mode: 'compile', schema: false, options: { warmUp: 0 } },
};

const ASK_WHEN_TOLD: Operation = {
  kind: 'listen',
  set: 0,
  trap: {
    does: 'run',
    run: [
      ask(STORE, 'User::e1', 'Action::view', 'Doc::d1') as Extract<Operation, { kind: 'ask' }>,
      { kind: 'upsert', store: 0, entity: entity('User::e5', ['Group::A']) },
    ],
  },
};

const OPTIONS = {
  whole: {},
  dispatched: { warmUp: 0 },
  partitioned: { warmUp: 0, indexFrom: 2, partitionFrom: 1 },
} as const;

/**
 * Cold, where nobody has asked yet, and warm; policies as one program, behind a dispatcher, and in partitions. `levels`: of an
 * attribute that some policy reads.
 */
export function scenarios(levels = 0): Scenario[] {
  const found: Scenario[] = [];
  for (const [form, options] of Object.entries(OPTIONS))
    for (const [what, interrupted] of Object.entries(INTERRUPTED))
      for (const warmth of ['cold', 'warm'] as const) {
        const before = [
          ...beginning(options),
          ...nested(levels),
          ...(warmth === 'warm' ? [...everything(STORE), ...everything(LIST)] : []),
        ];
        for (const [then, after] of Object.entries(AFTER))
          found.push({ name: `${what}, ${warmth}, ${form}${then}`, before, interrupted, after });
        if (warmth === 'warm' && 'set' in interrupted)
          found.push({
            name: `${what}, with a listener, ${form}`,
            before: [...before, ASK_WHEN_TOLD],
            interrupted,
            after: AFTERWARDS,
          });
      }
  return found;
}
