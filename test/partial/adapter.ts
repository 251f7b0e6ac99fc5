/**
 * Adapter — answers the recorded questions about partial evaluation as the official crate's recorder does.
 *
 * `answer(question)` is what the runner of the recorded answers calls; each kind of question has one function here.
 */
import { answerBatched } from './answer-batched.ts';
import { answerExternal } from './answer-external.ts';
import { answerQuery } from './answer-query.ts';
import { answerTpe } from './answer-tpe.ts';

export interface Question {
  readonly kind: string;
  readonly op: string;
  readonly policies: string;
  readonly schema: string;
  readonly schemas?: readonly unknown[];
  readonly request: unknown;
  readonly entities?: unknown;
  readonly concreteEntities?: unknown;
  readonly then?: unknown;
  readonly maxIterations?: number;
}

const ANSWERS: Readonly<Record<string, (question: Question) => unknown>> = {
  tpe: answerTpe,
  query: answerQuery,
  batched: answerBatched,
  external: answerExternal,
};

export function answer(question: Question): unknown {
  const answers = ANSWERS[question.kind];
  if (answers === undefined) throw new Error(`no answer is known to questions of the kind \`${question.kind}\``);
  return answers(question);
}
