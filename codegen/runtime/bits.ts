/**
 * Bits — one of 32 for each entity that has descendants, by which most of those that are no ancestors are told without a look-up.
 *
 *     before  b.ancestors.has(a)
 *     after   (b.mask & a.bit) !== 0 && b.ancestors.has(a)
 *
 * Sound: the mask of an entity holds the bits of all its ancestors, so that a missing bit rules all its entities out.
 */
import type { Node } from './node.ts';

export class Bits {
  /** How many were given; with a new one, an entity that had no descendants has some. */
  given = 0;

  of(node: Node): number {
    if (node.$bit === 0) node.$bit = 1 << (this.given++ & 31);
    return node.$bit;
  }
}
