/**
 * Known errors — what errors say, worked out once for all requests that meet them for the same cause.
 *
 * Technique: memoization. An error about one stored entity is kept with the entity as it is; when there are too many, all are forgotten. Of all others each
 * policy keeps the last: what it says depends on the types of its operands, or on texts and numbers, or on the names in a context, and those of one
 * request are mostly those of the one before.
 *
 * Sound: an error depends on the row, the site, and what `causeOf` gives, or, of one entity, its uid and the stored entity, which is never changed but
 * replaced (stored-entity.ts). What is given out is frozen.
 */

import { EntityUid } from '../../../src/value/entity-uid.ts';
import { isLong } from '../../../src/value/long.ts';
import type { PolicyError } from '../../../src/value/response.ts';
import { typeName } from '../../../src/value/type-name.ts';
import { RuntimeSet, type RuntimeValue } from '../evaluate/runtime-value.ts';
import type { ContextNode } from '../graph/context-node.ts';
import { Node } from '../graph/node.ts';
import { PartialRecord } from '../graph/partial-record.ts';
import { PreparedContext } from '../graph/prepared-context.ts';
import { type Erring, policyError, type Row } from '../index/row.ts';
import { KNOWN_ERRORS_AT_MOST } from '../limits.ts';
import { StoredEntity } from '../store/stored-entity.ts';
import type { ErrorSiteOp } from './error-site.ts';

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

interface Last extends Known {
  readonly cause: Cause;
}

/** What one operand contributes to what an error says. */
type CausePart = string | number | bigint | boolean | EntityUid | readonly string[];
type Cause = readonly CausePart[];

/** The context of a request that erred: its node is out of use until all errors are worked out. */
export class ContextOfErrors {
  readonly #contexts: ContextNode;
  readonly #given: object;
  readonly #node: Node;
  #names: readonly string[] | undefined;
  #isNamed = false;

  constructor(contexts: ContextNode, given: object) {
    this.#contexts = contexts;
    this.#given = given;
    this.#node = contexts.take();
  }

  /** The names that the caller gave, if this is the node. Listing the members of a proxy runs code of the caller, which may ask the same engine. */
  namesOf(node: Node): readonly string[] | undefined {
    if (node !== this.#node) return undefined;
    this.#names ??= this.#namesGiven();
    return this.#names;
  }

  /** An error is worked out that looks at the node. */
  name(): void {
    if (this.#isNamed) return;
    this.#isNamed = true;
    this.#contexts.name(this.#node, this.#names ?? this.#namesGiven());
  }

  #namesGiven(): readonly string[] {
    return Object.keys(PreparedContext.dataOf(this.#given) ?? this.#given);
  }

  release(): void {
    if (!this.#isNamed) this.#contexts.giveBack(this.#node);
  }
}

export class KnownErrors {
  #byNode = new WeakMap<Node, OfEntity>();
  #size = 0;
  readonly #last = new WeakMap<Row, Last>();

  of(erring: Erring, context: ContextOfErrors | undefined): PolicyError {
    return this.ofStored(erring) ?? this.#ofCause(erring, context);
  }

  /** `undefined` for an error that is not about one stored entity alone. */
  ofStored(erring: Erring): PolicyError | undefined {
    const { operands, row, errorSite } = erring;
    const [node] = operands;
    if (operands.length !== 1 || !(node instanceof Node)) return undefined;
    const data = node.$data;
    if (!(data instanceof StoredEntity)) return undefined;
    const ofEntity = this.#byNode.get(node);
    const known = ofEntity !== undefined && ofEntity.data === data ? ofEntity.byRow.get(row) : undefined;
    return known !== undefined && known.errorSite === errorSite ? known.error : this.#remember(erring, node, data);
  }

  #ofEntity(node: Node, data: StoredEntity): Map<Row, Known> {
    const known = this.#byNode.get(node);
    if (known !== undefined && known.data === data) return known.byRow;
    const byRow = new Map<Row, Known>();
    this.#byNode.set(node, { data, byRow });
    return byRow;
  }

  #remember(erring: Erring, node: Node, data: StoredEntity): PolicyError {
    const error = frozenError(erring);
    if (this.#size >= KNOWN_ERRORS_AT_MOST) {
      this.#byNode = new WeakMap();
      this.#size = 0;
    }
    this.#size++;
    this.#ofEntity(node, data).set(erring.row, { errorSite: erring.errorSite, error });
    return error;
  }

  #ofCause(erring: Erring, context: ContextOfErrors | undefined): PolicyError {
    const { row, errorSite } = erring;
    const last = this.#last.get(row);
    const cause = causeOf(row.errorSites()[errorSite]!.op, erring.operands, context);
    if (last !== undefined && cause !== undefined && last.errorSite === errorSite && isSameCause(last.cause, cause))
      return last.error;
    context?.name();
    const error = frozenError(erring);
    if (cause !== undefined) this.#last.set(row, { errorSite, cause, error });
    return error;
  }
}

function frozenError(erring: Erring): PolicyError {
  const error = policyError(erring);
  Object.freeze(error.span);
  return Object.freeze(error);
}

/** `undefined` where an error says more of its operands than can be compared at once. Twin: error-site.ts. */
function causeOf(
  op: ErrorSiteOp,
  operands: readonly RuntimeValue[],
  context: ContextOfErrors | undefined,
): Cause | undefined {
  const cause: CausePart[] = [];
  const saysValues = VALUES_SAID.has(op) || (ARITHMETIC.has(op) && operands.every(isLong));
  for (const operand of operands) {
    const part = saysValues ? valuePart(op, operand, context) : typePart(op, operand);
    if (part === undefined) return undefined;
    cause.push(part);
  }
  return cause;
}

/** Errors of other operators say no more than types; and so do those of arithmetic but for overflow. */
const VALUES_SAID: ReadonlySet<ErrorSiteOp> = new Set(['getAttr', 'getTag', 'call']);
const ARITHMETIC: ReadonlySet<ErrorSiteOp> = new Set(['neg', 'add', 'sub', 'mul']);

function valuePart(
  op: ErrorSiteOp,
  operand: RuntimeValue,
  context: ContextOfErrors | undefined,
): CausePart | undefined {
  if (typeof operand !== 'object') return op === 'getAttr' ? typeName(operand) : operand;
  if (!(operand instanceof Node)) return undefined;
  const { $uid, $data, $record } = operand;
  if ($uid !== undefined) return $data === undefined ? plainUid($uid) : undefined;
  return context?.namesOf(operand) ?? ($record instanceof PartialRecord ? $record.names : undefined);
}

/** Not a handle, which would keep its store. */
function plainUid({ type, id }: EntityUid): EntityUid {
  return new EntityUid(type, id);
}

/** An element of a set may be what is wrong with `in`. */
function typePart(op: ErrorSiteOp, operand: RuntimeValue): CausePart | undefined {
  if (operand instanceof Node) return operand.$uid?.typeName ?? 'record';
  if (operand instanceof RuntimeSet) return op === 'mem' ? undefined : 'set';
  return typeName(operand);
}

function isSameCause(a: Cause, b: Cause): boolean {
  for (let i = 0; i < b.length; i++) if (!isSamePart(a[i]!, b[i]!)) return false;
  return a.length === b.length;
}

function isSamePart(a: CausePart, b: CausePart): boolean {
  if (a === b) return typeof a === typeof b;
  if (typeof a !== 'object' || typeof b !== 'object') return false;
  if (a instanceof EntityUid) return b instanceof EntityUid && a.equals(b);
  return !(b instanceof EntityUid) && a.length === b.length && a.every((name, i) => name === b[i]);
}
