/**
 * Declarations — which modules a declaration needs.
 */
import { expect, test } from 'vitest';
import { modulesIn } from '../../build/declarations.ts';

test('every form of import is seen, and none that a comment shows', () => {
  const text = `
    /** import { a } from 'in-a-comment'; */
    import type { A } from './a.js';
    import './b.js';
    export * from "./c.js";
    declare const d: import('./d.js').D;`;
  expect(modulesIn(text)).toEqual(['./a.js', './b.js', './c.js', './d.js']);
});
