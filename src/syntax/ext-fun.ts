/**
 * Extension functions — which are called as functions and which as methods.
 *
 * Spec:  Cedar.Spec.ExtFun: ExtFun
 */
import type { ExtFun } from './core.ts';

/** Called as `name(argument)`. */
export const CONSTRUCTORS: ReadonlySet<string> = new Set<ExtFun>(['decimal', 'ip', 'datetime', 'duration']);

/** Called as `receiver.name(arguments)`; the receiver is the first argument. */
export const EXTENSION_METHODS: ReadonlySet<string> = new Set<ExtFun>([
  'lessThan',
  'lessThanOrEqual',
  'greaterThan',
  'greaterThanOrEqual',
  'isIpv4',
  'isIpv6',
  'isLoopback',
  'isMulticast',
  'isInRange',
  'offset',
  'durationSince',
  'toDate',
  'toTime',
  'toMilliseconds',
  'toSeconds',
  'toMinutes',
  'toHours',
  'toDays',
]);

/** Methods of the language itself, with the number of arguments after the receiver. */
export const BUILTIN_METHODS: ReadonlyMap<string, number> = new Map([
  ['contains', 1],
  ['containsAll', 1],
  ['containsAny', 1],
  ['isEmpty', 0],
  ['getTag', 1],
  ['hasTag', 1],
]);
