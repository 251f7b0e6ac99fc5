/**
 * Replay — makes a case again from its seeds and puts it to the target that found something.
 */
import type { Case } from '../arbitrary/case.ts';
import { printCase } from '../arbitrary/golden.ts';
import { Random } from '../arbitrary/random.ts';
import { DEPTHS } from '../exceptions/instrument.ts';
import { bundle } from './bundle.ts';
import { corpusCaseFrom } from './corpus-case.ts';
import { describe, guarded } from './finding.ts';
import { shrunkBy, TARGETS } from './fuzz.ts';
import { Official } from './official.ts';
import { liveAndCheck } from './target/lifecycle.ts';
import { questionsOf } from './target/official.ts';

/** `target:seeds:seed`, as a finding prints it. Returns whether the oracles still differ. */
export async function replay(token: string): Promise<boolean> {
  const [name = '', seeds = '', seedText = ''] = token.split(':');
  const seed = Number.parseInt(seedText, 36);
  if (name === 'lifecycle') return replayLifecycle(seed);
  const { given } = corpusCaseFrom(seeds);
  if (name === 'official') return replayOfficial(given, seed);
  if (!(name in TARGETS))
    throw new Error(`no such target: ${name}; there are ${Object.keys(TARGETS).join(', ')}, lifecycle, official`);
  const target = TARGETS[name as keyof typeof TARGETS];
  const whole = { ...given, requests: given.requests.slice(0, target.requests) };
  const finding = guarded(name, () => target.check(whole, seed));
  if (finding === undefined) {
    console.log('the oracles agree');
    return false;
  }
  console.log(describe(finding));
  console.log(printCase(shrunkBy(name as keyof typeof TARGETS, whole, seed, finding)));
  return true;
}

/** On the library as it is, and where each call may be the last one. */
async function replayLifecycle(seed: number): Promise<boolean> {
  const path = await bundle('test/drt/target/lifecycle.ts', undefined, 'whole', DEPTHS);
  const instrumented = (await import(path)) as { liveAndCheck: typeof liveAndCheck };
  const found = liveAndCheck(seed).found ?? instrumented.liveAndCheck(seed).found;
  console.log(found === undefined ? 'the oracles agree' : describe(found.finding));
  for (const text of Object.values(found?.files() ?? {})) console.log(text);
  return found !== undefined;
}

/** All questions of a case: which one differed does not stand in the token. */
async function replayOfficial(given: Case, seed: number): Promise<boolean> {
  const questions = questionsOf(given, new Random(seed));
  const official = await Official.start();
  const answers = await official.ask(questions.map(({ call }) => call));
  official.stop();
  const findings = questions.flatMap(({ oracle }, i) => guarded('official', () => oracle(answers[i]!)) ?? []);
  for (const finding of findings) console.log(describe(finding));
  if (findings.length === 0) console.log('the oracles agree');
  return findings.length > 0;
}
