/**
 * Visualize — entities as a graph for Graphviz.
 */
import { entitiesToDot } from '../dot.ts';
import { ExitCode } from '../exit-code.ts';
import { loadEntities } from '../load.ts';
import type { Output } from '../output.ts';

export function visualize({ entities }: { readonly entities: string }, output: Output): ExitCode {
  output.line(entitiesToDot(loadEntities(entities, undefined)));
  return ExitCode.success;
}
