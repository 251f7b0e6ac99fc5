/**
 * Type name — what evaluation errors call the type of a value.
 */
import type { Value } from './value.ts';

/** Stands for an entity of whatever type. */
export const ANY_ENTITY = '(entity of type `any_entity_type`)';

export function typeName(value: Value): string {
  switch (typeof value) {
    case 'boolean':
      return 'bool';
    case 'number':
    case 'bigint':
      return 'long';
    case 'string':
      return 'string';
    default:
      return value.typeName;
  }
}
