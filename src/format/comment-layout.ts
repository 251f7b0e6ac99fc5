/**
 * Comment layout — a token with its comments around it.
 *
 * Comments before a token stand on lines of their own; after a comment that trails a token, the line ends.
 */
import { BREAK, type Document, EMPTY, join, SPACE, sequence, text } from './document.ts';
import type { Comments } from './tokens.ts';

/** `next` follows the token where no comment ends its line. */
export function withComments(document: Document, { leading, trailing }: Comments, next: Document = EMPTY): Document {
  return sequence(leadingComments(leading), document, trailingComment(trailing, next));
}

export function leadingComments(comments: readonly string[]): Document {
  if (comments.length === 0) return EMPTY;
  return sequence(BREAK, join(comments.map(text), BREAK), BREAK);
}

export function trailingComment(comment: string, next: Document = EMPTY): Document {
  return comment === '' ? next : sequence(SPACE, text(comment), BREAK);
}
