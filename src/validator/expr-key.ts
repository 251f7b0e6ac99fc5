/**
 * Expr key — text that is the same for two expressions iff they differ in nothing but spans, sharing and the order of record fields.
 *
 * Technique: hash-consing. A text that grows long is interned, and its number stands for it in the texts around it; so a key is short, and each node
 * is looked at once, however deep it is nested and however often it is shared.
 *
 * Spec:  Cedar.Validation.Typechecker: Key, which compares expressions
 */
import { type Expr, spine, type UnaryOp } from '../syntax/core.ts';
import { compareCodePoints } from '../value/code-point.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { unreachable } from '../value/unreachable.ts';

/** A text of this length is interned. */
const LONG = 64;

/** INVARIANT: keys are compared with those of the same table only. */
export class ExprKeys {
  /** The keys of expressions whose text is long. */
  readonly #known = new Map<Expr, string>();
  readonly #interned = new Map<string, string>();

  of(e: Expr): string {
    const known = this.#known.get(e);
    if (known !== undefined) return known;
    const text = this.#text(e);
    if (text.length < LONG) return text;
    const key = this.#intern(text);
    this.#known.set(e, key);
    return key;
  }

  #intern(text: string): string {
    let key = this.#interned.get(text);
    if (key === undefined) {
      key = `#${this.#interned.size}`;
      this.#interned.set(text, key);
    }
    return key;
  }

  #texts(es: readonly Expr[]): string {
    return es.map((e) => this.of(e)).join(' ');
  }

  #text(e: Expr): string {
    switch (e.kind) {
      case 'lit':
        return e.value instanceof EntityUid ? `@${e.value.key}"` : literalKey(e.value);
      case 'var':
        return e.name;
      case 'slot':
        return e.slot;
      case 'ite':
        return `(if ${this.#texts([e.test, e.then, e.else])})`;
      case 'and':
      case 'or':
        return `(${e.kind} ${this.#texts(spine<Expr>(e, e.kind))})`;
      case 'unaryApp':
        return `(${unaryKey(e.op)} ${this.of(e.arg)})`;
      case 'binaryApp':
        return `(${e.op} ${this.#texts([e.left, e.right])})`;
      case 'getAttr':
      case 'hasAttr':
        return `(${e.kind} ${this.of(e.expr)} ${JSON.stringify(e.attr)})`;
      case 'set':
        return `[${this.#texts(e.elements)}]`;
      case 'record': {
        const fields = [...e.fields].sort((a, b) => compareCodePoints(a.name, b.name));
        return `{${fields.map(({ name, expr }) => `${JSON.stringify(name)} ${this.of(expr)}`).join(' ')}}`;
      }
      case 'call':
        return `(call ${JSON.stringify(e.fn)} ${this.#texts(e.args)})`;
      default:
        return unreachable(e);
    }
  }
}

function literalKey(value: boolean | number | bigint | string): string {
  return typeof value === 'string' ? JSON.stringify(value) : String(value);
}

function unaryKey(op: UnaryOp): string {
  if (op.kind === 'like') return `like ${JSON.stringify(op.pattern)}`;
  return op.kind === 'is' ? `is ${op.type}` : op.kind;
}
