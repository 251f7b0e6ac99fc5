/**
 * Released error — what every question to a released engine is answered with: an answer from what it no longer follows might be wrong.
 */

export function releasedError(): Error {
  return new Error('the engine was released: it answers no more questions');
}
