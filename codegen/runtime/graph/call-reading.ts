/**
 * Call reading — what the reader of calls asks of those who know the data format, and the schema if there is one.
 */
import type { EntityView } from '../../../src/value/entities.ts';
import type { EntityUid } from '../../../src/value/entity-uid.ts';
import type { Value } from '../../../src/value/value.ts';
import type { ListedMembers } from './call-slot.ts';

export interface CallReading {
  /** Whether entities may be of a type. */
  isType(type: string): boolean;
  /** Whether an entity may have a parent of that type. */
  mayBeBelow(type: string, parent: string): boolean;
  /** Whether entities must fit a schema. */
  readonly isTyped: boolean;
  /** Whether own objects may be read by that schema. */
  readonly readsBy: (schema: object) => boolean;
  /** The value that JSON stands for; `undefined` if it is none. */
  valueOf(data: unknown): Value | undefined;
  /** The same of an attribute of entities of a type, as a schema declares it. */
  declaredValueOf(type: string, attribute: string, data: unknown): Value | undefined;
  /** An entity of a list, for tags and errors. */
  viewOf(entity: ListedMembers, list: readonly unknown[]): EntityView;
  /** All ancestors of an action, where a schema says them. */
  actionAncestors(type: string, id: string): readonly EntityUid[] | undefined;
}
