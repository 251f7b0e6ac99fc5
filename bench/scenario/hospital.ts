/**
 * Hospital — roles, wards, conditions on attributes and context, and forbids. The size is the number of policies, from 38 up.
 *
 * A department has 36 policies, each with its own names and limits; two hold for the whole house. The forms of the policies are the same in each
 * department, so a larger hospital has more policies of a form and not more forms, as real policy sets do.
 */
import { entity, Generator, range, ref, requestsFor, uid } from './generator.ts';
import type { EntityJson, RequestJson, Scenario, UidJson } from './scenario.ts';

/** Policies of one department, and of the whole house. */
export const IN_DEPARTMENT = 36;
export const IN_HOUSE = 2;

export const ROLES = ['doctor', 'nurse', 'pharmacist', 'technician'] as const;
/** Roles that have other policies than those of `ROLES`. */
const OTHER_ROLES = ['student', 'clerk', 'agency', 'auditor'] as const;
export const WARDS = ['a', 'b', 'c'] as const;
/** All roles of a department. */
const ALL_ROLES: readonly string[] = [...ROLES, ...OTHER_ROLES, ...WARDS.map((ward) => `head ${ward}`)];
export const KINDS = ['labs', 'narcotic', 'imaging', 'admission'] as const;

const SCHEMA = `
entity Ward in [Ward];
entity Role in [Role];
entity Staff in [Role] = { department: String, clearance: Long, onDuty: Bool, active: Bool };
entity Record in [Ward] = { department: String, kind: String, sensitivity: Long, sealed: Bool, closed: Bool, attending: Staff };
action view, update, order, sign, discharge appliesTo { principal: Staff, resource: Record, context: { emergency: Bool, hour: Long } };
`;

const HOUSE = `
@id("inactive") forbid (principal, action, resource) when { !principal.active };
@id("director") permit (principal in Role::"director", action == Action::"view", resource);
`;

/** The limits that differ from department to department. */
export interface Limits {
  readonly sensitivity: number;
  readonly hour: number;
}

export function limitsOf(department: number): Limits {
  return { sensitivity: 2 + (department % 3), hour: 18 + (department % 5) };
}

export function departmentsOf(policies: number): number {
  return Math.max(1, Math.floor((policies - IN_HOUSE) / IN_DEPARTMENT));
}

function policiesOf(d: number): string {
  const { sensitivity, hour } = limitsOf(d);
  const role = (name: string) => `principal in Role::"${name} ${d}"`;
  const here = `resource in Ward::"${d}"`;
  const both = `principal.department == "department ${d}" && resource.department == "department ${d}"`;
  const of = (id: string, effect: string, scope: string, conditions = '') =>
    `@id("${id} ${d}") ${effect} (${scope}) ${conditions};`;
  const action = (...names: string[]) =>
    names.length === 1 ? `action == Action::"${names[0]}"` : `action in [${names.map((name) => `Action::"${name}"`)}]`;
  return [
    ...ROLES.flatMap((name, i) => [
      of(
        `view by ${name}`,
        'permit',
        `${role(name)}, ${action('view')}, ${here}`,
        `when { resource.sensitivity <= ${sensitivity + i} }`,
      ),
      of(
        `update by ${name}`,
        'permit',
        `${role(name)}, ${action('update')}, ${here}`,
        `when { principal.onDuty && resource.sensitivity <= ${sensitivity + i - 1} }`,
      ),
      of(
        `order by ${name}`,
        'permit',
        `${role(name)}, ${action('order')}, ${here}`,
        `when { principal.onDuty && resource.kind == "${KINDS[i]}" }`,
      ),
      of(
        `sign by ${name}`,
        'permit',
        `${role(name)}, ${action('sign')}, ${here}`,
        'when { resource.attending == principal }',
      ),
    ]),
    ...WARDS.flatMap((ward) => [
      of(
        `head ${ward}`,
        'permit',
        `principal in Role::"head ${ward} ${d}", ${action('view', 'update', 'discharge')}, resource in Ward::"${d}${ward}"`,
      ),
      of(
        `emergency ${ward}`,
        'permit',
        `${role('doctor')}, ${action('view')}, resource in Ward::"${d}${ward}"`,
        `when { context.emergency && context.hour >= ${hour} }`,
      ),
      of(
        `sealed ${ward}`,
        'forbid',
        `principal, action, resource in Ward::"${d}${ward}"`,
        'when { resource.sealed } unless { principal == resource.attending }',
      ),
    ]),
    of(
      'view by colleague',
      'permit',
      `principal, ${action('view')}, resource`,
      `when { ${both} && principal.clearance >= resource.sensitivity }`,
    ),
    of(
      'update by colleague',
      'permit',
      `principal, ${action('update')}, resource`,
      `when { ${both} && principal.clearance > resource.sensitivity && principal.onDuty }`,
    ),
    of(
      'discharge',
      'permit',
      `${role('doctor')}, ${action('discharge')}, ${here}`,
      'when { principal.onDuty && resource.closed }',
    ),
    of('audit', 'permit', `${role('auditor')}, ${action('view')}, ${here}`, 'when { resource.closed }'),
    of(
      'view by clerk',
      'permit',
      `${role('clerk')}, ${action('view')}, ${here}`,
      'when { resource.kind == "admission" }',
    ),
    of(
      'update by clerk',
      'permit',
      `${role('clerk')}, ${action('update')}, ${here}`,
      'when { resource.kind == "admission" && principal.onDuty }',
    ),
    of('student', 'forbid', `${role('student')}, ${action('update', 'order', 'sign', 'discharge')}, ${here}`),
    of('student off duty', 'forbid', `${role('student')}, ${action('view')}, ${here}`, 'unless { principal.onDuty }'),
    of(
      'narcotics at night',
      'forbid',
      `principal, ${action('order')}, ${here}`,
      `when { resource.kind == "narcotic" && context.hour > ${hour} } unless { ${role('doctor')} }`,
    ),
    of('closed', 'forbid', `principal, ${action('update')}, ${here}`, 'when { resource.closed }'),
    of(
      'agency',
      'forbid',
      `${role('agency')}, action, ${here}`,
      `when { !context.emergency && resource.sensitivity > ${sensitivity} }`,
    ),
  ].join('\n');
}

/** One of the staff for each role, and a head of each ward. Students and agency staff are nurses too. */
function staffOf(generator: Generator, d: number): EntityJson[] {
  return ALL_ROLES.map((name) => {
    const parents = [uid('Role', `${name} ${d}`)];
    if (name === 'student' || name === 'agency') parents.push(uid('Role', `nurse ${d}`));
    if (d === 0 && name === 'auditor') parents.push(uid('Role', 'director'));
    const attrs = {
      department: `department ${d}`,
      clearance: generator.below(6),
      onDuty: generator.random() < 0.7,
      active: generator.random() < 0.95,
    };
    return entity('Staff', `${name} ${d}`, attrs, parents);
  });
}

function recordsOf(generator: Generator, d: number, staff: readonly EntityJson[]): EntityJson[] {
  return range(12).map((i) => {
    const attrs = {
      department: `department ${d}`,
      kind: generator.pick(KINDS),
      sensitivity: generator.below(7),
      sealed: generator.random() < 0.1,
      closed: generator.random() < 0.3,
      attending: ref('Staff', generator.pick(staff).uid.id),
    };
    return entity('Record', `${d}-${i}`, attrs, [uid('Ward', `${d}${WARDS[i % WARDS.length]}`)]);
  });
}

function placesOf(d: number): EntityJson[] {
  return [
    entity('Ward', `${d}`, {}, []),
    ...WARDS.map((ward) => entity('Ward', `${d}${ward}`, {}, [uid('Ward', `${d}`)])),
    ...ALL_ROLES.map((name) => entity('Role', `${name} ${d}`, {}, [uid('Role', name)])),
  ];
}

export function hospital(size: number): Scenario {
  const generator = new Generator(size);
  const departments = departmentsOf(size);
  const staff = range(departments).map((d) => staffOf(generator, d));
  const records = staff.map((colleagues, d) => recordsOf(generator, d, colleagues));
  const contexts = range(24).map((hour) => ({ emergency: generator.random() < 0.3, hour }));
  // Four in five ask about a record of their own department.
  const requests: RequestJson[] = range(requestsFor(size)).map(() => {
    const d = generator.below(departments);
    const other = generator.random() < 0.2 ? generator.below(departments) : d;
    return {
      principal: generator.pick(staff[d]!).uid,
      action: uid('Action', generator.pick(['view', 'view', 'view', 'update', 'order', 'sign', 'discharge'])),
      resource: generator.pick(records[other]!).uid,
      context: generator.pick(contexts),
    };
  });
  return {
    name: 'hospital',
    size,
    text: [HOUSE, ...range(departments).map(policiesOf)].join('\n'),
    links: [],
    schema: SCHEMA,
    entities: [
      ...[...ALL_ROLES, 'director'].map((name) => entity('Role', name, {}, [])),
      ...range(departments).flatMap(placesOf),
      ...staff.flat(),
      ...records.flat(),
    ],
    requests,
    reads: ['department', 'clearance', 'onDuty', 'active', 'kind', 'sensitivity', 'sealed', 'closed', 'attending'],
  };
}

/** The department that a name ends with, or begins with. */
export function departmentIn({ id }: UidJson): number {
  return Number(/\d+/.exec(id)?.[0] ?? -1);
}
