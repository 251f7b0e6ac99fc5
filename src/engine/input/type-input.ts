/**
 * Type input — the ways in which an application may name an entity type.
 */
import { DataError, DataPath } from '../../parser/data/data-path.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import type { UidInput } from './uid-input.ts';

/** An entity of which only the type is known: `{ type: 'Doc' }`, or the type's name alone. */
export type TypeInput = string | { readonly type: string; readonly id?: undefined };

/** The type, if there is no id. */
export function typeOfInput(input: UidInput | TypeInput): string | undefined {
  if (typeof input === 'string') return input.includes('"') ? undefined : input;
  if (input instanceof EntityUid || typeof input !== 'object' || input === null || '__entity' in input)
    return undefined;
  return 'id' in input && input.id !== undefined ? undefined : typeof input.type === 'string' ? input.type : undefined;
}

/** Throws `DataError` where an id is given as well. */
export function typeFromInput(input: TypeInput, name: string): string {
  const type = typeOfInput(input);
  if (type !== undefined) return type;
  throw new DataError(DataPath.root(name, ''), `expected the name of an entity type, such as \`{ type: 'Doc' }\``);
}
