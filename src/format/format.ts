/**
 * Format — policy text in the official layout.
 *
 *     text → tokens with comments → concrete tree → document → text, which is parsed again and compared
 *
 * The official formatter loses some comments (those of trailing commas). With `comments: 'all'`, as by default,
 * these move to the next token; with `'official'` the text is the official one to the letter.
 */
import { parsePolicies } from '../parser/text/policy.ts';
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Policy } from '../syntax/policy.ts';
import { printPolicy } from '../syntax/print.ts';
import { CompilerBug } from '../value/unreachable.ts';
import { withoutBlankLines } from './blank-lines.ts';
import { render } from './document.ts';
import { parseConcrete } from './parse-concrete.ts';
import { PolicyLayout } from './policy-layout.ts';
import { Tokens } from './tokens.ts';

export interface FormatOptions {
  /** Columns that a line shall not go beyond; 80 unless given. */
  readonly lineWidth?: number | undefined;
  /** Columns of one indentation; 2 unless given. */
  readonly indentWidth?: number | undefined;
  /** Whether to keep all comments, as by default, or those that the official formatter keeps. */
  readonly comments?: 'all' | 'official' | undefined;
}

export type FormattedPolicies =
  | { readonly text: string; readonly diagnostics: readonly [] }
  /** The text does not parse. */
  | { readonly text: undefined; readonly diagnostics: readonly Diagnostic[] };

/**
 * Lays out a text of policies and templates.
 *
 *     formatPolicies('permit(principal,action,resource);').text === 'permit (principal, action, resource);\n'
 */
export function formatPolicies(source: string, options: FormatOptions = {}): FormattedPolicies {
  const parsed = parsePolicies(source);
  if (parsed.diagnostics.length > 0) return { text: undefined, diagnostics: parsed.diagnostics };
  const text = layOut(Tokens.of(source), options);
  requireUnchanged(parsed.policies, text);
  return { text, diagnostics: [] };
}

function layOut(given: Tokens, { lineWidth = 80, indentWidth = 2, comments = 'all' }: FormatOptions): string {
  const tokens = comments === 'all' ? withClaimableComments(given) : given;
  const layout = new PolicyLayout(tokens, indentWidth);
  const policies = parseConcrete(tokens.all).map((policy) =>
    withoutBlankLines(render(layout.layout(policy), lineWidth)),
  );
  return `${[policies.join('\n\n'), ...tokens.atEnd].join('\n')}\n`;
}

/** Moves the comments that a layout leaves out to the next token, until it leaves out none. */
function withClaimableComments(tokens: Tokens): Tokens {
  let kept = tokens;
  for (;;) {
    const trial = kept.moved(new Set());
    const layout = new PolicyLayout(trial, 0);
    for (const policy of parseConcrete(trial.all)) layout.layout(policy);
    const lost = trial.unclaimed();
    if (lost.length === 0) return kept;
    kept = kept.moved(new Set(lost));
  }
}

function requireUnchanged(policies: readonly Policy[], text: string): void {
  const again = parsePolicies(text);
  if (again.diagnostics.length === 0 && meaningOf(again.policies) === meaningOf(policies)) return;
  throw new CompilerBug('the formatter changed the meaning of a policy');
}

/** Printed, for the JSON of a long chain is nested deeper than the stack. */
function meaningOf(policies: readonly Policy[]): string {
  return policies.map(printPolicy).join('\n');
}
