/**
 * Near stack end — runs a function where little of the stack is left, as in the deep recursion of an application.
 *
 * Technique: large frames up to the end, then small ones up to the end; the function runs `room` small frames above it. So it costs some hundred calls
 * however long the stack is, and does not depend on the size that the compiler of the day gives to a frame.
 */

/** A call with this number of arguments takes some 32 kB of the stack. */
const LARGE = 4000;

interface Descent {
  readonly act: () => void;
  /** Small frames that are left before `act` runs. */
  left: number;
  isOver: boolean;
  hasReturned: boolean;
  error: unknown;
}

/**
 * Throws what `act` throws. A function that has never run cannot even be compiled here: whoever wants to get further calls it elsewhere first.
 */
export function nearStackEnd(room: number, act: () => void): void {
  const descent: Descent = { act, left: room, isOver: false, hasReturned: false, error: undefined };
  const args: unknown[] = new Array(LARGE).fill(0);
  args[0] = descent;
  args[1] = args;
  large(descent, args);
  if (!descent.isOver) run(descent);
  // V8 may leave `run` at the very end of the stack without having called anything.
  if (!descent.hasReturned) throw descent.error ?? new RangeError('the stack ended before the call');
}

function large(descent: Descent, args: unknown[]): void {
  try {
    Reflect.apply(large, undefined, args);
  } catch {
    if (descent.isOver) return;
    small(descent);
  }
}

function small(descent: Descent): void {
  try {
    small(descent);
  } catch {
    // Where there is too little room for this as well, a frame further up does it.
  }
  if (descent.isOver) return;
  descent.left--;
  if (descent.left <= 0) run(descent);
}

function run(descent: Descent): void {
  descent.isOver = true;
  try {
    descent.act();
    descent.hasReturned = true;
  } catch (error) {
    descent.error = error;
  }
}
