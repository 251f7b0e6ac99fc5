/**
 * Query — which resources, which principals, which actions: the same question as an authorization request with one part left open.
 *
 * The policies are evaluated once for what is known; the residuals are evaluated for each candidate, and not even that where they decide already.
 *
 * Docs:  RFC 95 (permission queries): query_resource, query_principal, query_action
 * Twin:  engine/queries.ts, which runs compiled residuals
 */
import type { ActionEntry, Schema } from '../schema/schema.ts';
import type { Entities } from '../value/entities.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { CedarRecord } from '../value/record.ts';
import type { Request } from '../value/request.ts';
import type { Decision } from '../value/response.ts';
import { authorizePartially, authorizeResiduals, type PartialResponse } from './authorize.ts';
import type { PartialEntities } from './partial-entities.ts';
import type { PartialUid } from './partial-request.ts';
import type { TypedPolicies } from './policies.ts';

/** Which part of the request is left open. */
export type OpenPart = 'principal' | 'resource';

/** The uids among the candidates for which the whole request is allowed. All else of the request must be known. */
export function* allowedAmong(
  response: PartialResponse,
  open: OpenPart,
  candidates: Iterable<EntityUid>,
  entities: Entities,
): IterableIterator<EntityUid> {
  const { decision, known, policies } = response;
  if (decision === 'deny') return;
  const { type } = known.request[open];
  for (const uid of candidates) {
    if (uid.type !== type) continue;
    const isAllowed =
      decision === 'allow' ||
      authorizeResiduals(policies, completed(response, open, uid), entities).decision === 'allow';
    if (isAllowed) yield uid;
  }
}

function completed({ known }: PartialResponse, open: OpenPart, uid: EntityUid): Request {
  const { principal, action, resource, context } = known.request;
  return {
    principal: open === 'principal' ? uid : principal.uid!,
    action,
    resource: open === 'resource' ? uid : resource.uid!,
    context: context!,
  };
}

export interface AllowedAction {
  readonly action: EntityUid;
  /** `undefined` if it depends on what is unknown. */
  readonly decision: Decision | undefined;
  readonly response: PartialResponse;
}

/** The context for an action: known, unknown (`undefined`), or one that does not fit the action. */
export type ContextFor = (action: ActionEntry) => CedarRecord | undefined | 'unfit';

/** The actions that apply to principal and resource and are not denied, in the order of the schema. */
export function* actionsNotDenied(
  policies: TypedPolicies,
  schema: Schema,
  { principal, resource }: { readonly principal: PartialUid; readonly resource: PartialUid },
  contextFor: ContextFor,
  entities: PartialEntities,
): IterableIterator<AllowedAction> {
  for (const entry of schema.actions.values()) {
    if (!entry.appliesToPrincipal.has(principal.type) || !entry.appliesToResource.has(resource.type)) continue;
    const context = contextFor(entry);
    if (context === 'unfit') continue;
    const request = { principal, action: entry.uid, resource, context };
    const response = authorizePartially(policies, request, entities, schema);
    if (response.decision !== 'deny') yield { action: entry.uid, decision: response.decision, response };
  }
}
