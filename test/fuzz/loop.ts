/**
 * Loop — coverage-guided fuzzing of one target: what reaches a branch that nothing has reached joins the corpus and is mutated further.
 *
 * A finding is what the target throws, or an input that takes longer than it should.
 */
import { mutated, type Random } from './mutate.ts';
import type { Target } from './targets.ts';

/** An input of 4 KB takes a millisecond or two. Twice over, so that a pause of the process is not a finding. */
const SLOW_MS = 500;

export interface Finding {
  readonly input: string;
  readonly error: string;
}

export interface Fuzzed {
  readonly inputs: number;
  readonly corpus: number;
  readonly branches: number;
  readonly findings: readonly Finding[];
}

/** Runs until `now()` is past `until`, or until this number of inputs has run. */
export function fuzz(target: Target, coverage: Uint8Array, random: Random, until: number, most: number): Fuzzed {
  const reached = new Uint8Array(coverage.length);
  const corpus: string[] = [];
  const findings = new Map<string, Finding>();
  let inputs = 0;
  let branches = 0;
  const run = (input: string): void => {
    inputs++;
    coverage.fill(0);
    const error = failureOf(target, input);
    if (error !== undefined && findings.size < 20) findings.set(keyOf(error), { input, error });
    const before = branches;
    for (let i = 0; i < coverage.length; i++) {
      if (coverage[i] === 1 && reached[i] === 0) {
        reached[i] = 1;
        branches++;
      }
    }
    if (branches > before) corpus.push(input);
  };
  for (const seed of target.seeds) {
    run(seed);
    if (!corpus.includes(seed)) corpus.push(seed);
  }
  while (inputs < most && (inputs % 64 !== 0 || performance.now() < until))
    run(mutated(corpus[random(corpus.length)]!, corpus[random(corpus.length)]!, random));
  return { inputs, corpus: corpus.length, branches, findings: [...findings.values()] };
}

function failureOf(target: Target, input: string): string | undefined {
  try {
    if (timeOf(target, input) > SLOW_MS && timeOf(target, input) > SLOW_MS) return `slow: more than ${SLOW_MS} ms`;
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** Time of the processor, since the machine may be busy. */
function timeOf(target: Target, input: string): number {
  const start = process.cpuUsage();
  target.run(input);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** Findings of one place are one: the message without what the input gave it, and where it was thrown. */
function keyOf(error: string): string {
  const [message = '', place = ''] = error.split('\n');
  return `${message.slice(0, 40)} ${place}`;
}
