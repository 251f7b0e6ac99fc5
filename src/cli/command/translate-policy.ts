/**
 * Translate policy — between Cedar text and the JSON policy format.
 */

import { failure } from '../../build/input.ts';
import { policySetToJson } from '../../syntax/policy-json.ts';
import { printPolicy } from '../../syntax/print.ts';
import { ExitCode } from '../exit-code.ts';
import { loadPolicies } from '../load.ts';
import type { Output } from '../output.ts';

export interface TranslatePolicyOptions {
  readonly direction: 'cedar-to-json' | 'json-to-cedar';
  readonly policies?: string | undefined;
}

export function translatePolicy({ direction, policies }: TranslatePolicyOptions, output: Output): ExitCode {
  const set = loadPolicies({ policies, policyFormat: direction === 'json-to-cedar' ? 'json' : 'cedar' });
  if (direction === 'cedar-to-json') {
    output.line(exactJson(policySetToJson(set)));
    return ExitCode.success;
  }
  if (!set.links().next().done) throw failure('a policy set with template-linked policies has no Cedar text');
  output.line([...set.written()].map(printPolicy).join('\n\n'));
  return ExitCode.success;
}

/** JSON text in which Longs beyond 2^53 keep their digits. */
function exactJson(json: unknown): string {
  const mark = '\u0000';
  const text = JSON.stringify(
    json,
    (_key, value: unknown) => (typeof value === 'bigint' ? `${mark}${value}` : value),
    2,
  );
  return text.replace(/"\\u0000(-?\d+)"/g, '$1');
}
