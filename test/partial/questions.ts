/**
 * Questions — what the recorded questions about partial evaluation are made of, read as the engine reads it.
 */

import { DataPath } from '../../src/parser/data/data-path.ts';
import { entitiesFromData, partialEntityFromData } from '../../src/parser/data/entities.ts';
import { uidFromData } from '../../src/parser/data/uid.ts';
import { contextFromData } from '../../src/parser/data/value.ts';
import { parsePolicies } from '../../src/parser/text/policy.ts';
import { ListedEntities } from '../../src/partial/partial-entities.ts';
import { type PartialRequest, type PartialUid, partialUid } from '../../src/partial/partial-request.ts';
import { TypedPolicies } from '../../src/partial/policies.ts';
import { parseSchema } from '../../src/schema/parse-schema.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { PolicySet } from '../../src/syntax/policy-set.ts';
import { conformingEntities } from '../../src/validator/conformance/conformance.ts';
import { schemaGuide, typedContextFromData } from '../../src/validator/conformance/typed-data.ts';
import type { Entities, Entity } from '../../src/value/entities.ts';
import { type EntityUid, isActionType } from '../../src/value/entity-uid.ts';
import type { CedarRecord } from '../../src/value/record.ts';
import type { Request } from '../../src/value/request.ts';

/** The runner reads questions by `JSON.parse`, so that large integers come rounded, as numbers. */
const AS_JSON = { asJson: true } as const;

export interface RequestJson {
  readonly principal: { readonly type: string; readonly id?: string };
  readonly action: { readonly type: string; readonly id: string };
  readonly resource: { readonly type: string; readonly id?: string };
  readonly context: unknown;
}

/** Policies and schema, as a question gives them. */
export function readSets(question: { policies: string; schema: string }): {
  schema: Schema;
  set: PolicySet;
  policies: TypedPolicies;
} {
  const { schema, diagnostics } = parseSchema(question.schema);
  if (schema === undefined) throw new Error(`schema: ${diagnostics[0]?.message}`);
  const parsed = parsePolicies(question.policies);
  if (parsed.diagnostics.length > 0) throw new Error(`policies: ${parsed.diagnostics[0]?.message}`);
  const set = PolicySet.of(parsed.policies);
  return { schema, set, policies: new TypedPolicies(set, schema) };
}

export function readUid(json: unknown): EntityUid {
  return uidFromData(json, DataPath.root('uid', ''));
}

export function readPartialUid(json: RequestJson['principal']): PartialUid {
  return json.id === undefined ? { type: json.type, uid: undefined } : partialUid(readUid(json));
}

export function readUntypedContext(json: unknown): CedarRecord {
  return contextFromData(json, DataPath.root('context', ''), AS_JSON);
}

function readContext(json: unknown, action: EntityUid, schema: Schema): CedarRecord {
  const type = schema.actions.get(action.key)?.context;
  return type === undefined
    ? readUntypedContext(json)
    : typedContextFromData(json, type, DataPath.root('context', ''), AS_JSON);
}

export function readPartialRequest(json: RequestJson, schema: Schema): PartialRequest {
  const action = readUid(json.action);
  const known = json.context !== null && json.context !== undefined;
  return {
    principal: readPartialUid(json.principal),
    action,
    resource: readPartialUid(json.resource),
    context: known ? readContext(json.context, action, schema) : undefined,
  };
}

export function readRequest(json: RequestJson, schema: Schema): Request {
  const action = readUid(json.action);
  return {
    principal: readUid(json.principal),
    action,
    resource: readUid(json.resource),
    context: readContext(json.context ?? {}, action, schema),
  };
}

export function readEntityList(json: unknown, schema: Schema): Entity[] {
  return entitiesFromData(json, { ...AS_JSON, guide: schemaGuide(schema, AS_JSON) });
}

export function readEntities(json: unknown, schema: Schema): Entities {
  return conformingEntities(readEntityList(json, schema), schema);
}

export function readPartialEntities(json: unknown, schema: Schema): ListedEntities {
  const place = DataPath.root('entities', '');
  const guide = schemaGuide(schema, AS_JSON);
  const list = (json as unknown[]).map((each, i) => partialEntityFromData(each, place.at(i), { ...AS_JSON, guide }));
  return ListedEntities.from(list, schema);
}

/** Concrete entities as partial ones: in the concrete format absent tags mean none, and actions may be given as the schema declares them. */
export function readWholeAsPartial(json: unknown, schema: Schema): ListedEntities {
  return wholeAsPartial(readEntities(json, schema), schema);
}

export function wholeAsPartial(entities: Entities, schema: Schema): ListedEntities {
  return ListedEntities.from(
    [...entities].filter(({ uid }) => !isActionType(uid.type)),
    schema,
  );
}
