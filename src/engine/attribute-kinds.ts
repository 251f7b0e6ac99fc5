/**
 * Attribute kinds — the kinds that a schema gives attributes by their names alone, for the compiler.
 *
 * Names suffice for most schemas. They hold for all entity types, so policies on several types share their code.
 */
import type { AttributeKinds, Kind } from '../../codegen/index.ts';
import type { Schema } from '../schema/schema.ts';
import type { RecordType } from '../schema/type.ts';

/** The kinds of attributes in all entities, contexts and nested records that fit the schema. */
export function attributeKinds({ entityTypes, actions }: Schema): AttributeKinds {
  const kinds = new Map<string, Kind>();
  // A record type that several mention is one object.
  const learnt = new Set<RecordType>();
  const learn = (record: RecordType): void => {
    if (learnt.has(record)) return;
    learnt.add(record);
    for (const [name, { type }] of record.attributes) {
      const known = kinds.get(name);
      kinds.set(name, known === undefined || known === type.kind ? type.kind : 'any');
      if (type.kind === 'record') learn(type);
    }
  };
  for (const entry of entityTypes.values()) if (entry.kind === 'standard') learn(entry.attributes);
  for (const { context } of actions.values()) learn(context);
  return kinds;
}
