/**
 * Fitted — a list without the room that it was given to grow.
 *
 *     before  a list that took a second element has room for seventeen
 *     after   as much as it holds, which matters to trees that are kept
 */
export function fitted<T>(items: T[]): T[] {
  return items.length < 2 ? items : items.slice();
}
