/**
 * Uid input — the ways in which an application may name an entity.
 */
import type { EntityHandle } from '../../../codegen/index.ts';
import { DataError, DataPath } from '../../parser/data/data-path.ts';
import { uidFromData } from '../../parser/data/uid.ts';
import type { Schema } from '../../schema/schema.ts';
import { EntitySource } from '../../value/entity-source.ts';
import { EntityUid } from '../../value/entity-uid.ts';

/** `User::"alice"` as Cedar text, as `{ type, id }`, as the JSON `{ __entity: … }`, as an `EntityUid`, or as a handle of an entity store. */
export type UidInput =
  | string
  | { readonly type: string; readonly id: string }
  | { readonly __entity: { readonly type: string; readonly id: string } }
  | EntityUid
  | EntityHandle;

/** Throws `DataError`; `name` begins the path in its message. */
export function uidFromInput(input: UidInput, name: string): EntityUid {
  // It brings its entity along.
  if (input instanceof EntitySource) return input;
  return uidFromData(input, DataPath.root(name, `in ${name}, `));
}

/** An action by its uid, or by its id alone where the schema has actions of one type only. Throws `DataError`. */
export function actionFromInput(input: UidInput, schema: Schema): EntityUid {
  if (typeof input !== 'string' || input.includes('"')) return uidFromInput(input, 'action');
  const [type, ...others] = schema.actionTypes;
  if (type === undefined || others.length > 0)
    throw new DataError(DataPath.root('action', ''), `expected the uid of an action, such as \`Action::"${input}"\``);
  const uid = new EntityUid(type, input);
  // What is not an action but looks like a uid without quotes is told so.
  return !input.includes('::') || schema.actions.has(uid.key) ? uid : uidFromInput(input, 'action');
}
