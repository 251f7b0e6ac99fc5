/**
 * Depth — what instrumented code calls at the beginning and at each end of its functions: it throws as if the stack ended at a certain depth.
 *
 * Unlike a stack that is full, this one ends at the same call each time, whatever the compiler of the day makes of the functions. And unlike an
 * exception at the n-th call, it stays: handlers that call anything at that depth are stopped, too.
 */

/** Calls inside one another: how many there are, how many there may be, and how many there were at most. */
export const depth = { now: 0, limit: Number.POSITIVE_INFINITY, deepest: 0 };

export function enter(): void {
  if (depth.now >= depth.limit) throw new RangeError('Maximum call stack size exceeded');
  depth.now++;
  if (depth.now > depth.deepest) depth.deepest = depth.now;
}

export function leave(): void {
  depth.now--;
}

export function within<T>(value: () => T): T {
  enter();
  try {
    return value();
  } finally {
    leave();
  }
}
