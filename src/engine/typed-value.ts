/**
 * Typed value — what a store gives out, as a schema types it. Types only: nothing of this file is there at run time.
 *
 * The interfaces of a schema say what entities are written as (typed-input.ts); here is what these forms stand for.
 */
import type { Datetime } from '../value/datetime.ts';
import type { Decimal } from '../value/decimal.ts';
import type { Duration } from '../value/duration.ts';
import type { EntityEntry } from '../value/entity-entry.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { IpAddr } from '../value/ipaddr.ts';
import type { Long } from '../value/long.ts';
import type { CedarRecord } from '../value/record.ts';
import type { CedarSet } from '../value/set.ts';
import type { Value } from '../value/value.ts';
import type { EntityMap, NameOf } from './typed-input.ts';

/** An entity as a store gives it out: its values, under the names that the schema declares. */
export type EntityEntryOf<Entities extends EntityMap<Entities>, T extends NameOf<Entities>> = [keyof Entities] extends [
  never,
]
  ? EntityEntry
  : TypedEntry<
      T,
      Entities[T & keyof Entities]['id'],
      Entities[T & keyof Entities]['attrs'],
      Entities[T & keyof Entities]['parents'],
      Entities[T & keyof Entities]['tags']
    >;

interface TypedEntry<Type extends string, Id extends string, Attrs, Parents extends string, Tags> extends EntityEntry {
  readonly uid: UidValue<Type, Id>;
  readonly attrs: FieldValues<Attrs>;
  readonly parents: readonly UidValue<Parents>[];
  readonly tags: ReadonlyMap<string, ValueOf<Tags>>;
}

/** A uid that knows its type, and so may stand in typed requests. */
type UidValue<Type extends string, Id extends string = string> = EntityUid & { readonly type: Type; readonly id: Id };

/** The names of a record; none where nothing is declared. */
type FieldOf<Fields> = string extends keyof Fields ? never : keyof Fields & string;

/** Values by name. */
interface FieldValues<Fields> extends ReadonlyMap<string, Value> {
  get<Name extends FieldOf<Fields>>(name: Name): FieldValue<Fields[Name]>;
}

/** What is optional may be absent. */
type FieldValue<Input> = undefined extends Input ? ValueOf<Exclude<Input, undefined>> | undefined : ValueOf<Input>;

interface SetValue<Element> extends CedarSet {
  readonly elements: readonly ValueOf<Element>[];
}

interface RecordValue<Fields> extends CedarRecord {
  readonly fields: FieldValues<Fields>;
  get<Name extends FieldOf<Fields>>(name: Name): FieldValue<Fields[Name]>;
}

/** The value that an attribute, a tag or an element has, of the form that it is written in. Only uids and extension values are written as texts of a form. */
type ValueOf<Input> = [Input] extends [never]
  ? never
  : [Input] extends [boolean]
    ? boolean
    : [Input] extends [Long]
      ? Long
      : [Input] extends [string]
        ? string
        : string extends Input
          ? ExtensionValue<Input>
          : [Extract<Input, readonly unknown[]>] extends [never]
            ? ObjectValue<Input>
            : SetValue<Extract<Input, readonly unknown[]>[number]>;

type ExtensionValue<Input> = Date extends Input
  ? Datetime
  : ExtensionFunction<Input> extends 'ip'
    ? IpAddr
    : ExtensionFunction<Input> extends 'decimal'
      ? Decimal
      : Duration;
type ExtensionFunction<Input> = Extract<Input, { readonly __extn: { readonly fn: string } }>['__extn']['fn'];

/** A uid is written as text too. */
type ObjectValue<Input> = [Extract<Input, string>] extends [never]
  ? RecordValue<Input>
  : UidValue<UidObject<Input>['type'], UidObject<Input>['id']>;
type UidObject<Input> = Extract<Input, { readonly type: string; readonly id: string }>;
