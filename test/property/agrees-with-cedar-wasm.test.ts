/**
 * Agrees with cedar-wasm — the official build gives the answers of the model and of the drop-in, on the texts and JSON of the same cases.
 *
 * It runs in a child process, which is started again if it dies.
 */
import { afterAll, beforeAll, test } from 'vitest';
import { Random } from '../arbitrary/random.ts';
import { Official } from '../drt/official.ts';
import { questionsOf } from '../drt/target/official.ts';
import { holds } from './holds.ts';

let official: Official;

beforeAll(async () => {
  official = await Official.start();
});

afterAll(() => official.stop());

test('decision, reasons and errors; what is accepted and refused; what JSON it is', async () => {
  await holds({
    cases: 120,
    check: async (given, seed) => {
      const questions = questionsOf(given, new Random(seed));
      const answers = await official.ask(questions.map(({ call }) => call));
      return questions.map(({ oracle }, i) => oracle(answers[i]!)).find((finding) => finding !== undefined);
    },
  });
});
