/**
 * Syntax advice — how to repair a syntax error, where the official build says only which tokens it expected.
 *
 * Diagnostics stay as the official build words them; the errors that applications meet carry this advice as help.
 */
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import { positionOf } from '../../value/diagnostic-text.ts';
import type { TextPositions } from '../../value/text-positions.ts';

/** The diagnostic with advice as its help; the diagnostic itself if there is nothing to add. */
export function withAdvice(diagnostic: Diagnostic, positions: TextPositions): Diagnostic {
  const span = diagnostic.labels[0]?.span;
  const advice = span === undefined ? undefined : adviceFor(diagnostic, positions, span);
  return advice === undefined ? diagnostic : { ...diagnostic, help: advice };
}

type Span = Diagnostic['labels'][number]['span'];

function adviceFor(diagnostic: Diagnostic, positions: TextPositions, { start, end }: Span): string | undefined {
  const { text } = positions;
  const found = text.slice(start, end);
  const before = text.slice(Math.max(0, start - 200), start);
  switch (diagnostic.code) {
    case 'unexpectedEnd':
      return endAdvice(diagnostic);
    case 'unexpectedToken':
      return tokenAdvice(found, before, positions, start);
    case 'wrongScopeEntity':
      return entityAdvice(found);
    case 'invalidEffect':
      return /^(?:allow|deny)$/i.test(found)
        ? `write \`${/allow/i.test(found) ? 'permit' : 'forbid'}\`; effect must be either \`permit\` or \`forbid\``
        : undefined;
    default:
      return undefined;
  }
}

function endAdvice({ labels }: Diagnostic): string | undefined {
  return labels[0]?.text?.includes('`;`') ? 'every policy ends with `;`' : undefined;
}

const WORDS: ReadonlyMap<string, string> = new Map([
  ['and', '&&'],
  ['or', '||'],
  ['not', '!'],
]);

function tokenAdvice(found: string, before: string, positions: TextPositions, start: number): string | undefined {
  const word = WORDS.get(found.toLowerCase()) ?? WORDS.get(/(\w+)\s*$/.exec(before)?.[1]?.toLowerCase() ?? '');
  if (word !== undefined) return `write \`${word}\``;
  if (found === '=' && /[!=]=$/.test(before)) return `write \`${before.slice(-2)}\``;
  if (/\b(?:when|unless)\s*$/.test(before))
    return 'the condition of a `when` or `unless` stands in braces: `when { … }`';
  return unfinished(before, positions, start);
}

/** A policy begins where the one before has not ended: the parser goes wrong behind the word, the mistake is in front of it. */
function unfinished(before: string, positions: TextPositions, start: number): string | undefined {
  const [, ended, word = ''] = /([)}])\s*(permit|forbid|@\w+)?\s*$/.exec(before) ?? [];
  if (ended === undefined || !/^(?:permit|forbid|@)/.test(word || positions.text.slice(start, start + 8)))
    return undefined;
  const end = start - /\s*(?:permit|forbid|@\w+)?\s*$/.exec(before)![0].length;
  const { line, column } = positionOf(positions, end);
  return `the policy before has no \`;\` at its end, at line ${line} column ${column}`;
}

function entityAdvice(found: string): string | undefined {
  const [, path, id] = /^((?:\w+::)*\w+)::(\w+)$/.exec(found) ?? [];
  if (path !== undefined) return `write \`${path}::"${id}"\` for that entity, or \`is ${found}\` for all of that type`;
  if (/^\w+$/.test(found)) return `write a type and an id in quotes, such as \`User::"${found}"\``;
  const [, text] = /^"([^"\\]*)"$/.exec(found) ?? [];
  return text === undefined ? undefined : `put the type before the id, such as \`Action::"${text}"\``;
}
