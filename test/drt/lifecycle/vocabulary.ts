/**
 * Vocabulary — the few names of a sequence, and the policies, entities and values that can be made of them.
 *
 * Few names make what is asked, what changes and what policies say meet again and again; that is when what is remembered turns out wrong.
 */
import type { Random } from '../../arbitrary/random.ts';
import type { EntitySpec, Json, Members, Name, PolicySpec, RequestSpec } from './operation.ts';

export interface Vocabulary {
  readonly users: readonly Name[];
  readonly groups: readonly Name[];
  readonly docs: readonly Name[];
  readonly actions: readonly Name[];
  /** Lists of parents that many entities have. */
  readonly parents: readonly (readonly Name[])[];
  /** All policies and entities fit the schema. */
  readonly typed: boolean;
  /** Nothing but hierarchies: no attributes, no conditions, one list of parents. */
  readonly bare: boolean;
  /** All policies are of this form and differ in names, so that they become rows; `undefined`: of any form. */
  readonly form: number | undefined;
}

const GROUPS = ['Group::admins', 'Group::A', 'Group::B', 'Group::C'];

export function vocabularyOf(
  random: Random,
  { users, typed, alike, bare }: { users: number; typed: boolean; alike: boolean; bare: boolean },
): Vocabulary {
  const groups = GROUPS.slice(0, bare ? 3 : random.between(1, 4));
  return {
    users: Array.from({ length: users }, (_, i) => `User::e${i + 1}`),
    groups,
    parents: bare ? [random.some(groups.slice(1), 85)] : random.list(1, 3, () => random.some(groups, 60)),
    docs: Array.from({ length: random.between(1, 2) }, (_, i) => `Doc::d${i + 1}`),
    actions: ['Action::view', 'Action::delete', ...(random.chance(40) ? ['Action::edit'] : [])],
    typed,
    bare,
    form: alike ? random.int(FORMS_ALIKE.length) : undefined,
  };
}

const CONFIG = 'Config::global';
const WRITE = 'Action::write';

export function quoted(name: Name): string {
  return name.replace('::', '::"').concat('"');
}

type Part = (random: Random, v: Vocabulary) => string;

const user: Part = (random, v) => quoted(random.pick(v.users));
const group: Part = (random, v) => quoted(random.pick(v.groups));
const doc: Part = (random, v) => quoted(random.pick(v.docs));

const PRINCIPALS: readonly Part[] = [
  () => 'principal',
  () => 'principal',
  (random, v) => `principal == ${user(random, v)}`,
  (random, v) => `principal in ${group(random, v)}`,
  (random, v) => `principal in ${group(random, v)}`,
  () => 'principal is User',
  (random, v) => `principal is User in ${group(random, v)}`,
];

const ACTIONS: readonly Part[] = [
  () => 'action',
  () => 'action',
  (random, v) => `action == ${quoted(random.pick(v.actions))}`,
  () => `action in ${quoted(WRITE)}`,
  (random, v) => `action in [${quoted(random.pick(v.actions))}, ${quoted(WRITE)}]`,
];

const RESOURCES: readonly Part[] = [
  () => 'resource',
  () => 'resource',
  (random, v) => `resource == ${doc(random, v)}`,
  (random, v) => `resource in ${group(random, v)}`,
  () => 'resource is Doc',
];

/** They fit the schema. */
const TYPED: readonly Part[] = [
  () => 'principal has open && principal.open',
  () => 'resource has open && resource.open',
  () => `${quoted(CONFIG)} has open && ${quoted(CONFIG)}.open`,
  (random) => `principal has n && principal.n > ${random.int(3)}`,
  () => 'resource has boss && resource.boss == principal',
  (random, v) => `principal has boss && principal.boss in ${group(random, v)}`,
  () => 'principal has boss && principal.boss has open && principal.boss.open',
  (random, v) => `principal in [${group(random, v)}, ${group(random, v)}]`,
  () => 'resource has team && principal in resource.team',
  (random, v) => `principal has teams && principal.teams.contains(${group(random, v)})`,
  () => 'resource has team && principal has teams && principal.teams.contains(resource.team)',
  () => 'principal.hasTag("vip") && principal.getTag("vip")',
  () => 'context has open && context.open',
  (random, v) => `context has who && context.who in ${group(random, v)}`,
  () => 'context has from && context.from.isInRange(ip("10.0.0.0/8"))',
  (random, v) => `${user(random, v)} in ${group(random, v)}`,
  (random, v) => `${user(random, v)} has open && ${user(random, v)}.open`,
  () => 'principal has name && principal.name like "a*"',
];

/** They may err. */
const UNTYPED: readonly Part[] = [
  () => 'principal.open',
  () => 'resource.open',
  () => `${quoted(CONFIG)}.open`,
  (random) => `principal.n < ${random.int(3)}`,
  (random, v) => `principal.boss in ${group(random, v)}`,
  () => 'resource.boss.boss.open',
  () => 'principal.getTag("vip")',
  () => 'principal.boss.hasTag("vip")',
  () => 'context.open',
  (random, v) => `context.who in ${group(random, v)}`,
  () => 'principal.deep.x == 1',
  () => 'principal in resource.team',
  () => 'action in principal.n',
  () => '9223372036854775807 + principal.n > 0',
  (random, v) => `principal.teams.containsAny([${group(random, v)}, ${user(random, v)}])`,
];

/** Policies that differ in one name. */
const FORMS_ALIKE: readonly Part[] = [
  (random, v) => `(principal == ${user(random, v)}, action, resource)`,
  (random, v) => `(principal in ${group(random, v)}, action, resource)`,
  (random, v) => `(principal in ${group(random, v)}, action == Action::"view", resource in ${group(random, v)})`,
  (random, v) => `(principal, action, resource == ${doc(random, v)})`,
  (random, v) => `(principal in ${group(random, v)}, action in ${quoted(WRITE)}, resource == ${doc(random, v)})`,
  (random, v) => `(principal == ${user(random, v)}, action, resource) when { ${random.pick(TYPED)(random, v)} }`,
];

function scope(random: Random, v: Vocabulary): string {
  if (v.bare && random.chance(80)) return `(principal in ${quoted(v.groups[random.int(2)]!)}, action, resource)`;
  if (v.form !== undefined && random.chance(85)) return FORMS_ALIKE[v.form]!(random, v);
  const parts = [random.pick(PRINCIPALS), random.pick(ACTIONS), random.pick(RESOURCES)];
  return `(${parts.map((part) => part(random, v)).join(', ')})`;
}

function conditions(random: Random, v: Vocabulary): string {
  if (v.bare) return '';
  const pool = v.typed || random.chance(50) ? TYPED : UNTYPED;
  return random
    .list(
      0,
      random.pick([0, 1, 1, 2]),
      () => ` ${random.pick(['when', 'when', 'unless'])} { ${random.pick(pool)(random, v)} }`,
    )
    .join('');
}

export function policyText(random: Random, v: Vocabulary): string {
  return `${random.chance(v.bare ? 85 : 60) ? 'permit' : 'forbid'}${scope(random, v)}${conditions(random, v)};`;
}

const OF_CONTEXT: readonly Part[] = [
  () => 'context has open && context.open',
  (random, v) => `context has who && context.who in ${group(random, v)}`,
  (random, v) => `context has who && context.who == ${user(random, v)}`,
];

export function contextPolicyText(random: Random, v: Vocabulary): string {
  const effect = random.chance(50) ? 'permit' : 'forbid';
  return `${effect}${scope(random, v)} when { ${random.pick(OF_CONTEXT)(random, v)} };`;
}

const SLOTTED: readonly Part[] = [
  (random, v) => `(principal == ?principal, ${random.pick(ACTIONS)(random, v)}, resource)`,
  (random, v) => `(principal in ?principal, ${random.pick(ACTIONS)(random, v)}, resource)`,
  () => '(principal in ?principal, action, resource in ?resource)',
  () => '(principal == ?principal, action, resource == ?resource)',
  (random, v) => `(principal, ${random.pick(ACTIONS)(random, v)}, resource in ?resource)`,
  () => '(principal is User in ?principal, action, resource)',
];

export function templateText(random: Random, v: Vocabulary): string {
  return `${random.chance(50) ? 'permit' : 'forbid'}${random.pick(SLOTTED)(random, v)}${conditions(random, v)};`;
}

export function arbitraryPolicy(random: Random, v: Vocabulary, id: string): PolicySpec {
  return { id, text: policyText(random, v) };
}

const reference = (name: Name): Json => {
  const [type, id] = name.split('::');
  return { __entity: { type: type!, id: id! } };
};

const VALUES: Readonly<Record<string, (random: Random, v: Vocabulary) => Json>> = {
  open: (random) => random.chance(60),
  n: (random) => random.int(4),
  boss: (random, v) => reference(random.pick(v.users)),
  team: (random, v) => reference(random.pick(v.groups)),
  teams: (random, v) => random.list(0, 2, () => reference(random.pick(v.groups))),
  name: (random) => random.pick(['anna', 'bert']),
};

/** One that the schema does not give to it. */
function arbitraryValue(random: Random, v: Vocabulary, name: string): Json {
  const kind = v.typed || random.chance(90) ? name : random.pick(Object.keys(VALUES));
  return VALUES[kind]!(random, v);
}

const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  User: ['open', 'n', 'boss', 'team', 'teams', 'name'],
  Doc: ['open', 'n', 'boss', 'team'],
  Config: ['open'],
};

export function attributeOf(random: Random, v: Vocabulary, name: Name): readonly [string, Json] | undefined {
  const names = ATTRIBUTES[typeOf(name)];
  if (names === undefined) return undefined;
  const attribute = random.pick(names);
  return [attribute, arbitraryValue(random, v, attribute)];
}

function typeOf(name: Name): string {
  return name.slice(0, name.indexOf('::'));
}

export function entityOfName(random: Random, v: Vocabulary, uid: Name, parents: readonly Name[]): EntitySpec {
  if (v.bare) return { uid, attrs: {}, parents };
  const attrs: Record<string, Json> = {};
  for (const name of random.some(ATTRIBUTES[typeOf(uid)] ?? [], 30)) attrs[name] = arbitraryValue(random, v, name);
  const tags: Members = random.chance(30) ? { vip: random.chance(70) } : {};
  const hasTags = typeOf(uid) === 'User' && random.chance(40);
  const nested = !v.typed && random.chance(2) ? { nested: { name: 'deep', levels: random.pick([3, 300, 4000]) } } : {};
  return { uid, attrs, parents, ...(hasTags && { tags }), ...nested };
}

/** Two levels of groups; most of the others have the same parents or none. Resources, asked about all the time, have none. */
function bareParents(random: Random, v: Vocabulary, uid: Name): Name[] {
  if (typeOf(uid) === 'User') return random.chance(50) ? [...random.pick(v.parents)] : random.some(v.groups, 15);
  return uid !== v.groups[0] && typeOf(uid) === 'Group' && random.chance(50) ? [v.groups[0]!] : [];
}

/** For a store: any group, so that some are refused as cycles; also the action above others. */
export function anyParents(random: Random, v: Vocabulary, uid: Name): Name[] {
  if (v.bare && random.chance(90)) return bareParents(random, v, uid);
  if (typeOf(uid) === 'Action')
    return random.some([WRITE, ...v.actions], 30).filter((name) => name !== uid || random.chance(10));
  if (typeOf(uid) === 'Config') return [];
  if (typeOf(uid) !== 'Group' && random.chance(60)) return [...random.pick(v.parents)];
  return random.some(v.groups, random.pick([0, 0, 40, 70]));
}

/** For a list: only what stands above, so that there is no cycle. */
export function higherParents(random: Random, v: Vocabulary, uid: Name): Name[] {
  if (v.bare) return bareParents(random, v, uid);
  const at = v.groups.indexOf(uid);
  if (typeOf(uid) === 'Action') return uid !== WRITE && random.chance(50) ? [WRITE] : [];
  if (typeOf(uid) === 'Config') return [];
  if (at < 0 && random.chance(60)) return [...random.pick(v.parents)];
  return random.some(at < 0 ? v.groups : v.groups.slice(0, at), random.pick([0, 40, 70]));
}

/** Any that a request, an entity or a policy may name. Actions of the schema are not for the application to change, but it may try. */
export function anyName(random: Random, v: Vocabulary): Name {
  const n = random.int(v.bare ? 75 : 100);
  if (n < 45) return random.pick(v.users);
  if (n < 75) return random.pick(v.groups);
  if (n < 88) return random.pick(v.docs);
  return n < 94 ? CONFIG : random.pick([...v.actions, WRITE]);
}

/** The names of a whole list or a bulk load, each once. */
export function allNames(v: Vocabulary): readonly Name[] {
  return [...v.groups, ...v.users, ...v.docs, CONFIG, ...(v.typed ? [] : v.actions)];
}

/** How many of a hundred contexts have each attribute. */
export function contextOf(random: Random, v: Vocabulary, full = 50): Members | undefined {
  if (v.bare || random.chance(90 - full)) return undefined;
  return {
    ...(random.chance(full) && { open: random.chance(70) }),
    ...(random.chance(full) && { who: reference(random.pick(v.users)) }),
    ...(v.typed && random.chance(30) && { from: random.pick(['10.1.2.3', '192.168.0.1']) }),
  };
}

export type Scope = Pick<RequestSpec, 'principal' | 'action' | 'resource'>;
