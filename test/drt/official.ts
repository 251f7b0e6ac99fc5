/**
 * Official — the official WebAssembly build as an oracle, in a child process: on Node 20 it can abort the process under load.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { bundle } from './bundle.ts';

/** A string argument is a string; all else is given as JSON text. */
export type Argument = string | { readonly json: string };

export interface Call {
  readonly fn: string;
  readonly args: readonly Argument[];
}

export interface Batch {
  readonly id: number;
  readonly calls: readonly Call[];
}

export type Answer =
  | { readonly answer: unknown; readonly threw?: undefined }
  | { readonly threw: string; readonly answer?: undefined };

interface Reply {
  readonly id: number;
  readonly answers: readonly Answer[];
}

/** How often one batch is asked again of a new process. */
const ATTEMPTS = 3;

export class Official {
  readonly #module: string;
  #child: ChildProcess | undefined;
  #next = 0;
  /** How many processes have died. */
  restarts = 0;

  constructor(module: string) {
    this.#module = module;
  }

  static async start(): Promise<Official> {
    return new Official(await bundle('test/drt/official-child.ts', undefined, 'official'));
  }

  /** The answers to these calls, in their order. One batch at a time. */
  async ask(calls: readonly Call[]): Promise<readonly Answer[]> {
    for (let attempt = 1; ; attempt++) {
      const answers = await this.#attempt(calls);
      if (answers !== undefined) return answers;
      this.restarts++;
      this.#child = undefined;
      if (attempt === ATTEMPTS)
        throw new Error(`the official build died ${ATTEMPTS} times on ${JSON.stringify(calls)}`);
    }
  }

  stop(): void {
    this.#child?.kill();
    this.#child = undefined;
  }

  /** `undefined` if the process died. */
  async #attempt(calls: readonly Call[]): Promise<readonly Answer[] | undefined> {
    const id = this.#next++;
    this.#child ??= fork(this.#module, [], { execArgv: [], stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const child = this.#child;
    const stop = new AbortController();
    const { signal } = stop;
    try {
      child.send({ id, calls } satisfies Batch);
      const reply = once(child, 'message', { signal }).then(([message]) => message as Reply);
      const death = once(child, 'exit', { signal }).then(() => undefined);
      const first = await Promise.race([reply, death]);
      reply.catch(() => undefined);
      death.catch(() => undefined);
      return first?.id === id ? first.answers : undefined;
    } finally {
      stop.abort();
    }
  }
}
