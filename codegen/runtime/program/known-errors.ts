/**
 * Known errors — what errors of policies on stored entities say, worked out once for each entity as it is.
 *
 * Technique: memoization by policy and entity; when there are too many, all are forgotten. Only failures of one operand that is an entity with data are
 * kept: a missing attribute of the principal or resource, mostly.
 *
 * Sound: such an error depends on the row, the site, the uid and the stored entity, which is never changed but replaced (stored-entity.ts). What is given
 * out is frozen.
 */
import type { PolicyError } from '../../../src/value/response.ts';
import { Node } from '../graph/node.ts';
import { type Erring, policyError, type Row } from '../index/row.ts';
import { KNOWN_ERRORS_AT_MOST } from '../limits.ts';
import { StoredEntity } from '../store/stored-entity.ts';

interface Known {
  readonly errorSite: number;
  readonly error: PolicyError;
}

/** The errors of one entity. */
interface OfEntity {
  /** What they were worked out from. */
  readonly data: StoredEntity;
  readonly byRow: Map<Row, Known>;
}

export class KnownErrors {
  #byNode = new WeakMap<Node, OfEntity>();
  #size = 0;

  of(erring: Erring): PolicyError {
    const [node] = erring.operands;
    if (erring.operands.length !== 1 || !(node instanceof Node)) return policyError(erring);
    const data = node.$data;
    if (!(data instanceof StoredEntity)) return policyError(erring);
    const known = this.#ofEntity(node, data).get(erring.row);
    return known?.errorSite === erring.errorSite ? known.error : this.#remember(erring, node, data);
  }

  #ofEntity(node: Node, data: StoredEntity): Map<Row, Known> {
    const known = this.#byNode.get(node);
    if (known !== undefined && known.data === data) return known.byRow;
    const byRow = new Map<Row, Known>();
    this.#byNode.set(node, { data, byRow });
    return byRow;
  }

  #remember(erring: Erring, node: Node, data: StoredEntity): PolicyError {
    const error = policyError(erring);
    Object.freeze(error.span);
    Object.freeze(error);
    if (this.#size >= KNOWN_ERRORS_AT_MOST) {
      this.#byNode = new WeakMap();
      this.#size = 0;
    }
    this.#size++;
    this.#ofEntity(node, data).set(erring.row, { errorSite: erring.errorSite, error });
    return error;
  }
}
