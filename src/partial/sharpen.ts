/**
 * Sharpen — what residuals say beyond the official rules: fewer of them are left, and more decisions are known.
 *
 *     Residual → Residual of the same value for every completion, that errs where it errs
 *
 * The official results stay as they are (authorize.ts); these are given beside them:
 *
 *   - what can never be true is not satisfied, though it may err
 *   - `uid in e`, where all ancestors of `uid` are known, asks whether `e` is one of them
 *   - an entity that is known to exist has its required attributes
 *   - a required attribute of a record is there, so `.` cannot err; a field of a written record is its expression
 *   - `x == x`, `x && x`, `x || x`, `if c then x else x`, where `x` (and `c`) cannot err
 *
 * Sound: each rule keeps value and error of every completion; `canErr` is false only where nothing can err.
 */
import { attributesOfEntry, type Type } from '../validator/type.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { CedarSet } from '../value/set.ts';
import { unreachable } from '../value/unreachable.ts';
import type { Known } from './evaluate.ts';
import * as residual from './residual.ts';
import { bool, type Residual, type ResidualOf, val } from './residual.ts';
import { isAlike, Seen } from './same-residual.ts';

export function sharpen(root: Residual, known: Known): Residual {
  return new Sharpening(known).of(root);
}

/** Whether no completion makes it true: the policy is never satisfied. */
export function isNeverTrue(r: Residual): boolean {
  return !possible(r).true;
}

/** The Bools that an expression may come to, as far as connectives tell; it may err besides. */
interface Possible {
  readonly true: boolean;
  readonly false: boolean;
}

const EITHER: Possible = { true: true, false: true };
const NEITHER: Possible = { true: false, false: false };

function possible(r: Residual): Possible {
  switch (r.kind) {
    case 'val':
      return { true: r.value === true, false: r.value === false };
    case 'error':
      return NEITHER;
    case 'and':
    case 'or':
      return possibleOfChain(r);
    case 'ite':
      return possibleOfIf(r);
    case 'unaryApp': {
      if (r.op.kind !== 'not') return EITHER;
      const arg = possible(r.arg);
      return { true: arg.false, false: arg.true };
    }
    default:
      return EITHER;
  }
}

/** From the leftmost operand on: what stands behind an operand that cannot let it be reached is never evaluated. */
function possibleOfChain(r: ResidualOf<'and' | 'or'>): Possible {
  const going = r.kind === 'and' ? 'true' : 'false';
  const ending = r.kind === 'and' ? 'false' : 'true';
  let mayEnd = false;
  for (const operand of residual.chainOf(r)) {
    const each = possible(operand);
    mayEnd ||= each[ending];
    if (!each[going]) return r.kind === 'and' ? { true: false, false: mayEnd } : { true: mayEnd, false: false };
  }
  return r.kind === 'and' ? { true: true, false: mayEnd } : { true: mayEnd, false: true };
}

function possibleOfIf(r: ResidualOf<'ite'>): Possible {
  const test = possible(r.test);
  const yes = test.true ? possible(r.then) : NEITHER;
  const no = test.false ? possible(r.else) : NEITHER;
  return { true: yes.true || no.true, false: yes.false || no.false };
}

class Sharpening {
  readonly #known: Known;
  readonly #shared = new Map<Residual, Residual>();

  constructor(known: Known) {
    this.#known = known;
  }

  of(r: Residual): Residual {
    if (!r.shared) return this.#rebuild(r);
    const result = this.#shared.get(r) ?? residual.asShared(this.#rebuild(r));
    this.#shared.set(r, result);
    return result;
  }

  #rebuild(r: Residual): Residual {
    switch (r.kind) {
      case 'val':
      case 'var':
      case 'error':
        return r;
      case 'and':
      case 'or':
        return this.#chain(r);
      case 'ite':
        return conditional(r, this.of(r.test), this.of(r.then), this.of(r.else));
      case 'unaryApp': {
        const arg = this.of(r.arg);
        return arg === r.arg ? r : residual.unaryApp(r.op, arg, r);
      }
      case 'binaryApp':
        return this.#binary(r, this.of(r.left), this.of(r.right));
      case 'getAttr':
        return this.#getAttr(r, this.of(r.expr));
      case 'hasAttr':
        return this.#hasAttr(r, this.of(r.expr));
      case 'set': {
        const elements = this.#all(r.elements);
        return elements === r.elements ? r : residual.set(elements, r);
      }
      case 'record': {
        const before = r.fields.map(({ expr }) => expr);
        const exprs = this.#all(before);
        if (exprs === before) return r;
        return residual.record(
          r.fields.map(({ name }, i) => ({ name, expr: exprs[i]! })),
          r,
        );
      }
      case 'call': {
        const args = this.#all(r.args);
        return args === r.args ? r : residual.call(r.fn, args, r);
      }
      default:
        return unreachable(r);
    }
  }

  /** The list itself where none of them changes. */
  #all(rs: readonly Residual[]): readonly Residual[] {
    const sharper = rs.map((each) => this.of(each));
    return sharper.every((each, i) => each === rs[i]) ? rs : sharper;
  }

  /** `x && false` is false where `x` cannot err, which is known of more here; an operand that was there before is left out. */
  #chain(r: ResidualOf<'and' | 'or'>): Residual {
    const before = residual.chainOf(r);
    const operands = this.#all(before);
    const seen = new Seen();
    const repeated = operands.map((each) => seen.add(each));
    const isSame = operands === before && operands.every(({ kind }, i) => kind !== 'val' && !repeated[i]);
    return isSame ? r : rebuilt(r, operands, repeated);
  }

  #binary(r: ResidualOf<'binaryApp'>, left: Residual, right: Residual): Residual {
    if (r.op === 'eq' && !left.canErr && isAlike(left, right)) return val(true, { type: r.type, span: r.span });
    const membership = r.op === 'mem' ? this.#membership(r, left, right) : undefined;
    if (membership !== undefined) return membership;
    return left === r.left && right === r.right ? r : residual.binaryApp(r.op, left, right, r);
  }

  /** `uid in e` → `[uid, its ancestors].contains(e)`, of the type of `e` only; of a set `e` → `….containsAny(e)`. */
  #membership(r: ResidualOf<'binaryApp'>, left: Residual, right: Residual): Residual | undefined {
    const uid = left.kind === 'val' ? left.value : undefined;
    const type = right.type.kind === 'set' ? right.type.element : right.type;
    if (!(uid instanceof EntityUid) || right.kind === 'val' || type?.kind !== 'entity') return undefined;
    const ancestors = this.#known.entities.get(uid)?.ancestorUids;
    if (ancestors === undefined) return undefined;
    const among = [uid, ...ancestors].filter((each) => each.type === type.name);
    const set = val(CedarSet.from(among), { type: { kind: 'set', element: type }, span: left.span });
    return residual.binaryApp(right.type.kind === 'set' ? 'containsAny' : 'contains', set, right, r);
  }

  #getAttr(r: ResidualOf<'getAttr'>, expr: Residual): Residual {
    if (expr.kind === 'record' && expr.fields.every((field) => field.name === r.attr || !field.expr.canErr)) {
      const field = expr.fields.find(({ name }) => name === r.attr);
      if (field !== undefined) return field.expr;
    }
    const result = expr === r.expr ? r : residual.getAttr(expr, r.attr, r);
    return !expr.canErr && this.#isThere(expr, r.attr) ? { ...result, canErr: false } : result;
  }

  #hasAttr(r: ResidualOf<'hasAttr'>, expr: Residual): Residual {
    const isThere = r.attrs.length === 1 && !expr.canErr && this.#isThere(expr, r.attrs[0]!);
    if (isThere) return val(true, { type: r.type, span: r.span });
    return expr === r.expr ? r : residual.hasAttr(expr, r.attrs, r);
  }

  /** Is the attribute required, of a record or of an entity that is known to exist? */
  #isThere(expr: Residual, attr: string): boolean {
    const attribute = attributesOfType(expr.type, this.#known)?.get(attr);
    if (attribute?.required !== true) return false;
    if (expr.type.kind === 'record') return true;
    return expr.kind === 'val' && expr.value instanceof EntityUid && this.#exists(expr.value);
  }

  #exists(uid: EntityUid): boolean {
    return this.#known.entities.get(uid)?.exists === true;
  }
}

function attributesOfType(type: Type, { schema }: Known) {
  if (type.kind === 'record') return type.attributes;
  return type.kind === 'entity' ? attributesOfEntry(schema.entityTypes.get(type.name)) : undefined;
}

/** A chain of these operands, of which those that are repeated are left out. */
function rebuilt(
  r: ResidualOf<'and' | 'or'>,
  [first, ...others]: readonly Residual[],
  [, ...repeated]: readonly boolean[],
): Residual {
  const ends = r.kind === 'or';
  let left = first!;
  for (const [i, right] of others.entries()) {
    if (left.kind === 'val' && left.value === ends) return left;
    if (repeated[i] || (right.kind === 'val' && right.value === !ends)) continue;
    if (left.kind === 'val' && left.value === !ends) left = right;
    else if (right.kind === 'val' && right.value === ends && !left.canErr) left = bool(ends, r.span);
    else left = residual.chain(r.kind, left, right, r);
  }
  return left;
}

function conditional(r: ResidualOf<'ite'>, test: Residual, yes: Residual, no: Residual): Residual {
  if (!test.canErr && isAlike(yes, no)) return yes;
  return test === r.test && yes === r.then && no === r.else ? r : residual.ite(test, yes, no, r);
}
