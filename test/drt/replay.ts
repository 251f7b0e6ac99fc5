/**
 * Replay — makes a case again from its seeds and puts it to the target that found something.
 */
import { printCase } from '../arbitrary/golden.ts';
import { describe, guarded } from './finding.ts';
import { shrunkBy, TARGETS } from './hunt.ts';
import { bredFrom } from './lineage.ts';

/** `target:lineage:seed`, as a finding says it. Tells whether the judges still differ. */
export function replay(token: string): boolean {
  const [name = '', lineage = '', seedText = ''] = token.split(':');
  if (!(name in TARGETS))
    throw new Error(
      `only ${Object.keys(TARGETS).join(', ')} can be replayed; the calls of the others stand in their finding.txt`,
    );
  const target = TARGETS[name as keyof typeof TARGETS];
  const seed = Number.parseInt(seedText, 36);
  const { given } = bredFrom(lineage);
  const whole = { ...given, requests: given.requests.slice(0, target.requests) };
  const finding = guarded(name, () => target.check(whole, seed));
  if (finding === undefined) {
    console.log('the judges agree');
    return false;
  }
  console.log(describe(finding));
  console.log(printCase(shrunkBy(name as keyof typeof TARGETS, whole, seed, finding)));
  return true;
}
