/**
 * Hospital by hand — the rules of a department in one switch over the action, with the limits of the record's department.
 *
 * It knows that a person works in one department and has one role there, that roles of another department give nothing here, and who is a nurse too.
 */
import { departmentIn, KINDS, type Limits, limitsOf, ROLES, WARDS } from '../scenario/hospital.ts';
import {
  DENY,
  type EntityJson,
  type Hand,
  type HandAnswer,
  keyOf,
  type RequestJson,
  referred,
  type Scenario,
} from '../scenario/scenario.ts';

class Staff {
  readonly department: number;
  /** In `ROLES`, or -1; students and agency staff are nurses. */
  readonly role: number;
  /** The ward that it is head of, or -1. */
  readonly head: number;
  readonly isStudent: boolean;
  readonly isAgency: boolean;
  readonly isAuditor: boolean;
  readonly isClerk: boolean;
  readonly isDirector: boolean;
  readonly clearance: number;
  readonly onDuty: boolean;
  readonly active: boolean;

  constructor({ uid, attrs, parents }: EntityJson) {
    const roles = parents.map(({ id }) => id);
    const has = (role: string) => roles.some((each) => each.startsWith(`${role} `));
    this.department = departmentIn(uid);
    this.role = ROLES.findIndex(has);
    this.head = WARDS.findIndex((ward) => has(`head ${ward}`));
    this.isStudent = has('student');
    this.isAgency = has('agency');
    this.isAuditor = has('auditor');
    this.isClerk = has('clerk');
    this.isDirector = roles.includes('director');
    this.clearance = attrs.clearance as number;
    this.onDuty = attrs.onDuty as boolean;
    this.active = attrs.active as boolean;
  }
}

class Record {
  readonly department: number;
  readonly limits: Limits;
  readonly names: readonly string[];
  /** In `WARDS`. */
  readonly ward: number;
  /** In `KINDS`. */
  readonly kind: number;
  readonly sensitivity: number;
  readonly sealed: boolean;
  readonly closed: boolean;
  readonly attending: Staff;

  constructor({ uid, attrs, parents }: EntityJson, staff: ReadonlyMap<string, Staff>, names: readonly string[]) {
    this.department = departmentIn(uid);
    this.limits = limitsOf(this.department);
    this.names = names;
    this.ward = WARDS.findIndex((ward) => parents[0]!.id.endsWith(ward));
    this.kind = (KINDS as readonly string[]).indexOf(attrs.kind as string);
    this.sensitivity = attrs.sensitivity as number;
    this.sealed = attrs.sealed as boolean;
    this.closed = attrs.closed as boolean;
    this.attending = staff.get(keyOf(referred(attrs.attending)))!;
  }
}

interface Request {
  readonly principal: Staff;
  readonly action: string;
  readonly resource: Record;
  /** As the caller has it: what is read of it is part of the time. */
  readonly context: { readonly emergency: boolean; readonly hour: number };
}

/** What of a policy's name comes before its department, by its place in the names of one. */
const NAMES = [
  ...ROLES.flatMap((role) => [`view by ${role}`, `update by ${role}`, `order by ${role}`, `sign by ${role}`]),
  ...WARDS.flatMap((ward) => [`head ${ward}`, `emergency ${ward}`, `sealed ${ward}`]),
  'view by colleague',
  'update by colleague',
  'discharge',
  'audit',
  'view by clerk',
  'update by clerk',
  'student',
  'student off duty',
  'narcotics at night',
  'closed',
  'agency',
];
const [HEAD, EMERGENCY, SEALED] = [16, 17, 18];
const COLLEAGUE_VIEW = NAMES.indexOf('view by colleague');
const COLLEAGUE_UPDATE = NAMES.indexOf('update by colleague');
const DISCHARGE = NAMES.indexOf('discharge');
const AUDIT = NAMES.indexOf('audit');
const CLERK_VIEW = NAMES.indexOf('view by clerk');
const CLERK_UPDATE = NAMES.indexOf('update by clerk');
const STUDENT = NAMES.indexOf('student');
const STUDENT_OFF_DUTY = NAMES.indexOf('student off duty');
const NARCOTICS = NAMES.indexOf('narcotics at night');
const CLOSED = NAMES.indexOf('closed');
const AGENCY = NAMES.indexOf('agency');
const NARCOTIC = KINDS.indexOf('narcotic');
const ADMISSION = KINDS.indexOf('admission');
const DOCTOR = ROLES.indexOf('doctor');

export class HospitalByHand implements Hand<Request> {
  readonly #staff = new Map<string, Staff>();
  readonly #records = new Map<string, Record>();

  constructor({ entities }: Scenario) {
    for (const entity of entities)
      if (entity.uid.type === 'Staff') this.#staff.set(keyOf(entity.uid), new Staff(entity));
    const names = new Map<number, readonly string[]>();
    for (const entity of entities) {
      if (entity.uid.type !== 'Record') continue;
      const department = departmentIn(entity.uid);
      if (!names.has(department))
        names.set(
          department,
          NAMES.map((name) => `${name} ${department}`),
        );
      this.#records.set(keyOf(entity.uid), new Record(entity, this.#staff, names.get(department)!));
    }
  }

  request({ principal, action, resource, context }: RequestJson): Request {
    return {
      principal: this.#staff.get(keyOf(principal))!,
      action: action.id,
      resource: this.#records.get(keyOf(resource))!,
      context: context as unknown as Request['context'],
    };
  }

  isAllowed(request: Request): boolean {
    return !isForbidden(request) && isPermitted(request);
  }

  isAuthorized(request: Request): HandAnswer {
    const forbids = forbidsOf(request);
    if (forbids !== undefined) return { decision: 'deny', determiningPolicies: forbids };
    const permits = permitsOf(request);
    return permits === undefined ? DENY : { decision: 'allow', determiningPolicies: permits };
  }
}

function isForbidden({ principal, action, resource, context }: Request): boolean {
  if (!principal.active || (resource.sealed && principal !== resource.attending)) return true;
  const isHere = principal.department === resource.department;
  const { sensitivity, hour } = resource.limits;
  if (isHere && principal.isAgency && !context.emergency && resource.sensitivity > sensitivity) return true;
  switch (action) {
    case 'view':
      return isHere && principal.isStudent && !principal.onDuty;
    case 'update':
      return resource.closed || (isHere && principal.isStudent);
    case 'order':
      if (isHere && principal.isStudent) return true;
      return resource.kind === NARCOTIC && context.hour > hour && !(isHere && principal.role === DOCTOR);
    default:
      return isHere && principal.isStudent;
  }
}

function isPermitted({ principal, action, resource, context }: Request): boolean {
  if (action === 'view' && principal.isDirector) return true;
  if (principal.department !== resource.department) return false;
  const { role } = principal;
  const { sensitivity, hour } = resource.limits;
  switch (action) {
    case 'view':
      return (
        principal.clearance >= resource.sensitivity ||
        (role >= 0 && resource.sensitivity <= sensitivity + role) ||
        principal.head === resource.ward ||
        (principal.isAuditor && resource.closed) ||
        (principal.isClerk && resource.kind === ADMISSION) ||
        (role === DOCTOR && context.emergency && context.hour >= hour)
      );
    case 'update':
      if (principal.head === resource.ward) return true;
      if (!principal.onDuty) return false;
      return (
        principal.clearance > resource.sensitivity ||
        (role >= 0 && resource.sensitivity <= sensitivity + role - 1) ||
        (principal.isClerk && resource.kind === ADMISSION)
      );
    case 'order':
      return role >= 0 && principal.onDuty && resource.kind === role;
    case 'sign':
      return role >= 0 && resource.attending === principal;
    default:
      return principal.head === resource.ward || (role === DOCTOR && principal.onDuty && resource.closed);
  }
}

/** The policies that forbid, if any. */
function forbidsOf({ principal, action, resource, context }: Request): string[] | undefined {
  let found: string[] | undefined;
  const { names } = resource;
  const { sensitivity, hour } = resource.limits;
  const isHere = principal.department === resource.department;
  if (!principal.active) found = add(found, 'inactive');
  if (resource.sealed && principal !== resource.attending) found = add(found, names[SEALED + 3 * resource.ward]!);
  if (isHere && principal.isAgency && !context.emergency && resource.sensitivity > sensitivity)
    found = add(found, names[AGENCY]!);
  if (isHere && principal.isStudent) {
    if (action !== 'view') found = add(found, names[STUDENT]!);
    else if (!principal.onDuty) found = add(found, names[STUDENT_OFF_DUTY]!);
  }
  if (action === 'update' && resource.closed) found = add(found, names[CLOSED]!);
  if (action === 'order' && resource.kind === NARCOTIC && context.hour > hour && !(isHere && principal.role === DOCTOR))
    found = add(found, names[NARCOTICS]!);
  return found;
}

/** The policies that permit, if any. */
function permitsOf({ principal, action, resource, context }: Request): string[] | undefined {
  let found: string[] | undefined;
  const { names } = resource;
  if (action === 'view' && principal.isDirector) found = add(found, 'director');
  if (principal.department !== resource.department) return found;
  const { role, onDuty } = principal;
  const { sensitivity, hour } = resource.limits;
  switch (action) {
    case 'view':
      if (role >= 0 && resource.sensitivity <= sensitivity + role) found = add(found, names[4 * role]!);
      if (principal.head === resource.ward) found = add(found, names[HEAD + 3 * resource.ward]!);
      if (role === DOCTOR && context.emergency && context.hour >= hour)
        found = add(found, names[EMERGENCY + 3 * resource.ward]!);
      if (principal.clearance >= resource.sensitivity) found = add(found, names[COLLEAGUE_VIEW]!);
      if (principal.isAuditor && resource.closed) found = add(found, names[AUDIT]!);
      if (principal.isClerk && resource.kind === ADMISSION) found = add(found, names[CLERK_VIEW]!);
      return found;
    case 'update':
      if (principal.head === resource.ward) found = add(found, names[HEAD + 3 * resource.ward]!);
      if (!onDuty) return found;
      if (role >= 0 && resource.sensitivity <= sensitivity + role - 1) found = add(found, names[4 * role + 1]!);
      if (principal.clearance > resource.sensitivity) found = add(found, names[COLLEAGUE_UPDATE]!);
      if (principal.isClerk && resource.kind === ADMISSION) found = add(found, names[CLERK_UPDATE]!);
      return found;
    case 'order':
      return role >= 0 && onDuty && resource.kind === role ? [names[4 * role + 2]!] : found;
    case 'sign':
      return role >= 0 && resource.attending === principal ? [names[4 * role + 3]!] : found;
    default:
      if (principal.head === resource.ward) found = add(found, names[HEAD + 3 * resource.ward]!);
      if (role === DOCTOR && onDuty && resource.closed) found = add(found, names[DISCHARGE]!);
      return found;
  }
}

function add(found: string[] | undefined, name: string): string[] {
  if (found === undefined) return [name];
  found.push(name);
  return found;
}
