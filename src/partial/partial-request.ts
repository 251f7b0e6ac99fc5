/**
 * Partial request — a request of which the ids of principal and resource, and the context, may be unknown. Types and the action are known.
 *
 * Spec:  Cedar.TPE.Input: PartialEntityUID, PartialRequest, requestIsValid
 */
import type { Schema } from '../schema/schema.ts';
import { checkRequest, checkRequestType } from '../validator/conformance/conformance.ts';
import { ConformanceError } from '../validator/conformance/conformance-error.ts';
import type { RequestEnvironment } from '../validator/environment.ts';
import type { EntityType, EntityUid } from '../value/entity-uid.ts';
import { valueEquals } from '../value/equal.ts';
import type { CedarRecord } from '../value/record.ts';
import type { Request } from '../value/request.ts';

/** An entity whose type is known; `uid` is `undefined` if its id is not. */
export interface PartialUid {
  readonly type: EntityType;
  readonly uid: EntityUid | undefined;
}

export interface PartialRequest {
  readonly principal: PartialUid;
  readonly action: EntityUid;
  readonly resource: PartialUid;
  /** `undefined` if it is unknown. A context is known as a whole or not at all. */
  readonly context: CedarRecord | undefined;
}

export function partialUid(uid: EntityUid): PartialUid {
  return { type: uid.type, uid };
}

/** Spec: Request.asPartialRequest */
export function asPartialRequest({ principal, action, resource, context }: Request): PartialRequest {
  return { principal: partialUid(principal), action, resource: partialUid(resource), context };
}

/** The environment of a request that fits the schema. Throws `ConformanceError` if it does not. */
export function environmentOf(request: PartialRequest, schema: Schema): RequestEnvironment {
  const wrong = checkRequestType(request, schema);
  if (wrong !== undefined) throw new ConformanceError(wrong);
  return {
    principal: request.principal.type,
    action: schema.actions.get(request.action.key)!,
    resource: request.resource.type,
  };
}

/** Where the whole request contradicts the partial one; `undefined` if it is a completion of it. */
export function requestConflict(partial: PartialRequest, request: Request): string | undefined {
  for (const name of ['principal', 'resource'] as const) {
    const { type, uid } = partial[name];
    const fits = uid === undefined ? request[name].type === type : request[name].equals(uid);
    if (!fits) return `the ${name} \`${request[name]}\` is not the \`${uid ?? type}\` of the partial request`;
  }
  if (!partial.action.equals(request.action))
    return `the action \`${request.action}\` is not the \`${partial.action}\` of the partial request`;
  if (partial.context !== undefined && !valueEquals(partial.context, request.context))
    return 'the context is not that of the partial request';
  return undefined;
}

/** Throws `ConformanceError` for a whole request that does not fit. */
export function requireRequest(request: Request, schema: Schema): void {
  const wrong = checkRequest(request, schema);
  if (wrong !== undefined) throw new ConformanceError(wrong);
}
