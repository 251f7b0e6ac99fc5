/**
 * Own objects over stores — each claim holds of the code as it is.
 */
import { describe, test } from 'vitest';
import { CLAIMS } from './own-object-claims.ts';

describe.each(Object.entries(CLAIMS))('in a %s engine, an own object', (_, claims) => {
  test.each(Object.entries(claims))('%s', (_, claim) => claim());
});
