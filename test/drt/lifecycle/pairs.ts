/**
 * Pairs — how often an operation followed another, and whether what it is about had been asked about before.
 */

import type { LiveList, LiveStore } from './live.ts';
import type { Machine } from './machine.ts';
import type { Data, Operation } from './operation.ts';

export const LABELS = [
  'make set',
  'add',
  'remove',
  'add template',
  'remove template',
  'link',
  'unlink',
  'replace',
  'listen',
  'make store',
  'replace all',
  'upsert',
  'remove entity',
  'handle',
  'write into entity',
  'inspect',
  'make list',
  'change list',
  'make engine',
  'release',
  'ask store',
  'ask list',
  'ask wrong',
  'ask with callback',
  'specialize',
  'ask row',
  'query',
  'deep change',
  'deep question',
] as const;

export type Label = (typeof LABELS)[number];

/** What makes something is about nothing that was there before. */
const ALWAYS_NEW: ReadonlySet<Label> = new Set(['make set', 'make store', 'make list', 'make engine']);

/** By pair of labels: first asked about before, then not. */
export type PairsData = ReadonlyMap<string, readonly [asked: number, fresh: number]>;

export class Pairs {
  readonly #counts = new Map<string, [asked: number, fresh: number]>();
  #last: Label | undefined;

  note(operation: Operation, machine: Machine): void {
    const label = labelOf(operation);
    if (this.#last !== undefined) this.#countOf(pairOf(this.#last, label))[wasAsked(operation, machine) ? 0 : 1]++;
    this.#last = label;
  }

  /** Another sequence begins. */
  begin(): void {
    this.#last = undefined;
  }

  merge(data: PairsData): void {
    for (const [pair, [asked, fresh]] of data) {
      const count = this.#countOf(pair);
      count[0] += asked;
      count[1] += fresh;
    }
  }

  data(): PairsData {
    return this.#counts;
  }

  of(first: Label, second: Label): readonly [asked: number, fresh: number] {
    return this.#counts.get(pairOf(first, second)) ?? [0, 0];
  }

  /** Pairs and states that have not occurred and could. */
  missing(): string[] {
    return LABELS.flatMap((first) =>
      LABELS.flatMap((second) => {
        const [asked, fresh] = this.of(first, second);
        return [
          ...(asked === 0 && !ALWAYS_NEW.has(second) ? [`${first}, ${second} (asked before)`] : []),
          ...(fresh === 0 ? [`${first}, ${second} (not asked)`] : []),
        ];
      }),
    );
  }

  #countOf(pair: string): [asked: number, fresh: number] {
    let count = this.#counts.get(pair);
    if (count === undefined) {
      count = [0, 0];
      this.#counts.set(pair, count);
    }
    return count;
  }
}

function pairOf(first: Label, second: Label): string {
  return `${first} > ${second}`;
}

const PLAIN_LABELS = {
  makeSet: 'make set',
  add: 'add',
  remove: 'remove',
  addTemplate: 'add template',
  removeTemplate: 'remove template',
  link: 'link',
  unlink: 'unlink',
  replace: 'replace',
  listen: 'listen',
  makeStore: 'make store',
  replaceAll: 'replace all',
  upsert: 'upsert',
  removeEntity: 'remove entity',
  handle: 'handle',
  changeGiven: 'write into entity',
  inspect: 'inspect',
  makeList: 'make list',
  changeList: 'change list',
  makeEngine: 'make engine',
  release: 'release',
  specialize: 'specialize',
  askRow: 'ask row',
  query: 'query',
} as const satisfies Record<Exclude<Operation['kind'], 'ask' | 'deep' | 'shallow'>, Label>;

function labelOf(operation: Operation): Label {
  if (operation.kind === 'deep' || operation.kind === 'shallow')
    return operation.run.kind === 'ask' ? 'deep question' : 'deep change';
  if (operation.kind !== 'ask') return PLAIN_LABELS[operation.kind];
  const { data, request } = operation;
  if ('nothing' in data || [request.principal, request.action, request.resource].some(({ wrong }) => wrong))
    return 'ask wrong';
  if (request.trap !== undefined || ('list' in data && data.trap !== undefined)) return 'ask with callback';
  return 'store' in data ? 'ask store' : 'ask list';
}

function liveOf(data: Data, machine: Machine): LiveStore | LiveList | undefined {
  if ('store' in data) return machine.stores.get(data.store);
  return 'list' in data ? machine.lists.get(data.list) : undefined;
}

function wasAsked(operation: Operation, machine: Machine): boolean {
  switch (operation.kind) {
    case 'deep':
    case 'shallow':
      return wasAsked(operation.run, machine);
    case 'ask': {
      const { data } = operation;
      const engine = machine.engines.get(operation.engine);
      const live = liveOf(data, machine);
      return engine !== undefined && (live === undefined ? engine.asked.size > 0 : engine.asked.has(live));
    }
    case 'release':
      return (machine.engines.get(operation.engine)?.asked.size ?? 0) > 0;
    case 'specialize':
    case 'query':
      return machine.engines.get(operation.engine)?.asked.has(liveOf(operation.data, machine)!) ?? false;
    case 'askRow': {
      const query = machine.queries.get(operation.query);
      return query?.engine.asked.has(query.data) ?? false;
    }
    case 'makeSet':
    case 'makeStore':
    case 'makeList':
    case 'makeEngine':
      return false;
    case 'changeList':
      return machine.lists.get(operation.list)?.asked ?? false;
    case 'inspect':
      return (operation.what === 'store' ? machine.stores : machine.sets).get(operation.number)?.asked ?? false;
    default:
      return (
        ('store' in operation ? machine.stores.get(operation.store) : machine.sets.get(operation.set))?.asked ?? false
      );
  }
}
