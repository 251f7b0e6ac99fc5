/**
 * Column — a list of integers of four bytes each; a list of numbers as JavaScript has it takes eight for each.
 */

/** By half: twice as long would be more than is needed for long. */
export function longer(column: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(column.length + (column.length >> 1));
  grown.set(column);
  return grown;
}
