/**
 * Needs — what a decision about an action can read, as data: for loaders, for logs, for the columns of a select.
 */
import { evaluate } from '../partial/evaluate.ts';
import { Needs as Gathered } from '../partial/needs.ts';
import { actionsOf } from '../partial/partial-entities.ts';
import { environmentOf } from '../partial/partial-request.ts';
import type { Schema } from '../schema/schema.ts';
import { compareCodePoints } from '../value/code-point.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { type TypeInput, typeFromInput } from './input/type-input.ts';
import type { UidInput } from './input/uid-input.ts';
import { actionFromInput } from './input/uid-input.ts';
import type { QueryContext } from './query-context.ts';

/** What is read of the entities of one type. Lists are sorted. */
export interface TypeNeeds {
  /** Attributes of the entity itself; what is inside of a record counts as its attribute. */
  readonly attributes: readonly string[];
  /** Names of tags; `'any'` if the policies compute a name. */
  readonly tags: readonly string[] | 'any';
  /** The types of ancestors that policies ask about. */
  readonly ancestors: readonly string[];
}

export interface Needs {
  readonly action: EntityUid;
  /** By the name of the type; a type of which nothing is read is left out. */
  readonly types: Readonly<Record<string, TypeNeeds>>;
  /** Attributes of the context; `'all'` if a policy takes it as a whole. */
  readonly context: readonly string[] | 'all';
  /** How many look-ups follow one another at most; a loader is asked about as often. */
  readonly depth: number;
}

/** Throws `SchemaRequired`, `ConformanceError` where the action does not apply to the type, and `PolicyValidationError`. */
export function needsOf(context: QueryContext, action: UidInput, resource: TypeInput | undefined): Needs {
  const schema = context.schema('what a decision needs');
  const uid = actionFromInput(action, schema);
  const type = resource === undefined ? undefined : typeFromInput(resource, 'resource');
  const gathered = new Gathered(schema);
  for (const request of requestsOf(uid, type, schema)) {
    const known = { request, entities: { get: (asked: EntityUid) => actionsOf(schema).get(asked.key) }, schema };
    const typed = context.typed(schema).of(environmentOf(request, schema));
    gathered.addAll(typed.map(({ residual }) => evaluate(residual, known)));
  }
  return { action: uid, types: typesOf(gathered), context: listed(gathered.context), depth: gathered.depth };
}

/** A request of which nothing is known but its types, for each type of principal, and of resource where none is asked for. */
function* requestsOf(action: EntityUid, resource: string | undefined, schema: Schema) {
  const entry = schema.actions.get(action.key);
  const [first] = schema.entityTypes.keys();
  const principals = entry?.appliesToPrincipal ?? new Set([first ?? '']);
  const resources = resource === undefined ? (entry?.appliesToResource ?? new Set([first ?? ''])) : [resource];
  for (const principal of principals) {
    for (const type of resources) {
      const uid = undefined;
      yield { principal: { type: principal, uid }, action, resource: { type, uid }, context: undefined };
    }
  }
}

function typesOf({ byType }: Gathered): Needs['types'] {
  const types: Record<string, TypeNeeds> = Object.create(null);
  for (const [type, { attributes, tags, ancestors }] of [...byType].sort(([a], [b]) => compareCodePoints(a, b)))
    types[type] = {
      attributes: sorted(attributes),
      tags: tags === 'any' ? tags : sorted(tags),
      ancestors: sorted(ancestors),
    };
  return types;
}

function listed(names: ReadonlySet<string> | 'all'): readonly string[] | 'all' {
  return names === 'all' ? names : sorted(names);
}

function sorted(names: Iterable<string>): string[] {
  return [...names].sort(compareCodePoints);
}
