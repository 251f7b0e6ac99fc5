/**
 * Value — what an expression evaluates to.
 *
 * Spec:  Cedar.Spec.Value: Prim, Value;  Cedar.Spec.Ext: Ext
 */
import type { Datetime } from './datetime.ts';
import type { Decimal } from './decimal.ts';
import type { Duration } from './duration.ts';
import type { EntityUid } from './entity-uid.ts';
import type { IpAddr } from './ipaddr.ts';
import type { Long } from './long.ts';
import type { CedarRecord } from './record.ts';
import type { CedarSet } from './set.ts';
import type { Unknown } from './unknown.ts';

/** A literal: Bool, Long, String or entity uid. */
export type Prim = boolean | Long | string | EntityUid;

/** A value of an extension type. */
export type Ext = Decimal | IpAddr | Datetime | Duration;

export type Value = Prim | CedarSet | CedarRecord | Ext | Unknown;
