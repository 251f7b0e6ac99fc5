/**
 * Source mark — where in the text of its policy a statement comes from, as a comment before it.
 *
 *     // permit "owner", documents.cedar:3
 *     owner: {
 *       // @cedar 41
 *       if (resource._owner !== principal) break owner;
 *
 * Who writes a module takes the marks out again, and makes a source map of them (src/build/source-map.ts). Statements stand on lines of their own, so a
 * line is as exact as it needs to be, and the printer knows nothing of it. No word of a policy begins a comment.
 */
import type { Statement } from 'estree';
import * as b from './estree.ts';

/** The mark of what stands for the policy as a whole. */
export const WHOLE_POLICY = -1;

export function marked(offset: number, statement: Statement): Statement {
  return b.commented(`@cedar ${offset}`, statement);
}
