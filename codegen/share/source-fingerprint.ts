/**
 * Source fingerprint — a policy as it is written but without its literals. Policies with one fingerprint have one skeleton.
 *
 *     before  every policy is desugared, lowered, optimized and parameterized to find its skeleton
 *     after   only the first policy of a fingerprint is; the others take its skeleton, with their own literals
 *
 * Sound: of literals, desugaring and lowering look at Bools only, which the fingerprint holds. Optimization also looks at literals that it folds away;
 * if the first policy lost one, no other takes its skeleton (`CompiledPolicies`).
 */
import { spine } from '../../src/syntax/core.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import { isShared } from '../../src/syntax/desugar.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import type { Condition, Scope } from '../../src/syntax/policy.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import type { Prim } from '../../src/value/value.ts';
import { primKind } from '../ir/kind.ts';
import { TrieNode, type Word } from './trie.ts';

export interface SourceFingerprint<T> {
  readonly trieNode: TrieNode<T>;
  /** Those that are left out, in the order in which a skeleton has them (skeleton.ts). */
  readonly literals: readonly Prim[];
}

type Scoped = Pick<CorePolicy, 'effect' | 'principal' | 'resource'>;

/**
 * Takes the fingerprints of policies, one after another.
 *
 * INVARIANT: what is written can be read back but for the literals that are left out: the words so far say what the next one is, and lists begin
 * with their length.
 */
export class Fingerprints<T> {
  #trieNode: TrieNode<T> = new TrieNode();
  /** Longer than it is needed for, so that it need not grow for each policy. */
  readonly #literals: Prim[] = [];
  #count = 0;

  /** The fingerprint of all but the action, which has settled where to begin. */
  fingerprintOf(policy: Scoped, clauses: readonly Condition[], start: TrieNode<T>): SourceFingerprint<T> {
    this.#trieNode = start;
    this.#count = 0;
    this.#word(policy.effect);
    this.#scope(policy.principal);
    this.#scope(policy.resource);
    this.#clauses(clauses);
    return { trieNode: this.#trieNode, literals: this.#literals.slice(0, this.#count) };
  }

  #word(word: Word): void {
    this.#trieNode = this.#trieNode.after(word);
  }

  #scope(scope: Scope): void {
    this.#word(scope.kind);
    if (scope.kind === 'is' || scope.kind === 'isMem') this.#word(scope.type);
    if (scope.kind === 'any' || scope.kind === 'is') return;
    const { entity } = scope;
    if (entity.kind === 'slot') this.#word(entity.slot);
    else this.#literal(entity.uid, false);
  }

  #literal(value: Prim, whole: boolean): void {
    if (typeof value === 'boolean') {
      this.#word(value ? 'true' : 'false');
      return;
    }
    this.#word(primKind(value));
    if (!whole) this.#literals[this.#count++] = value;
    else if (value instanceof EntityUid) {
      this.#word(value.type);
      this.#word(value.id);
    } else this.#word(value);
  }

  #clauses(clauses: readonly Condition[]): void {
    this.#word(clauses.length);
    for (const { kind, body } of clauses) {
      this.#word(kind);
      this.#expr(body, false);
    }
  }

  /** `whole` inside sets, records and calls, whose literals a skeleton keeps. */
  #expr(x: Expression, whole: boolean): void {
    switch (x.kind) {
      case 'lit':
        this.#literal(x.value, whole);
        return;
      case 'var':
        this.#word(x.name);
        return;
      case 'slot':
        this.#word(x.slot);
        return;
      case 'ite':
        this.#word('ite');
        this.#expr(x.test, whole);
        this.#expr(x.then, whole);
        this.#expr(x.else, whole);
        return;
      case 'and':
      case 'or':
        this.#word(x.kind);
        if (x.left.kind === x.kind) this.#chain(x, whole);
        else this.#pair(x, whole);
        return;
      case 'unary':
        this.#word(x.op);
        this.#expr(x.arg, whole);
        return;
      case 'binary':
        this.#word(x.op);
        this.#expr(x.left, whole);
        this.#expr(x.right, whole);
        return;
      case 'getAttr':
        this.#word('getAttr');
        this.#word(x.attr);
        this.#expr(x.expr, whole);
        return;
      case 'hasAttr':
        this.#word('hasAttr');
        this.#words(x.attrs);
        this.#repeated(x.attrs.length, x.expr, whole);
        return;
      case 'like':
        this.#word('like');
        this.#words(x.pattern);
        this.#expr(x.expr, whole);
        return;
      case 'is':
        this.#is(x, whole);
        return;
      case 'set':
        this.#word('set');
        this.#collection(x.elements);
        return;
      case 'record':
        this.#word('record');
        this.#word(x.fields.length);
        for (const { name, expr } of x.fields) {
          this.#word(name);
          this.#expr(expr, true);
        }
        return;
      case 'call':
        this.#word('call');
        this.#word(x.fn);
        this.#collection(x.args);
        return;
      case 'value':
        this.#expr(x.expr, whole);
        return;
      default:
        unreachable(x);
    }
  }

  #words(words: readonly (string | null)[]): void {
    this.#word(words.length);
    for (const word of words) this.#word(word ?? 0);
  }

  #collection(elements: readonly Expression[]): void {
    this.#word(elements.length);
    for (const element of elements) this.#expr(element, true);
  }

  /** A receiver that the core tree has `times` times, and therefore its literals, unless it is shared there (desugar.ts). */
  #repeated(times: number, x: Expression, whole: boolean): void {
    const before = this.#count;
    this.#expr(x, whole);
    if (isShared(x, times)) return;
    const after = this.#count;
    for (let time = 1; time < times; time++) {
      for (let i = before; i < after; i++) this.#literals[this.#count++] = this.#literals[i]!;
    }
  }

  #is(x: Extract<Expression, { kind: 'is' }>, whole: boolean): void {
    this.#word(x.in === undefined ? 'is' : 'isIn');
    this.#word(x.type);
    this.#repeated(x.in === undefined ? 1 : 2, x.expr, whole);
    if (x.in !== undefined) this.#expr(x.in, whole);
  }

  #pair({ left, right }: Chain, whole: boolean): void {
    this.#word(2);
    this.#expr(left, whole);
    this.#expr(right, whole);
  }

  /** Chains may be longer than the stack; the operands come left to right. */
  #chain(chain: Chain, whole: boolean): void {
    const operands = spine<Expression>(chain, chain.kind);
    this.#word(operands.length);
    for (const operand of operands) this.#expr(operand, whole);
  }
}

type Chain = Extract<Expression, { kind: 'and' | 'or' }>;
