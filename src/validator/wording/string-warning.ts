/**
 * String warning — texts in policies that may not be what they look like.
 */

import type { Expr } from '../../syntax/core.ts';
import type { CorePolicy } from '../../syntax/core-policy.ts';
import { policyToExpr } from '../../syntax/desugar.ts';
import { printPattern } from '../../syntax/print.ts';
import type { Span } from '../../syntax/span.ts';
import { append } from '../../value/append.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import { escapeDebug } from '../../value/quote.ts';
import { subexpressions } from '../typecheck/subexpressions.ts';
import { isAllowedInIdentifier } from './identifier-status.ts';
import { isSingleScript } from './script.ts';
import type { Problem } from './validation-error.ts';

export function stringWarnings(policy: CorePolicy): Problem[] {
  const problems: Problem[] = [];
  for (const e of subexpressions(policyToExpr(policy))) append(problems, warningsOf(e));
  return problems;
}

function warningsOf(e: Expr): Problem[] {
  const { span } = e;
  switch (e.kind) {
    case 'lit':
      if (e.value instanceof EntityUid) return identifiers([...e.value.type.split('::'), e.value.id], span);
      return typeof e.value === 'string' ? text(e.value, span) : [];
    case 'unaryApp':
      return e.op.kind === 'like' ? text(printPattern(e.op.pattern), span) : [];
    case 'getAttr':
    case 'hasAttr':
      return identifiers([e.attr], span);
    case 'record':
      return identifiers(
        e.fields.map(({ name }) => name),
        span,
      );
    default:
      return [];
  }
}

/** Nothing to look for. */
const PLAIN = /^[ -~]*$/;
/** Controls that turn the direction of writing round. */
const BIDI = /[\u202a-\u202e\u2066-\u2069]/u;

function text(string: string, span: Span | undefined): Problem[] {
  if (PLAIN.test(string)) return [];
  const what = `string \`"${string}"\``;
  if (BIDI.test(string)) return [{ code: 'bidiString', message: `${what} contains BIDI control characters`, span }];
  if (isSingleScript(string)) return [];
  return [{ code: 'mixedScriptString', message: `${what} contains mixed scripts`, span }];
}

function identifiers(names: readonly string[], span: Span | undefined): Problem[] {
  return names.flatMap((name) => (PLAIN.test(name) ? [] : identifier(name, span)));
}

function identifier(name: string, span: Span | undefined): Problem[] {
  const what = `identifier \`${name}\``;
  if (BIDI.test(name)) return [{ code: 'bidiIdentifier', message: `${what} contains BIDI control characters`, span }];
  const confusable = [...name].find((character) => !PLAIN.test(character) && !isAllowedInIdentifier(character));
  if (confusable !== undefined) return [confusableIdentifier(name, confusable, span)];
  if (isSingleScript(name)) return [];
  return [{ code: 'mixedScriptIdentifier', message: `${what} contains mixed scripts`, span }];
}

function confusableIdentifier(name: string, character: string, span: Span | undefined): Problem {
  const which = `the character \`${escapeDebug(character)}\``;
  const message = `identifier \`${escapeDebug(name)}\` contains ${which} which is not a printable ASCII character and falls outside of the General Security Profile for Identifiers`;
  return { code: 'confusableIdentifier', message, span };
}
