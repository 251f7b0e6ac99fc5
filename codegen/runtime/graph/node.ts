/**
 * Node — an entity or a record as compiled programs see it: one field for each attribute that the policies read.
 *
 * Every compiled policy set has one subclass (`nodeClass` in emit/node-class.ts) whose attribute fields begin with `_`; `undefined` means absent.
 * One class for all entity types and records, so that every load is monomorphic.
 *
 * INVARIANT: entity nodes are interned, one for each uid of a graph and one for each unknown uid of a request; so `===` is equality.
 */
import type { EntityView } from '../../../src/value/entities.ts';
import type { EntityUid } from '../../../src/value/entity-uid.ts';
import type { CedarRecord } from '../../../src/value/record.ts';
import { bitOf, NO_BIT } from './bit-index.ts';
import { NodeSet } from './node-set.ts';

/** What a graph knows of a plan. */
export interface NodePlan {
  /** The number of its case in a dispatcher, from 1 on; zero if there is none. */
  readonly number: number;
  /** The action's ancestors as far as policies name them: the plan is right for no other. */
  readonly below: readonly Node[];
}

/** The plan of an entity that was not asked for as an action. */
export const NO_PLAN: NodePlan = { number: 0, below: [] };

/**
 * Its fields are assigned: to define them, as class fields are, takes V8 several times as long once there are nodes of more than four classes, and
 * every engine has one.
 */
export class Node {
  /** What it stands for: one field for either, since there may be millions of nodes. */
  declare readonly $is: EntityUid | CedarRecord;
  /** The type of the entity; `undefined` for a record. */
  declare readonly $type: string | undefined;
  /** The number by which indexes know the entity; zero for one that no row of them demands. */
  declare $indexKey: number;
  /** Its bit index, if others are below it or it stands in a set (bit-indexes.ts). */
  declare $bit: number;
  /** The bits of all ancestors together: if a bit is missing, none of its entities is an ancestor. */
  declare $mask: number;
  /** All ancestors, without the entity itself. */
  declare $ancestors: NodeSet<Node>;

  /** What the program that owns the node keeps with an action. */
  declare $plan: NodePlan;

  constructor(uid: EntityUid | undefined, record: CedarRecord | undefined) {
    this.$is = uid ?? record!;
    this.$type = uid?.type;
    this.$indexKey = 0;
    this.$bit = NO_BIT;
    this.$mask = 0;
    this.$ancestors = NodeSet.none;
    this.$plan = NO_PLAN;
  }

  /** `undefined` for a record. */
  get $uid(): EntityUid | undefined {
    return this.$type === undefined ? undefined : (this.$is as EntityUid);
  }

  /** What the store knows; `undefined` for an entity it does not know, and for records. */
  get $data(): EntityView | undefined {
    return this.$type === undefined ? undefined : (this.$is as { readonly entity?: EntityView | undefined }).entity;
  }

  /** `undefined` for an entity. */
  get $record(): CedarRecord | undefined {
    return this.$type === undefined ? (this.$is as CedarRecord) : undefined;
  }
}

/** Spec: inₑ. */
export function inEntity(a: Node, b: Node): boolean {
  return a === b || ((a.$mask & bitOf(b.$bit)) !== 0 && a.$ancestors.has(b, b.$bit));
}

/** Fields of a subclass, by name. */
export type Fields = Record<string, unknown>;
