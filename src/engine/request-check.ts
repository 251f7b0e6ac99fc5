/**
 * Request check — whether requests fit a schema, with a memory for the combinations of types that do.
 */
import type { ActionEntry, Schema } from '../schema/schema.ts';
import { checkRequest } from '../validator/conformance.ts';
import { ConformanceError } from '../validator/conformance-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { CedarRecord } from '../value/record.ts';
import { typedContext } from './request-input.ts';

/** Actions of one pair of types. */
const REMEMBERED = 16;

export class RequestCheck {
  readonly #schema: Schema;
  /** By type of principal, then of resource, the actions that fit without a context. Bounded by the schema. */
  readonly #fitting = new Map<string, Map<string, ActionEntry[]>>();

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** The context as the schema reads it, if the request fits. Throws `DataError` and `ConformanceError`. */
  contextOf(context: object | undefined, principal: EntityUid, action: EntityUid, resource: EntityUid): CedarRecord {
    if (context === undefined && this.#isKnown(principal, action, resource)) return CedarRecord.empty;
    const record = typedContext(context, action, this.#schema);
    const wrong = checkRequest({ principal, action, resource, context: record }, this.#schema);
    if (wrong !== undefined) throw new ConformanceError(wrong);
    if (context === undefined && !this.#isEnum(principal) && !this.#isEnum(resource)) {
      this.#learn(principal, action, resource);
    }
    return record;
  }

  #isKnown(principal: EntityUid, action: EntityUid, resource: EntityUid): boolean {
    const actions = this.#fitting.get(principal.type)?.get(resource.type);
    if (actions === undefined) return false;
    for (const { uid } of actions) if (uid.id === action.id && uid.type === action.type) return true;
    return false;
  }

  #learn(principal: EntityUid, action: EntityUid, resource: EntityUid): void {
    const byResource = this.#fitting.get(principal.type) ?? new Map<string, ActionEntry[]>();
    const actions = byResource.get(resource.type) ?? [];
    // A list is searched: few actions are asked for often, and the others need not be remembered.
    if (actions.length < REMEMBERED) actions.push(this.#schema.actions.get(action.key)!);
    this.#fitting.set(principal.type, byResource.set(resource.type, actions));
  }

  /** Of an enumerated type not every id fits. */
  #isEnum({ type }: EntityUid): boolean {
    return this.#schema.entityTypes.get(type)?.kind === 'enum';
  }
}
