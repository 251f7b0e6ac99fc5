/**
 * Plain call — a call in the form in which nearly all come: object literals or parsed JSON, uids as `{ type, id }`, a context of texts, integers and
 * booleans. What is not so is left to the exact readers, which also say what is wrong.
 *
 * INVARIANT: the request is a copy. A getter runs here, before the entities of the call are looked at, and not while it is decided: it may make another call.
 */
import type { RequestInput } from '../engine/input/request-input.ts';
import { isPrototypePolluted } from '../value/own-member.ts';

/** A call of `statefulIsAuthorized`. */
export interface PlainStatefulCall {
  readonly request: RequestInput;
  readonly policySetId: string;
  readonly schemaName: string | undefined;
  readonly validateRequest: boolean;
  readonly entities: unknown;
}

/** An object that is read as it stands. */
export function isPlainCall(call: unknown): call is Readonly<Record<string, unknown>> {
  return isPlainObject(call) && !isPrototypePolluted();
}

/** `undefined` for whatever else there is. */
export function plainStatefulCall(call: unknown): PlainStatefulCall | undefined {
  if (!isPlainCall(call) || !hasOnlyMembers(call)) return undefined;
  const { principal, action, resource, context, entities } = call;
  const { preparsedPolicySetId: policySetId, preparsedSchemaName, validateRequest = true } = call;
  const schemaName = preparsedSchemaName ?? undefined;
  if (typeof policySetId !== 'string' || (schemaName !== undefined && typeof schemaName !== 'string')) return undefined;
  if (typeof validateRequest !== 'boolean') return undefined;
  const [who, what, which, when] = [plainUid(principal), plainUid(action), plainUid(resource), plainContext(context)];
  if (who === undefined || what === undefined || which === undefined || when === undefined) return undefined;
  const request = { principal: who, action: what, resource: which, context: when };
  return { request, policySetId, schemaName, validateRequest, entities };
}

/** Comparing with a few names costs less than a set. */
function hasOnlyMembers(call: object): boolean {
  for (const name in call) {
    switch (name) {
      case 'principal':
      case 'action':
      case 'resource':
      case 'context':
      case 'entities':
      case 'preparsedPolicySetId':
      case 'preparsedSchemaName':
      case 'validateRequest':
        continue;
      default:
        return false;
    }
  }
  return true;
}

/** By code of its own, which meets objects of one layout only. */
function plainUid(given: unknown): { readonly type: string; readonly id: string } | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { type, id, toJSON } = given as Readonly<Record<string, unknown>>;
  if (toJSON !== undefined || Object.getPrototypeOf(given) !== Object.prototype) return undefined;
  if (typeof type !== 'string' || typeof id !== 'string' || !id.isWellFormed()) return undefined;
  let members = 0;
  for (const name in given) {
    if (name !== 'type' && name !== 'id') return undefined;
    members++;
  }
  // Neither is hidden or inherited.
  return members === 2 ? { type, id } : undefined;
}

/** A name with two underscores may be an escape, or worse. */
function plainContext(given: unknown): object | undefined {
  if (!isPlainObject(given)) return undefined;
  const own = { ...given };
  for (const name in own) if (name.startsWith('__') || !isPlainValue(own[name])) return undefined;
  return own;
}

function isPlainValue(value: unknown): boolean {
  return typeof value === 'string'
    ? value.isWellFormed()
    : typeof value === 'boolean' || (typeof value === 'number' && Number.isSafeInteger(value));
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getPrototypeOf(value) === Object.prototype && (value as { toJSON?: unknown }).toJSON === undefined;
}
