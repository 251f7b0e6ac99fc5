/**
 * Unreachable — the end of every switch over a closed union, and the only exception that means *we* made a mistake.
 */

/** A defect of cedarmill itself; never the user's mistake. */
export class CompilerBug extends Error {
  override readonly name = 'CompilerBug';
}

/** Ends a switch over a closed union: a new member breaks the build here. */
export function unreachable(node: never): never {
  throw new CompilerBug(`unreachable: ${JSON.stringify(node)}`);
}
