/**
 * Uid input — the ways in which a request may name an entity.
 */
import { EntityHandle, plainUid } from '../../../codegen/runtime/store/store.ts';
import { DataError, DataPath } from '../../parser/data/data-path.ts';
import { uidFromData } from '../../parser/data/value.ts';
import { parseEntityUid } from '../../parser/text/text.ts';
import { EntityUid } from '../../value/entity-uid.ts';

/** `User::"alice"` as Cedar text, as `{ type, id }`, as an `EntityUid`, or as a handle of the entity store. */
export type UidInput = string | { readonly type: string; readonly id: string } | EntityUid | EntityHandle;

/** Throws `DataError`; `name` begins the path in its message. */
export function uidFromInput(input: UidInput, name: string): EntityUid {
  if (input instanceof EntityUid) return input;
  if (input instanceof EntityHandle) return input.uid;
  if (typeof input !== 'string') return uidFromData(input, DataPath.root(name, `in ${name}, `));
  return plainUid(input) ?? parsedUid(input, name);
}

function parsedUid(text: string, name: string): EntityUid {
  const parsed = parseEntityUid(text);
  if (parsed.ok) return parsed.value;
  const [problem] = parsed.diagnostics;
  throw new DataError(DataPath.root(name, ''), `\`${text}\` is no entity uid: ${problem?.message}`);
}
