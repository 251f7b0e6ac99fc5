/**
 * Official share — the cases that a thread puts to the official build, a batch at a time, while it goes on with others.
 */
import { Random } from '../arbitrary/random.ts';
import type { CorpusCase } from './corpus-case.ts';
import { guarded } from './finding.ts';
import { type Found, type Fuzz, foundIn } from './fuzz.ts';
import type { Answer, Official } from './official.ts';
import { type Question, questionsOf } from './target/official.ts';

interface Asked {
  readonly corpusCase: CorpusCase;
  readonly seed: number;
  readonly question: Question;
}

export class OfficialShare {
  readonly #official: Official;
  readonly #fuzz: Fuzz;
  readonly #random: Random;
  readonly #batch: number;
  readonly #rest: number;
  #broken: Found[] = [];
  #asked: readonly Asked[] = [];
  #answers: readonly Answer[] | undefined;
  #waiting: Promise<void> | undefined;
  #failure: unknown;
  #restsUntil = 0;

  /**
   * `batch` cases are asked together. The official build runs on the same cores and is slow: after each batch it rests `rest` times as long as it
   * took.
   */
  constructor(official: Official, fuzz: Fuzz, seed: number, { batch = 3, rest }: { batch?: number; rest: number }) {
    this.#batch = batch;
    this.#rest = rest;
    this.#official = official;
    this.#fuzz = fuzz;
    this.#random = new Random(seed, 4);
  }

  get restarts(): number {
    return this.#official.restarts;
  }

  stop(): void {
    this.#official.stop();
  }

  /** Compares the answers that have come, and asks the next batch. */
  turn(): readonly Found[] {
    if (this.#failure !== undefined) throw this.#failure;
    const answers = this.#answers;
    if (this.#waiting !== undefined && answers === undefined) return [];
    const found = answers === undefined ? [] : this.#asked.flatMap((asked, i) => checked(asked, answers[i]!));
    this.#fuzz.count('official', this.#asked.length);
    this.#asked = [];
    this.#answers = undefined;
    this.#waiting = undefined;
    if (performance.now() > this.#restsUntil) this.#ask();
    return [...found, ...this.#broken.splice(0)];
  }

  #ask(): void {
    this.#asked = Array.from({ length: this.#batch }, () => this.#questions()).flat();
    const begin = performance.now();
    this.#waiting = this.#official.ask(this.#asked.map(({ question }) => question.call)).then(
      (answers) => {
        this.#answers = answers;
        this.#restsUntil = begin + (1 + this.#rest) * (performance.now() - begin);
      },
      (failure) => {
        this.#failure = failure;
      },
    );
  }

  #questions(): Asked[] {
    const corpusCase = this.#fuzz.breed();
    const seed = this.#random.next();
    let asked: Asked[] = [];
    const finding = guarded('official', () => {
      asked = questionsOf(corpusCase.given, new Random(seed)).map((question) => ({ corpusCase, seed, question }));
      return undefined;
    });
    if (finding !== undefined) this.#broken.push(foundIn(corpusCase, seed, finding, () => corpusCase.given));
    return asked;
  }
}

/** A question of the official build is its own smallest form: the case is kept whole. */
function checked({ corpusCase, seed, question }: Asked, answer: Answer): Found[] {
  const finding = guarded('official', () => question.oracle(answer));
  return finding === undefined ? [] : [foundIn(corpusCase, seed, finding, () => corpusCase.given)];
}
