/**
 * Profile — what kind of life a sequence is about: how much there is of everything, and what happens how often.
 */
import { weights } from '../../arbitrary/random.ts';
import type { EngineMode, EngineOptions, Operation } from './operation.ts';

export type Choice = Operation['kind'];

type Range = readonly [min: number, max: number];

export interface Profile {
  readonly name: string;
  readonly users: Range;
  readonly sets: Range;
  readonly policies: Range;
  readonly stores: Range;
  readonly lists: Range;
  readonly engines: Range;
  readonly steps: Range;
  /** How many of a hundred sequences are about data of the schema. */
  readonly typed: number;
  /** Nothing but hierarchies, so that little is known of entities that were not asked about. */
  readonly bare: boolean;
  /** How many of a hundred sequences have policies that differ in names only. */
  readonly alike: number;
  readonly modes: readonly EngineMode[];
  readonly options: readonly EngineOptions[];
  /** How often an operation is chosen, where that is not as in `OFTEN`. */
  readonly often: Partial<Record<Choice, number>>;
  /** How many of a hundred questions are repeated until the engine has its fastest way of answering. */
  readonly repeats: number;
  /** How many of a hundred steps are a round: other stores are asked about once each, then the first one changes and is asked about. */
  readonly rounds: number;
  /** How many of a hundred questions about lists meet a getter in an entity. */
  readonly getters: number;
}

const OFTEN: Readonly<Record<Choice, number>> = {
  ask: 40,
  replaceAll: 3,
  upsert: 18,
  removeEntity: 6,
  add: 7,
  remove: 6,
  addTemplate: 4,
  removeTemplate: 4,
  link: 5,
  unlink: 4,
  replace: 3,
  makeSet: 3,
  listen: 3,
  makeStore: 3,
  handle: 3,
  changeGiven: 3,
  inspect: 3,
  makeList: 3,
  changeList: 5,
  makeEngine: 3,
  release: 3,
  specialize: 3,
  askRow: 5,
  query: 4,
  deep: 2,
  shallow: 6,
};

export function oftenOf({ often }: Profile) {
  return weights({ ...OFTEN, ...often });
}

const NEVER = Number.POSITIVE_INFINITY;

const DEFAULT: EngineOptions = {};

/** Bounds so small that few policies and few questions cross them. */
const SMALL: readonly EngineOptions[] = [
  { warmUp: 0 },
  { warmUp: 2, indexFrom: 2 },
  { warmUp: 0, partitionFrom: 1, indexFrom: 1 },
  { warmUp: NEVER, partitionFrom: 1, indexFrom: 3 },
  { warmUp: 1, partitionFrom: 2, indexFrom: 2 },
  { warmUp: 0, slice: false },
  { warmUp: NEVER, slice: false, optimize: false },
];

const ANY: Profile = {
  name: 'everything',
  users: [2, 4],
  sets: [1, 2],
  policies: [1, 4],
  stores: [1, 2],
  lists: [1, 1],
  engines: [2, 3],
  steps: [60, 120],
  typed: 35,
  alike: 20,
  bare: false,
  modes: ['compile', 'compile', 'compile', 'interpret', 'module'],
  options: [DEFAULT, ...SMALL],
  often: {},
  repeats: 3,
  rounds: 0,
  getters: 6,
};

const FEW: Profile = {
  ...ANY,
  name: 'few names, few questions',
  users: [3, 6],
  sets: [1, 1],
  policies: [1, 2],
  stores: [1, 1],
  lists: [0, 0],
  engines: [1, 1],
  steps: [8, 40],
  modes: ['compile'],
  options: [DEFAULT, DEFAULT, { warmUp: 0 }],
  often: {
    ...{ ask: 18, upsert: 40, removeEntity: 14, handle: 1, changeGiven: 1, listen: 1, deep: 2, makeEngine: 1 },
    ...{ makeSet: 0, makeStore: 0, makeList: 0, changeList: 0, release: 0, replaceAll: 1 },
  },
  repeats: 0,
};

const HIERARCHIES: Profile = {
  ...FEW,
  name: 'hierarchies alone, few questions',
  users: [2, 4],
  policies: [1, 1],
  typed: 0,
  bare: true,
  steps: [10, 40],
  often: {
    ...{ ask: 16, upsert: 45, removeEntity: 16, makeEngine: 1, inspect: 1, handle: 1, deep: 1, add: 1, remove: 1 },
    ...{
      addTemplate: 0,
      removeTemplate: 0,
      link: 0,
      unlink: 0,
      replace: 0,
      query: 0,
      makeSet: 0,
      makeStore: 0,
      makeList: 0,
      changeList: 0,
    },
    ...{ changeGiven: 0, listen: 0, release: 0, replaceAll: 1, specialize: 0, askRow: 0 },
  },
};

const STORES: Profile = {
  ...ANY,
  name: 'more stores than an engine remembers',
  sets: [1, 1],
  stores: [10, 12],
  lists: [0, 1],
  engines: [1, 2],
  modes: ['compile', 'compile', 'module'],
  options: [DEFAULT, DEFAULT, ...SMALL],
  often: { ask: 60, makeEngine: 1, makeSet: 0 },
  repeats: 4,
  rounds: 12,
};

/** Chosen with equal chances; what is done quickly stands there more often. */
export const PROFILES: readonly Profile[] = [
  ANY,
  FEW,
  HIERARCHIES,
  HIERARCHIES,
  HIERARCHIES,
  STORES,
  STORES,
  {
    ...ANY,
    name: 'engines made every few steps',
    engines: [1, 2],
    modes: ['compile'],
    often: { makeEngine: 14, release: 6 },
  },
  {
    ...ANY,
    name: 'lists and stores with one engine',
    sets: [1, 1],
    lists: [1, 2],
    engines: [1, 1],
    modes: ['compile', 'compile', 'module'],
    often: { ask: 50, changeList: 20, add: 10, remove: 8, makeEngine: 1, makeSet: 0 },
  },
  {
    ...ANY,
    name: 'with the schema',
    typed: 100,
    stores: [1, 3],
    often: { makeStore: 5 },
  },
  {
    ...ANY,
    name: 'many policies, small bounds',
    policies: [4, 12],
    alike: 80,
    modes: ['compile'],
    options: SMALL,
    often: { add: 18, remove: 16, link: 12, unlink: 10, upsert: 10 },
  },
  {
    ...ANY,
    name: 'callbacks and exceptions',
    often: { listen: 8, deep: 4, shallow: 12 },
  },
  {
    ...ANY,
    name: 'getters that change policies',
    sets: [1, 1],
    policies: [1, 3],
    engines: [1, 1],
    modes: ['compile', 'compile', 'compile', 'interpret'],
    steps: [30, 80],
    // A new engine has no program yet for the entities of calls.
    often: { ask: 60, changeList: 10, makeEngine: 12, link: 12, makeSet: 0, makeStore: 0 },
    getters: 60,
  },
  {
    ...FEW,
    name: 'few names, and a stack that ends',
    stores: [1, 2],
    engines: [1, 2],
    steps: [20, 60],
    often: { ...FEW.often, ask: 40, upsert: 14, removeEntity: 5, shallow: 16, add: 5, replaceAll: 3, remove: 2 },
  },
];
