/**
 * Lifecycle — sequences of everything that an application does to policies, entities and engines, each answer held against the model on the data of
 * that moment.
 */
import type { Finding } from '../finding.ts';
import { guarded } from '../finding.ts';
import type { Found } from '../fuzz.ts';
import type { Difference } from '../lifecycle/machine.ts';
import type { Operation } from '../lifecycle/operation.ts';
import type { Pairs } from '../lifecycle/pairs.ts';
import { scriptOf } from '../lifecycle/script.ts';
import { differenceOf, type Lived, liveFrom } from '../lifecycle/sequence.ts';
import { shrunk } from '../lifecycle/shrink.ts';

export interface Checked {
  readonly found: Found | undefined;
  /** The number of operations. */
  readonly count: number;
}

export function liveAndCheck(seed: number, pairs?: Pairs): Checked {
  let lived: Lived | undefined;
  const broken = guarded('lifecycle', () => {
    lived = liveFrom(seed, pairs);
    return undefined;
  });
  const replay = `lifecycle:life:${seed.toString(36)}`;
  if (broken !== undefined) return { found: { finding: broken, replay, files: () => ({}) }, count: 1 };
  const { profile, operations, difference, count } = lived!;
  if (difference === undefined) return { found: undefined, count };
  return {
    found: { finding: findingOf(profile, difference), replay, files: () => filesOf(operations, difference) },
    count,
  };
}

function findingOf(profile: string, { kind, operation, expected, actual }: Difference): Finding {
  return {
    target: 'lifecycle',
    oracle: `${kind} at ${operation.kind} after a life of ${profile}`,
    what: JSON.stringify(operation),
    expected: shown(expected),
    actual: shown(actual),
  };
}

function shown(value: unknown): unknown {
  return value instanceof Error ? `${value.name}: ${value.message}` : value;
}

function filesOf(operations: readonly Operation[], difference: Difference): Record<string, string> {
  const smallest = shrunk(operations, difference.kind);
  return { 'sequence.test.ts.txt': scriptOf(smallest, differenceOf(smallest) ?? difference) };
}
