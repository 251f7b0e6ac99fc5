/**
 * Format — the drop-in's `formatPolicies`; comments are those that the official formatter keeps.
 */
import { formatPolicies as format } from '../format/format.ts';
import { members, requireShallow, signedSizeOf, sizeOf, stringOf } from './call.ts';
import { leadingError } from './detailed-error.ts';
import type { Failure } from './policies.ts';

export type FormattingAnswer = { readonly type: 'success'; readonly formatted_policy: string } | Failure;

/** Lays out policies; `call` is `{ policyText, lineWidth?, indentWidth? }`. */
export function formatPolicies(call: unknown): FormattingAnswer {
  requireShallow(call);
  const given = members(call, {
    name: 'FormattingCall',
    fields: ['policyText', 'lineWidth', 'indentWidth'],
    optional: ['lineWidth', 'indentWidth'],
  });
  const source = stringOf(given.policyText);
  const lineWidth = given.lineWidth === undefined ? undefined : sizeOf(given.lineWidth);
  const indentWidth = given.indentWidth === undefined ? undefined : signedSizeOf(given.indentWidth);
  const { text, diagnostics } = format(source, { lineWidth, indentWidth, comments: 'official' });
  if (text === undefined)
    return { type: 'failure', errors: [leadingError(diagnostics, source, 'cannot parse input policies')] };
  return { type: 'success', formatted_policy: text };
}
