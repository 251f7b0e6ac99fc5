/**
 * Listed entity — one entity of the list that comes with a request, as policies ask about it.
 *
 * A value, a parent or a tag is read when it is asked for; what is wrong with it is then told by reading the whole list as a store does.
 */
import { DataPath } from '../../parser/data/data-path.ts';
import { requireActionParent } from '../../parser/data/entities.ts';
import { uidFromData } from '../../parser/data/uid.ts';
import { valueFromData } from '../../parser/data/value.ts';
import type { EntityView, ValuesByName } from '../../value/entities.ts';
import { EntityUid, isActionType } from '../../value/entity-uid.ts';
import { hasOwnMember, ownMember } from '../../value/own-member.ts';
import type { Value } from '../../value/value.ts';

/** An entity of the form that is read without asking for more: plain members, no escape. */
export interface PlainEntity {
  readonly uid: { readonly type: string; readonly id: string };
  readonly attrs: PlainRecord;
  readonly parents: readonly unknown[];
  readonly tags?: PlainRecord | undefined;
}

export type PlainRecord = Readonly<Record<string, unknown>>;

export function isPlainEntity(data: unknown): data is PlainEntity {
  if (typeof data !== 'object' || data === null || Object.getPrototypeOf(data) !== Object.prototype) return false;
  const { uid, attrs, parents } = data as { readonly [member in keyof PlainEntity]?: unknown };
  return isPlainUid(uid) && isPlainRecord(attrs) && Array.isArray(parents);
}

export function isPlainUid(uid: unknown): uid is PlainEntity['uid'] {
  if (!isPlainRecord(uid)) return false;
  const { type, id, __entity, __expr } = uid;
  return (
    typeof type === 'string' &&
    typeof id === 'string' &&
    id.isWellFormed() &&
    __entity === undefined &&
    __expr === undefined
  );
}

export function isPlainRecord(data: unknown): data is PlainRecord {
  if (typeof data !== 'object' || data === null) return false;
  const prototype = Object.getPrototypeOf(data);
  return prototype === Object.prototype || prototype === null;
}

/** Where an error is is found out by reading all data once more. As deep as the value of an attribute in the list. */
export const SOMEWHERE = DataPath.root('entities', '', 3);

export class ListedEntity implements EntityView {
  readonly #entity: PlainEntity;
  readonly #withExactError: () => unknown;

  /** `withExactError` reads all data as a store does, and so throws what tells the place of what is wrong. */
  constructor(entity: PlainEntity, withExactError: () => unknown) {
    this.#entity = entity;
    this.#withExactError = withExactError;
  }

  get attrs(): ValuesByName {
    return new ListedValues(this.#entity.attrs, this.#withExactError);
  }

  get tags(): ValuesByName {
    const tags = ownMember(this.#entity, 'tags') as PlainRecord | undefined;
    if (tags !== undefined && !isPlainRecord(tags)) this.#withExactError();
    return new ListedValues(tags ?? {}, this.#withExactError);
  }

  get parents(): readonly EntityUid[] {
    const { uid, parents } = this.#entity;
    if (parents.length === 0) return [];
    return told(this.#withExactError, () => {
      const uids = parents.map((parent) => uidFromData(parent, SOMEWHERE));
      if (isActionType(uid.type))
        for (const parent of uids) requireActionParent(new EntityUid(uid.type, uid.id), parent);
      return uids;
    });
  }
}

class ListedValues implements ValuesByName {
  readonly #data: PlainRecord;
  readonly #withExactError: () => unknown;

  constructor(data: PlainRecord, withExactError: () => unknown) {
    this.#data = data;
    this.#withExactError = withExactError;
  }

  get(name: string): Value | undefined {
    if (!this.has(name)) return undefined;
    return told(this.#withExactError, () => valueFromData(this.#data[name], SOMEWHERE));
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#data, name) && hasOwnMember(this.#data, name);
  }

  keys(): Iterable<string> {
    return Object.keys(this.#data);
  }
}

/** What `read` gives; what it throws is told with its place. */
export function told<T>(withExactError: () => unknown, read: () => T): T {
  try {
    return read();
  } catch (error) {
    withExactError();
    throw error;
  }
}
