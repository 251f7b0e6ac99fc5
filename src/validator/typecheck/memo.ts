/**
 * Memo — answers that typing in one environment may take from another.
 *
 * The answer for an expression depends on the environment by the variables it mentions, and on what is known by what was asked of it. Where these
 * agree, so does the answer; its problems have been reported before.
 */
import type { Expr, Var } from '../../syntax/core.ts';
import type { RequestEnvironment } from '../environment.ts';
import { ExprKeys } from '../expr-key.ts';
import { Asked, type Known } from './capability.ts';
import type { Answer } from './checker.ts';
import { distinctSubexpressions } from './subexpressions.ts';

interface Remembered {
  readonly questions: ReadonlyMap<string, boolean> | undefined;
  readonly answer: Answer;
}

/** The answers for one expression. */
export class Answers {
  readonly #remembered: Remembered[] = [];
  /** How many may fail; after that, the last one stands for all others. */
  readonly #max: number;

  constructor(max = Number.POSITIVE_INFINITY) {
    this.#max = max;
  }

  answer(known: Known, compute: (known: Known) => Answer): Answer {
    const remembered = this.#remembered;
    for (const { questions, answer } of remembered) if (agree(questions, known)) return answer;
    const last = remembered.at(-1)?.answer;
    if (last !== undefined && !last.ok && remembered.length >= this.#max) return last;
    const asked = new Asked(known);
    const answer = compute(asked);
    remembered.push({ questions: asked.questions, answer });
    return answer;
  }
}

interface Operand {
  readonly mentioned: Mentioned;
  readonly answers: Map<string, Answers>;
}

export class Memo {
  readonly keys = new ExprKeys();
  readonly #operands = new Map<Expr, Operand>();
  #environment: RequestEnvironment | undefined;
  #keys: string[] = [];

  answer(expr: Expr, environment: RequestEnvironment, known: Known, compute: (known: Known) => Answer): Answer {
    const { mentioned, answers } = this.#operand(expr);
    const key = this.#keyOf(mentioned, environment);
    let ofKey = answers.get(key);
    if (ofKey === undefined) {
      ofKey = new Answers();
      answers.set(key, ofKey);
    }
    return ofKey.answer(known, compute);
  }

  /** One environment is asked about many times in a row. */
  #keyOf(mentioned: Mentioned, environment: RequestEnvironment): string {
    if (this.#environment !== environment) {
      this.#environment = environment;
      this.#keys = [];
    }
    this.#keys[mentioned] ??= environmentKey(mentioned, environment);
    return this.#keys[mentioned];
  }

  #operand(expr: Expr): Operand {
    const operand = this.#operands.get(expr);
    if (operand !== undefined) return operand;
    const made = { mentioned: variablesIn(expr), answers: new Map<string, Answers>() };
    this.#operands.set(expr, made);
    return made;
  }
}

function agree(questions: ReadonlyMap<string, boolean> | undefined, known: Known): boolean {
  if (questions === undefined) return true;
  for (const [capability, answer] of questions) if (known.has(capability) !== answer) return false;
  return true;
}

/** The variables of an expression, as bits. Messages about the context name the action, so the two are one. */
export type Mentioned = number;

const BITS: Readonly<Record<Var, Mentioned>> = { principal: 1, resource: 2, action: 4, context: 4 };

export function variablesIn(expr: Expr): Mentioned {
  let found = 0;
  for (const e of distinctSubexpressions(expr)) if (e.kind === 'var') found |= BITS[e.name];
  return found;
}

/** The same for environments that an expression with these variables cannot tell apart. */
export function environmentKey(mentioned: Mentioned, { principal, action, resource }: RequestEnvironment): string {
  const part = (name: Var, text: string) => ((mentioned & BITS[name]) === 0 ? '' : text);
  return `${part('principal', principal)} ${part('resource', resource)} ${part('action', action.uid.key)}`;
}
