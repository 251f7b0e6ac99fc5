/**
 * Released error — what every question to a released engine is answered with: an answer from what it no longer follows might be wrong.
 */

import { CedarmillError } from '../value/cedarmill-error.ts';

export function releasedError(): CedarmillError {
  return new CedarmillError('released', 'the engine was released: it answers no more questions');
}
