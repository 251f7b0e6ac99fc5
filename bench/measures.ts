/**
 * Measures — what `npm run bench` times besides decisions, by name.
 */
import type { Measure } from './measure/measure.ts';
import { update } from './measure/update.ts';

export const MEASURES: Readonly<Record<string, Measure>> = { update };
