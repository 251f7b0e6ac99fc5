/**
 * Live — the official crate itself beside ours: partial evaluation, queries and batched loading on generated questions.
 *
 *     npx tsx test/partial/live/main.ts --questions 20000 --seed 1
 *
 * The program in `rust/` is built by cargo (1.89 or later) at the first run, and kept in `node_modules/.cache`. Both read the same
 * text. Residuals are held against recorded ones elsewhere (recorded.test.ts); here their policies count, and what they come to when the rest is known.
 */
import { parseArgs } from 'node:util';
import { arbitraryCase } from '../../arbitrary/case.ts';
import { dataText } from '../../arbitrary/json.ts';
import { Random } from '../../arbitrary/random.ts';
import { answer } from '../adapter.ts';
import { OfficialCrate } from './official-crate.ts';
import { type LiveQuestion, questionsAbout } from './questions-about.ts';

const { values: given } = parseArgs({
  options: { questions: { type: 'string', default: '2000' }, seed: { type: 'string', default: '1' } },
});
const [questions, first] = [Number(given.questions), Number(given.seed)];
if (!(questions > 0) || !Number.isSafeInteger(first)) throw new Error('--questions and --seed are numbers');

const crate = OfficialCrate.build();
const counts = new Map<string, number>();
const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
let asked = 0;
let differences = 0;
for (let seed = first; asked < questions && differences < 5; seed++) {
  const random = new Random(seed);
  for (const question of questionsAbout(arbitraryCase(random, 'typed'), random)) {
    asked++;
    const [ours, theirs] = [await ourAnswer(question), await crate.answer(question)];
    count(`${question.op}: ${kindOf(theirs)}`);
    if (ours === canonical(theirs)) continue;
    differences++;
    console.log(
      `seed ${seed}, ${question.op}\nofficial ${canonical(theirs)}\nours     ${ours}\n${dataText(question)}\n`,
    );
  }
}
crate.end();
for (const [what, times] of [...counts].sort()) console.log(`${String(times).padStart(8)}  ${what}`);
console.log(`${asked} questions from seed ${first}, ${differences} differences`);
process.exitCode = differences === 0 ? 0 : 1;

/** Whatever is refused is a failure on both sides: the words are held against recorded ones. */
async function ourAnswer(question: LiveQuestion): Promise<string> {
  try {
    const { residuals: _, ...rest } = (await answer(question)) as Record<string, unknown>;
    return canonical(rest);
  } catch (error) {
    return canonical({ failure: String(error) });
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(plain(value));
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if ('failure' in value) return { failure: true };
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, member]) => [name, plain(member)]),
  );
}

function kindOf(answered: unknown): string {
  const { failure, decision, found, actions } = answered as Record<string, unknown>;
  if (failure !== undefined) return 'refused';
  if (Array.isArray(found)) return found.length === 0 ? 'none' : 'some';
  if (actions !== undefined) return Object.keys(actions as object).length === 0 ? 'none' : 'some';
  return decision === null ? 'open' : String(decision);
}
