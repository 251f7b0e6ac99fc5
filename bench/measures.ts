/**
 * Measures — what `npm run bench` times besides decisions, by name.
 */
import { coldStart } from './measure/cold-start.ts';
import { compile } from './measure/compile.ts';
import { developmentStart } from './measure/development-start.ts';
import { dropIn } from './measure/drop-in.ts';
import { lists } from './measure/lists.ts';
import type { Measure } from './measure/measure.ts';
import { memory } from './measure/memory.ts';
import { update } from './measure/update.ts';

export const MEASURES: Readonly<Record<string, Measure>> = {
  update,
  compile,
  'cold-start': coldStart,
  'development-start': developmentStart,
  memory,
  lists,
  'drop-in': dropIn,
};
