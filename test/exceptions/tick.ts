/**
 * Tick — what the instrumented code calls at the beginning of each of its functions: counts, and throws at the n-th call.
 */

/** Thrown where no exception of this kind could come from otherwise. */
export class InjectedError extends Error {
  override readonly name = 'InjectedError';
}

/** Only while `on` is set; `left` is how many calls still come through. */
export const ticks = { on: false, count: 0, left: Number.POSITIVE_INFINITY };

export function tick(): void {
  if (!ticks.on) return;
  ticks.count++;
  ticks.left--;
  if (ticks.left >= 0) return;
  // Once: what is done to come to terms with it is not interrupted again.
  ticks.on = false;
  ticks.left = Number.POSITIVE_INFINITY;
  throw new InjectedError('thrown at the beginning of a function');
}
