/**
 * Document — layouts as data: text, line breaks, indentation, and groups that stand on one line if they fit.
 *
 * Technique: Wadler's pretty printer ("A prettier printer"), in its strict form with a stack of commands, as the Rust crate `pretty` has it.
 * Two of that crate's rules are kept, since the text must equal the official one: a break takes the indentation of the document that follows it,
 * and only a break inside a group makes the group not fit. Time is linear in the text times the line width at worst.
 */
import { unreachable } from '../value/unreachable.ts';
import { textWidth } from './text-width.ts';

export type Document =
  | { readonly kind: 'text'; readonly text: string; readonly width: number }
  /** A line break, always. */
  | { readonly kind: 'break' }
  /** A line break, or `flat` where the group around it stands on one line. */
  | { readonly kind: 'line'; readonly flat: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Document[] }
  | { readonly kind: 'indent'; readonly by: number; readonly body: Document }
  | { readonly kind: 'group'; readonly body: Document };

export const EMPTY: Document = { kind: 'sequence', parts: [] };
export const BREAK: Document = { kind: 'break' };
export const LINE: Document = { kind: 'line', flat: ' ' };
/** A line break that leaves nothing on one line. */
export const SOFT_LINE: Document = { kind: 'line', flat: '' };
export const SPACE: Document = text(' ');

export function text(content: string): Document {
  return { kind: 'text', text: content, width: textWidth(content) };
}

/** INVARIANT: no part is empty, since an empty part would give a break before it its indentation. */
export function sequence(...parts: readonly Document[]): Document {
  return sequenceOf(parts);
}

/** The same of a list, which may be longer than arguments can be. */
export function sequenceOf(parts: readonly Document[]): Document {
  const filled = parts.filter((part) => !isEmpty(part));
  return filled.length === 1 ? filled[0]! : { kind: 'sequence', parts: filled };
}

export function join(parts: readonly Document[], separator: Document): Document {
  return sequenceOf(parts.flatMap((part, i) => (i === 0 ? [part] : [separator, part])));
}

export function indent(by: number, body: Document): Document {
  return isEmpty(body) || by === 0 ? body : { kind: 'indent', by, body };
}

export function group(body: Document): Document {
  return isEmpty(body) ? body : { kind: 'group', body };
}

function isEmpty(document: Document): boolean {
  return document.kind === 'sequence' && document.parts.length === 0;
}

/** A document still to be written, its indentation, and whether it stands on one line. */
interface Command {
  readonly indentation: number;
  readonly flat: boolean;
  readonly document: Document;
}

/** Writes the document with at most `lineWidth` columns where that can be done. */
export function render(document: Document, lineWidth: number): string {
  const pending: Command[] = [{ indentation: 0, flat: false, document }];
  let written = '';
  let column = 0;
  const write = (content: string, width: number) => {
    written += content;
    column += width;
  };
  const breakLine = (indentation: number) => {
    column = pending.at(-1)?.indentation ?? indentation;
    written += `\n${' '.repeat(column)}`;
  };
  while (pending.length > 0) {
    const { indentation, flat, document } = pending.pop()!;
    switch (document.kind) {
      case 'text':
        write(document.text, document.width);
        break;
      case 'line':
        if (flat) write(document.flat, document.flat.length);
        else breakLine(indentation);
        break;
      case 'break':
        breakLine(indentation);
        break;
      case 'sequence':
        for (const part of document.parts.toReversed()) pending.push({ indentation, flat, document: part });
        break;
      case 'indent':
        pending.push({ indentation: Math.max(0, indentation + document.by), flat, document: document.body });
        break;
      case 'group': {
        const fits = flat || isFitting(document.body, pending, lineWidth - column);
        pending.push({ indentation, flat: fits, document: document.body });
        break;
      }
      default:
        unreachable(document);
    }
  }
  return written;
}

/** Do `body` on one line, and what follows it up to the first possible break, fit into `room` columns? */
function isFitting(body: Document, following: readonly Command[], room: number): boolean {
  const stack = [body];
  let left = room;
  let flat = true;
  let next = following.length;
  for (;;) {
    if (stack.length === 0) {
      if (next === 0) return true;
      flat = false;
      stack.push(following[--next]!.document);
    }
    const document = stack.pop()!;
    switch (document.kind) {
      case 'text':
        left -= document.width;
        if (left < 0) return false;
        break;
      case 'line':
        if (!flat) return true;
        left -= document.flat.length;
        if (left < 0) return false;
        break;
      case 'break':
        return !flat;
      case 'sequence':
        for (let i = document.parts.length - 1; i >= 0; i--) stack.push(document.parts[i]!);
        break;
      case 'indent':
      case 'group':
        stack.push(document.body);
        break;
      default:
        unreachable(document);
    }
  }
}
