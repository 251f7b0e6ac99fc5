/**
 * Formal validator — the typechecker that the soundness proof is about, as an oracle.
 *
 * It answers for core policies without slots; strict mode only.
 */
import { type Datum, dafny, Types, Validator, Values } from '../../proofs/generated/model.js';
import type { Schema } from '../../src/schema/schema.ts';
import type { RecordType, SchemaType } from '../../src/schema/type.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import type { Entity } from '../../src/value/entities.ts';
import type { Request } from '../../src/value/request.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import { formalEntities, formalPolicy, formalRequest, formalUid } from './formal-data.ts';

const EXT = {
  decimal: Types.ExtType.create_DecimalType,
  ipaddr: Types.ExtType.create_IPAddrType,
  datetime: Types.ExtType.create_DatetimeType,
  duration: Types.ExtType.create_DurationType,
} as const;

function formalType(type: SchemaType): Datum {
  switch (type.kind) {
    case 'bool':
      return Types.CedarType.create_BoolType(Types.BoolType.create_AnyBool());
    case 'long':
      return Types.CedarType.create_IntType();
    case 'string':
      return Types.CedarType.create_StringType();
    case 'entity':
      return Types.CedarType.create_EntityOf(type.name);
    case 'set':
      return Types.CedarType.create_SetOf(formalType(type.element));
    case 'record':
      return Types.CedarType.create_RecordOf(formalRecordType(type));
    case 'ext':
      return Types.CedarType.create_ExtOf(EXT[type.name]());
    default:
      return unreachable(type);
  }
}

function formalRecordType({ attributes }: RecordType): unknown {
  const pairs = [...attributes].map(
    ([name, { type, required }]) => [name, Types.QualifiedType.create_Qualified(formalType(type), required)] as const,
  );
  return dafny.Map.of(...pairs);
}

export function formalSchema(schema: Schema): Datum {
  const types = [...schema.entityTypes].map(([name, entry]) => {
    if (entry.kind === 'enum') return [name, Types.EntitySchemaEntry.create_Enum(setOf(entry.ids))] as const;
    if (entry.kind === 'external') throw new Error(`the formal validator knows complete schemas only: ${name}`);
    const tags =
      entry.tags === undefined ? Values.Option.create_None() : Values.Option.create_Some(formalType(entry.tags));
    const attributes = formalRecordType(entry.attributes);
    return [name, Types.EntitySchemaEntry.create_Standard(setOf(entry.ancestors), attributes, tags)] as const;
  });
  const actions = [...schema.actions.values()].map((action) => {
    const { appliesToPrincipal, appliesToResource, ancestors, context } = action;
    const entry = Types.ActionSchemaEntry.create_ActionSchemaEntry(
      setOf(appliesToPrincipal),
      setOf(appliesToResource),
      setOf(ancestors.map(formalUid)),
      formalRecordType(context),
    );
    return [formalUid(action.uid), entry] as const;
  });
  return Validator.Schema.create_Schema(dafny.Map.of(...types), dafny.Map.of(...actions));
}

function setOf(elements: Iterable<unknown>): unknown {
  return dafny.Set.fromElements(...elements);
}

/** Whether the policy is well typed in every environment of the schema. */
export function validates(policy: CorePolicy, schema: Datum): boolean {
  return Validator.__default.validates(formalPolicy(policy), schema) as boolean;
}

export function requestIsValid(request: Request, schema: Datum): boolean {
  return Validator.__default.requestIsValid(formalRequest(request), schema) as boolean;
}

/** The entities must hold the schema's actions. */
export function entitiesAreValid(entities: Iterable<Entity>, schema: Datum): boolean {
  return Validator.__default.entitiesAreValid(formalEntities(entities), schema) as boolean;
}
