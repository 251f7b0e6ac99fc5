/**
 * Machine — does one operation after another to real objects, and to plain data beside them; notes the first difference.
 *
 * What may fail because the stack ends or a callback throws has happened as a whole or not at all: the objects are asked which, and everything else
 * that they tell later must agree with that. All other operations must succeed or be refused as the plain data say.
 */
import { unreachable } from '../../../src/value/unreachable.ts';
import { depth } from '../../exceptions/depth.ts';
import { Asking } from './asking.ts';
import { presentPolicies } from './expected.ts';
import { uidInput } from './input.ts';
import { changeList } from './list.ts';
import {
  type Attempt,
  engineOf,
  type LiveEngine,
  type LiveList,
  type LiveQuery,
  type LiveSet,
  type LiveStore,
  TrapError,
} from './live.ts';
import { nearStackEnd } from './near-stack-end.ts';
import type { EntitySpec, Operation, Trap } from './operation.ts';
import { Pairs } from './pairs.ts';
import { dataOf } from './plain-data.ts';
import { Querying } from './querying.ts';
import { SetOperations } from './set-operations.ts';
import { differenceOfSet, differenceOfStore } from './state.ts';
import { StoreOperations } from './store-operations.ts';

export interface Difference {
  /** Kinds of differences are not mixed up while a sequence is shrunk. */
  readonly kind: 'answer' | 'exception' | 'state' | 'accepted' | 'refused';
  readonly operation: Operation;
  readonly expected: unknown;
  readonly actual: unknown;
}

export type Op<K extends Operation['kind']> = Extract<Operation, { kind: K }>;

/** Callbacks within callbacks. */
const NESTED_AT_MOST = 3;

/** Values of no more levels are taken by everything. */
const LEVELS_FOR_ALL = 50;

/** Whether it may be refused for the levels of its values. */
export function hasManyLevels({ nested }: EntitySpec): boolean {
  return (nested?.levels ?? 0) > LEVELS_FOR_ALL;
}

/** What makes calls of the code under test end anywhere. */
export interface Interruption {
  call(act: () => void): void;
  isCauseOf(error: unknown): boolean;
  /** What interrupts the calls that a callback makes. The machine's own work in between is not interrupted. */
  within?(): Interruption | undefined;
  /** The callback is over. */
  resume?(): void;
}

function stackEnd(room: number): Interruption {
  return { call: (act) => nearStackEnd(room, act), isCauseOf: (error) => error instanceof RangeError };
}

/** Without effect where the library is not instrumented (test/exceptions/instrument.ts). */
function depthEnd(calls: number): Interruption {
  return {
    call(act) {
      depth.limit = calls;
      try {
        act();
      } finally {
        depth.limit = Number.POSITIVE_INFINITY;
      }
    },
    isCauseOf: (error) => error instanceof RangeError,
  };
}

export class Machine {
  readonly sets = new Map<number, LiveSet>();
  readonly stores = new Map<number, LiveStore>();
  readonly lists = new Map<number, LiveList>();
  readonly engines = new Map<number, LiveEngine>();
  readonly queries = new Map<number, LiveQuery>();
  readonly pairs: Pairs;
  difference: Difference | undefined;
  operations = 0;
  /** Questions beyond one request that were answered. */
  answered = 0;
  #nested = 0;
  #interruption: Interruption | undefined;
  readonly #sets = new SetOperations(this);
  readonly #stores = new StoreOperations(this);
  readonly #asking = new Asking(this);
  readonly #querying = new Querying(this);

  constructor(pairs = new Pairs()) {
    this.pairs = pairs;
  }

  run(operation: Operation): void {
    if (this.difference !== undefined) return;
    this.operations++;
    this.pairs.note(operation, this);
    if (operation.kind === 'deep') this.#interrupted(operation.run, stackEnd(operation.room));
    else if (operation.kind === 'shallow') this.#interrupted(operation.run, depthEnd(operation.calls));
    else this.#do(operation);
  }

  /** The same while exceptions may come from anywhere. */
  runInterrupted(operation: Operation, interruption: Interruption): void {
    if (this.difference !== undefined) return;
    this.operations++;
    this.#interrupted(operation, interruption);
  }

  #interrupted(operation: Operation, interruption: Interruption): void {
    this.#interruption = interruption;
    this.#do(operation);
    this.#interruption = undefined;
  }

  get isInterrupted(): boolean {
    return this.#interruption !== undefined;
  }

  differ(kind: Difference['kind'], operation: Operation, expected: unknown, actual: unknown): void {
    this.difference ??= { kind, operation, expected, actual };
  }

  /** Calls the code under test. */
  attempt<T>(act: () => T): Attempt<T> {
    let value: T | undefined;
    // One function for both ways: it must have run elsewhere before it can run near the end of the stack.
    const call = () => {
      value = act();
    };
    try {
      if (this.#interruption === undefined) call();
      else this.#interruption.call(call);
      return { ok: true, value: value as T };
    } catch (error) {
      return { ok: false, error };
    }
  }

  /** Whether the exception may come from anywhere: a callback threw, or the operation was interrupted. */
  mayStop(error: unknown): boolean {
    return error instanceof TrapError || this.#interruption?.isCauseOf(error) === true;
  }

  /** What a callback does. */
  spring(trap: Trap): void {
    if (trap.does === 'throw') throw new TrapError('thrown by a callback');
    const interruption = this.#interruption;
    // Near the end of the stack there is no room for the machine's own work.
    if (this.#nested === NESTED_AT_MOST || (interruption !== undefined && interruption.within === undefined)) return;
    this.#nested++;
    this.#interruption = interruption?.within?.();
    for (const each of trap.run) this.run(each);
    this.#interruption = interruption;
    interruption?.resume?.();
    this.#nested--;
  }

  /** A member is read many times; what a callback does, it does once for each call of the code under test. */
  once(trap: Trap): () => void {
    let isSprung = false;
    return () => {
      if (isSprung) return;
      isSprung = true;
      this.spring(trap);
    };
  }

  #do(op: Operation): void {
    switch (op.kind) {
      case 'makeSet':
        this.#sets.make(op);
        return;
      case 'add':
      case 'addTemplate':
      case 'remove':
      case 'removeTemplate':
      case 'link':
      case 'unlink':
        this.#sets.change(op);
        return;
      case 'replace':
        this.#sets.replace(op);
        return;
      case 'listen':
        this.#sets.listen(op);
        return;
      case 'makeStore':
        this.#stores.make(op);
        return;
      case 'replaceAll':
        this.#stores.replaceAll(op);
        return;
      case 'upsert':
        this.#stores.upsert(op);
        return;
      case 'removeEntity':
        this.#stores.remove(op);
        return;
      case 'handle':
        this.attempt(() => this.stores.get(op.store)?.real.handle(uidInput(op.uid, (n) => this.stores.get(n))));
        return;
      case 'changeGiven':
        this.#stores.changeGiven(op);
        return;
      case 'inspect':
        this.#inspect(op);
        return;
      case 'makeList':
        this.lists.set(op.list, { real: op.entities.map(dataOf), plain: op.entities, asked: false });
        return;
      case 'changeList':
        changeList(this.lists.get(op.list), op.change);
        return;
      case 'makeEngine':
        this.#makeEngine(op);
        return;
      case 'release':
        this.#release(op);
        return;
      case 'ask':
        this.#asking.ask(op);
        return;
      case 'specialize':
        this.#asking.specialize(op);
        return;
      case 'askRow':
        this.#asking.askRow(op);
        return;
      case 'query':
        this.#querying.query(op);
        return;
      case 'deep':
      case 'shallow':
        return;
      default:
        unreachable(op);
    }
  }

  #inspect(op: Op<'inspect'>): void {
    const wrong =
      op.what === 'store' ? differenceOfStore(this.stores.get(op.number)) : differenceOfSet(this.sets.get(op.number));
    if (wrong !== undefined) this.differ('state', op, wrong.expected, wrong.actual);
  }

  #makeEngine(op: Op<'makeEngine'>): void {
    const { engine, mode, schema, options } = op;
    const set = this.sets.get(op.set);
    if (set === undefined) return;
    const attempt = this.attempt(() => engineOf(set.real, mode, schema, options));
    if (attempt.ok) {
      const frozen = mode === 'module' ? presentPolicies(set.plain) : undefined;
      this.engines.set(engine, { real: attempt.value, mode, schema, set, frozen, isReleased: false, asked: new Set() });
    } else if (!this.mayStop(attempt.error)) this.differ('exception', op, 'an engine', attempt.error);
  }

  /** Near the end of the stack it may fail, and then nobody can tell whether the engine still answers. */
  #release(op: Op<'release'>): void {
    const engine = this.engines.get(op.engine);
    if (engine === undefined) return;
    engine.isReleased = true;
    const attempt = this.attempt(() => engine.real.release?.());
    if (attempt.ok) return;
    if (this.mayStop(attempt.error)) this.engines.delete(op.engine);
    else this.differ('exception', op, 'released', attempt.error);
  }
}
