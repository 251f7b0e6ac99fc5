/**
 * Node — an entity or a record as compiled programs see it: one field for each attribute that the policies read.
 *
 * Every compiled policy set has one subclass (`nodeClass` in emit/node-class.ts) whose attribute fields begin with `_`; `undefined` means absent.
 * One class for all entity types and records, so that every load is monomorphic.
 *
 * INVARIANT: entity nodes are interned, one for each uid of a graph and one for each unknown uid of a request; so `===` is equality.
 */
import type { EntityView } from '../../src/value/entities.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { CedarRecord } from '../../src/value/record.ts';
import { NodeSet } from './node-set.ts';
import type { EntityHandle } from './store.ts';

export class Node {
  /** What it stands for: one field for either, since there may be millions of nodes. */
  readonly #is: EntityUid | CedarRecord;
  /** The type of the entity; `undefined` for a record. */
  readonly $type: string | undefined;
  /** The number by which tables know the entity; zero for one that no row of them demands. */
  $key = 0;
  /** One bit that stands for this entity in the masks of its descendants (places.ts); zero for an entity that needs none. */
  $bit = 0;
  /** The bits of all ancestors together: where a bit is missing, its entities are no ancestors. */
  $mask = 0;
  /** Of the words of bits, that in which its own stands. */
  $word = 0;
  /** All ancestors, without the entity itself. */
  $ancestors = NodeSet.none;

  /** What the program that owns the node keeps with an action; only nodes of actions have room for it from the beginning. */
  declare $plan: NodePlan | undefined;
  /** Of an action for which there is a plan: its number, from 1 on. */
  declare $number: number | undefined;

  constructor(uid: EntityUid | undefined, record: CedarRecord | undefined) {
    this.#is = uid ?? record!;
    this.$type = uid?.type;
  }

  /** `undefined` for a record. */
  get $uid(): EntityUid | undefined {
    return this.$type === undefined ? undefined : (this.#is as EntityUid);
  }

  /** What the store knows; `undefined` for an entity it does not know, and for records. */
  get $data(): EntityView | undefined {
    return this.$type === undefined ? undefined : (this.#is as Partial<EntityHandle>).entity;
  }

  /** `undefined` for an entity. */
  get $record(): CedarRecord | undefined {
    return this.$type === undefined ? (this.#is as CedarRecord) : undefined;
  }
}

export type NodeConstructor = new (uid: EntityUid | undefined, record: CedarRecord | undefined) => Node;

/** The class of nodes of actions, which are few: fields that are added later would be a load further away. */
export function actionClass(of: NodeConstructor): NodeConstructor {
  return class extends of {
    override $plan: NodePlan | undefined = undefined;
    override $number = 0;
  };
}

/** What a graph knows of a plan. */
export interface NodePlan {
  /** The action's ancestors as far as policies name them: the plan is right for no other. */
  readonly below: readonly Node[];
}

/** Spec: inₑ. */
export function inEntity(a: Node, b: Node): boolean {
  return a === b || ((a.$mask & b.$bit) !== 0 && a.$ancestors.has(b, b.$word, b.$bit));
}

/** Fields of a subclass, by name. */
export type Fields = Record<string, unknown>;
