/**
 * Print — ESTree to JavaScript text.
 */
import { generate } from 'astring';
import type { Program } from 'estree';

/** The same tree gives the same bytes. */
export function print(program: Program): string {
  return generate(program, { comments: true });
}
