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
import { residualToCedar } from './print.ts';
import * as residual from './residual.ts';
import { bool, type Residual, type ResidualOf, val, writtenSize } from './residual.ts';

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
      case 'unaryApp':
        return residual.unaryApp(r.op, this.of(r.arg), r);
      case 'binaryApp':
        return this.#binary(r, this.of(r.left), this.of(r.right));
      case 'getAttr':
        return this.#getAttr(r, this.of(r.expr));
      case 'hasAttr':
        return this.#hasAttr(r, this.of(r.expr));
      case 'set':
        return residual.set(
          r.elements.map((element) => this.of(element)),
          r,
        );
      case 'record':
        return residual.record(
          r.fields.map(({ name, expr }) => ({ name, expr: this.of(expr) })),
          r,
        );
      case 'call':
        return residual.call(
          r.fn,
          r.args.map((arg) => this.of(arg)),
          r,
        );
      default:
        return unreachable(r);
    }
  }

  /** `x && false` is false where `x` cannot err, which is known of more here; an operand that was there before is left out. */
  #chain(r: ResidualOf<'and' | 'or'>): Residual {
    const [first, ...others] = residual.chainOf(r);
    const ends = r.kind === 'or';
    let left = this.of(first!);
    const seen = new Set<string>([textOf(left)]);
    for (const other of others) {
      if (left.kind === 'val' && left.value === ends) return left;
      const right = this.of(other);
      const text = textOf(right);
      const isKnown = right.kind === 'val' && right.value === !ends;
      if (isKnown || (text !== '' && seen.has(text))) continue;
      seen.add(text);
      if (left.kind === 'val' && left.value === !ends) left = right;
      else if (right.kind === 'val' && right.value === ends && !left.canErr) left = bool(ends, r.span);
      else left = residual.chain(r.kind, left, right, r);
    }
    return left;
  }

  #binary(r: ResidualOf<'binaryApp'>, left: Residual, right: Residual): Residual {
    if (r.op === 'eq' && !left.canErr && textOf(left) !== '' && textOf(left) === textOf(right))
      return val(true, { type: r.type, span: r.span });
    return (r.op === 'mem' && this.#membership(r, left, right)) || residual.binaryApp(r.op, left, right, r);
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
    const result = residual.getAttr(expr, r.attr, r);
    return !expr.canErr && this.#isThere(expr, r.attr) ? { ...result, canErr: false } : result;
  }

  #hasAttr(r: ResidualOf<'hasAttr'>, expr: Residual): Residual {
    const isThere = r.attrs.length === 1 && !expr.canErr && this.#isThere(expr, r.attrs[0]!);
    return isThere ? val(true, { type: r.type, span: r.span }) : residual.hasAttr(expr, r.attrs, r);
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

function conditional(r: ResidualOf<'ite'>, test: Residual, yes: Residual, no: Residual): Residual {
  if (!test.canErr && textOf(yes) !== '' && textOf(yes) === textOf(no)) return yes;
  return residual.ite(test, yes, no, r);
}

/** Nodes that are compared by their text; larger ones are not compared. */
const COMPARED = 64;

/** Text that is the same for equal residuals; empty for what is too large to be compared. */
function textOf(r: Residual): string {
  return writtenSize(r, COMPARED) > COMPARED ? '' : residualToCedar(r);
}
