/**
 * Append — puts items at the end of a list.
 *
 * `list.push(...items)` puts all of them on the stack as arguments, and so fails for some hundred thousand, or fewer deeper in the stack.
 */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
