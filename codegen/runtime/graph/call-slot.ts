/**
 * Call slot — what the present call says of one entity, how far that has been read, and the node that stands for it.
 *
 * Technique: object pool. A slot and its node are another entity's in each call. What is known of the node stands here, too: nodes of each engine have a
 * class of their own, and code that all engines share asks of their fields as little as it can.
 */
import type { EntityView } from '../../../src/value/entities.ts';
import { EntityUid, isActionType } from '../../../src/value/entity-uid.ts';
import { hasOwnMember } from '../../../src/value/own-member.ts';
import type { EntityHandle } from '../store/entity-handle.ts';
import { NO_BIT } from './bit-index.ts';
import type { Node } from './node.ts';
import type { PlainMembers } from './uid-reader.ts';

/** An entity of the list, each member as it was read. */
export interface ListedMembers {
  readonly uid: { readonly type: string; readonly id: string };
  readonly attrs: PlainMembers;
  readonly parents: readonly unknown[];
  readonly tags: unknown;
}

/** A type that entities of a call may have. */
export class CallType {
  readonly name: string;
  readonly isAction: boolean;
  /** The entities of the type that policies name, by id. */
  named: ReadonlyMap<string, EntityHandle> | undefined;
  /** Types that were found to be allowed for parents. */
  readonly above: CallType[] = [];

  constructor(name: string, named: ReadonlyMap<string, EntityHandle> | undefined) {
    this.name = name;
    this.isAction = isActionType(name);
    this.named = named;
  }
}

/** It makes the views of entities. */
interface Viewer {
  viewOf(entity: ListedMembers): EntityView;
}

export const NOTHING: readonly unknown[] = [];

export class CallSlot extends EntityUid {
  callType: CallType;
  /** `undefined` if the list does not have the entity. */
  given: object | undefined = undefined;
  attrs: PlainMembers | undefined = undefined;
  parents: readonly unknown[] = NOTHING;
  tags: unknown = undefined;
  /** The entity where something else than the list has it, or where tags or errors have asked for it. */
  view: EntityView | undefined = undefined;
  /** How much further policies may go from here; less than zero if it is not read. */
  left = -1;
  /** Whether the ancestors of its node are those of the present call. */
  isClimbed = false;
  /** Whether the present climb is above it, and the last climb that met it. */
  isOpen = false;
  climb = 0;
  /** The node in the present call, and whether the graph keeps it, for policies name the entity. */
  node: Node | undefined = undefined;
  isKept = false;
  /** The node of the pool: what `node` is, unless it is kept. */
  pooled: Node | undefined = undefined;
  /** Its type, its bit index, and whether it has ancestors. */
  pooledType = '';
  pooledBit = NO_BIT;
  hasAncestors = false;
  readonly #viewer: Viewer;

  constructor(viewer: Viewer, callType: CallType, id: string) {
    super(callType.name, id);
    this.#viewer = viewer;
    this.callType = callType;
  }

  become(callType: CallType, id: string): void {
    const uid = this as { type: string; id: string };
    uid.type = callType.name;
    uid.id = id;
    this.callType = callType;
    this.given = undefined;
    this.attrs = undefined;
    this.parents = NOTHING;
    this.left = -1;
    this.isClimbed = false;
    this.isOpen = false;
    this.node = undefined;
    this.view = undefined;
  }

  /** Made when it is asked for: by tags, and by errors. `undefined` if the call does not have it, or nothing may be asked of it. */
  get entity(): EntityView | undefined {
    if (this.left <= 0) return undefined;
    if (this.view === undefined && this.given !== undefined) this.view = this.#viewer.viewOf(this.#members(this.given));
    return this.view;
  }

  /** For whoever looks at it later: the slot is another entity's in the next call. */
  #members(given: object): ListedMembers {
    const { type, id, parents } = this;
    return {
      uid: { type, id },
      attrs: this.attrs!,
      parents,
      tags: hasOwnMember(given, 'tags') ? this.tags : undefined,
    };
  }
}
