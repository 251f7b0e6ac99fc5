/**
 * Uid input — the ways in which an application may name an entity.
 */
import type { EntityHandle } from '../../../codegen/index.ts';
import { DataPath } from '../../parser/data/data-path.ts';
import { uidFromData } from '../../parser/data/uid.ts';
import type { EntityUid } from '../../value/entity-uid.ts';

/** `User::"alice"` as Cedar text, as `{ type, id }`, as the JSON `{ __entity: … }`, as an `EntityUid`, or as a handle of an entity store. */
export type UidInput =
  | string
  | { readonly type: string; readonly id: string }
  | { readonly __entity: { readonly type: string; readonly id: string } }
  | EntityUid
  | EntityHandle;

/** Throws `DataError`; `name` begins the path in its message. */
export function uidFromInput(input: UidInput, name: string): EntityUid {
  return uidFromData(input, DataPath.root(name, `in ${name}, `));
}
