/**
 * Oracle — a rival with what it decides, so that all can be compared before anything is timed.
 */
import type { Rival } from './harness.ts';

export interface Oracle extends Rival {
  readonly allows: (request: number) => boolean;
}

/** The requests on which some rival decides other than the first; of the slow ones only some requests are asked. */
export function disagreements(oracles: readonly Oracle[], requests: readonly number[]): string[] {
  const [first, ...others] = oracles;
  return others.flatMap(({ engine, mode, allows }) =>
    requests
      .filter((request) => allows(request) !== first!.allows(request))
      .map((request) => `${engine} ${mode} on request ${request}`),
  );
}
