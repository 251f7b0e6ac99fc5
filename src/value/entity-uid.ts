/**
 * Entity uid — an entity type name and an entity id.
 *
 * Spec:  Cedar.Spec.Value: EntityType, EntityUID
 */
import { quote } from './quote.ts';

/** A fully qualified entity type name in normal form, such as `PhotoFlash::User`. */
export type EntityType = string;

/** Names one entity; two uids are the same entity iff type and id are the same code points. */
export class EntityUid {
  readonly type: EntityType;
  readonly id: string;

  constructor(type: EntityType, id: string) {
    this.type = type;
    this.id = id;
  }

  equals(other: EntityUid): boolean {
    return this.id === other.id && this.type === other.type;
  }

  /** See type-name.ts. */
  get typeName(): string {
    return `(entity of type \`${this.type}\`)`;
  }

  /** See value-key.ts; the length closes the id. */
  get key(): string {
    return `${this.type}::${this.id.length}"${this.id}`;
  }

  /** So that `JSON.stringify` writes `{ type, id }`, of handles too. */
  toJSON(): { readonly type: string; readonly id: string } {
    return { type: this.type, id: this.id };
  }

  /** Cedar text, such as `User::"alice"`. */
  toString(): string {
    return `${this.type}::${quote(this.id)}`;
  }
}

/** Is `Action` the last part of the name? */
export function isActionType(type: EntityType): boolean {
  return type === 'Action' || type.endsWith('::Action');
}
