/**
 * Uid input — the ways in which a request may name an entity.
 */
import { EntityHandle, plainUid } from '../../codegen/runtime/store.ts';
import { uidFromData } from '../parser/data.ts';
import { DataError, Place } from '../parser/data-place.ts';
import { parseEntityUid } from '../parser/text.ts';
import { EntityUid } from '../value/entity-uid.ts';

/** `User::"alice"` as Cedar text, as `{ type, id }`, as an `EntityUid`, or as a handle of the entity store. */
export type UidInput = string | { readonly type: string; readonly id: string } | EntityUid | EntityHandle;

/** Throws `DataError`; `name` begins the path in its message. */
export function uidFromInput(input: UidInput, name: string): EntityUid {
  if (input instanceof EntityUid) return input;
  if (input instanceof EntityHandle) return input.uid;
  if (typeof input !== 'string') return uidFromData(input, Place.root(name, `in ${name}, `));
  return plainUid(input) ?? parsedUid(input, name);
}

function parsedUid(text: string, name: string): EntityUid {
  const parsed = parseEntityUid(text);
  if (parsed.ok) return parsed.value;
  const [problem] = parsed.diagnostics;
  throw new DataError(Place.root(name, ''), `\`${text}\` is no entity uid: ${problem?.message}`);
}
