/**
 * Policy set error — why a set refused a change.
 *
 * A file of its own, since modules that were built ahead of time throw it and have no policy set.
 */
import { CedarmillError } from '../value/cedarmill-error.ts';
import type { SlotId } from './policy.ts';

export type PolicySetErrorCode =
  | 'duplicateId'
  | 'notStatic'
  | 'notATemplate'
  | 'unknownTemplate'
  | 'wrongSlotValues'
  | 'unknownPolicy'
  | 'unknownLink'
  | 'templateInUse';

/** A change that a policy set refuses; the set is as it was before. */
export class PolicySetError extends CedarmillError {
  static override readonly kind = 'PolicySetError';
  override readonly name = 'PolicySetError';
  declare readonly code: PolicySetErrorCode;
  /** The id in question. */
  readonly id: string;
  /** With `wrongSlotValues`: slots of the template without a value. */
  readonly missing: readonly SlotId[];
  /** With `wrongSlotValues`: values for slots that the template does not have. */
  readonly extra: readonly SlotId[];

  constructor(code: PolicySetErrorCode, id: string, message: string, slots: WrongSlots = NO_WRONG_SLOTS) {
    super(code, message);
    this.id = id;
    this.missing = slots.missing;
    this.extra = slots.extra;
  }
}

interface WrongSlots {
  readonly missing: readonly SlotId[];
  readonly extra: readonly SlotId[];
}

const NO_WRONG_SLOTS: WrongSlots = { missing: [], extra: [] };
