/**
 * Call reading — what the reader of calls (codegen/runtime/graph/call-reader.ts) asks of the data format, and of the schema if there is one.
 *
 * Each answer is that of the exact reader (listed-entity.ts, typed-listed-entity.ts), or leaves the question to it.
 */
import type { CallReading } from '../../../codegen/index.ts';
import { DataError, DataPath } from '../../parser/data/data-path.ts';
import { isEntityType } from '../../parser/data/uid.ts';
import { type DataGuide, valueFromData } from '../../parser/data/value.ts';
import type { Schema } from '../../schema/schema.ts';
import { checkUidsIn, mismatch } from '../../validator/conformance/conformance.ts';
import { schemaGuide, typedValueFromData } from '../../validator/conformance/typed-data.ts';
import type { EntityView } from '../../value/entities.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import type { Value } from '../../value/value.ts';
import { EntityStore } from '../entity-store.ts';
import { ListedEntity, type PlainEntity, SOMEWHERE } from './listed-entity.ts';
import { TypedListedEntity } from './typed-listed-entity.ts';

export function callReading(schema: Schema | undefined): CallReading {
  return schema === undefined ? UNTYPED : new TypedCallReading(schema);
}

/** The value that JSON in a context stands for, without a schema; `undefined` if it is none. */
export function contextValueOf(data: unknown): Value | undefined {
  return unlessRefused(() => valueFromData(data, IN_CONTEXT));
}

/** As deep as a member of a context. */
const IN_CONTEXT = DataPath.root('context', '', 1);

const UNTYPED: CallReading = {
  isType: isEntityType,
  mayBeBelow: () => true,
  isTyped: false,
  readsBy: () => true,
  valueOf: (data) => unlessRefused(() => valueFromData(data, SOMEWHERE)),
  declaredValueOf: () => undefined,
  viewOf: (entity, list) => new ListedEntity(entity as PlainEntity, () => EntityStore.from(list as object[])),
  actionAncestors: () => undefined,
};

/** It says nothing about what it cannot read at once. */
class TypedCallReading implements CallReading {
  readonly isTyped = true;
  readonly #schema: Schema;
  readonly #guide: DataGuide;

  constructor(schema: Schema) {
    this.#schema = schema;
    this.#guide = schemaGuide(schema);
  }

  isType(type: string): boolean {
    return this.#schema.entityTypes.has(type);
  }

  mayBeBelow(type: string, parent: string): boolean {
    const { entityTypes } = this.#schema;
    const entry = entityTypes.get(type);
    return entry?.kind === 'standard' && entry.ancestors.has(parent) && entityTypes.get(parent)?.kind === 'standard';
  }

  readonly readsBy = (schema: object): boolean => schema === this.#schema;

  valueOf(): undefined {
    return undefined;
  }

  declaredValueOf(type: string, attribute: string, data: unknown): Value | undefined {
    const entry = this.#schema.entityTypes.get(type);
    const declared = entry?.kind === 'standard' ? entry.attributes.attributes.get(attribute)?.type : undefined;
    if (declared === undefined) return undefined;
    const value = unlessRefused(() => typedValueFromData(data, declared, SOMEWHERE));
    if (value === undefined || mismatch(value, declared) !== undefined) return undefined;
    return checkUidsIn(value, this.#schema) === undefined ? value : undefined;
  }

  viewOf(entity: object, list: readonly unknown[]): EntityView {
    const plain = entity as PlainEntity;
    const [schema, guide] = [this.#schema, this.#guide];
    const withExactError = () => EntityStore.from(list as object[], { schema });
    return new TypedListedEntity(plain, schema.entityTypes.get(plain.uid.type)!, { schema, guide, withExactError });
  }

  actionAncestors(type: string, id: string): readonly EntityUid[] | undefined {
    return this.#schema.actions.get(new EntityUid(type, id).key)?.ancestors;
  }
}

function unlessRefused(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
