/**
 * Concrete — policies as their tokens stand: parentheses, trailing commas and the order of operators kept.
 *
 * Every node knows its first and last token; comments are looked up by these.
 *
 * Grammar: Policies
 */

/** Token indexes, both within the node. */
export interface Extent {
  readonly first: number;
  readonly last: number;
}

/** One token. */
export interface Word extends Extent {
  readonly kind: 'word';
}

/** `A::B::c` */
export interface Path extends Extent {
  readonly kind: 'path';
  readonly words: readonly Word[];
}

export interface Field extends Extent {
  readonly key: Concrete;
  readonly value: Concrete;
}

/** What stands behind a primary: `.a`, `(…)`, `[…]`. */
export type Access =
  | (Extent & { readonly kind: 'attribute'; readonly name: Word })
  | (Extent & { readonly kind: 'call'; readonly args: readonly Concrete[] })
  | (Extent & { readonly kind: 'index'; readonly expr: Concrete });

export type Concrete =
  | (Extent & { readonly kind: 'if'; readonly test: Concrete; readonly then: Concrete; readonly else: Concrete })
  /** Operands joined by `&&`, or by `||`. */
  | (Extent & { readonly kind: 'logical'; readonly operands: readonly Concrete[] })
  | (Extent & { readonly kind: 'relation'; readonly left: Concrete; readonly right: Concrete })
  | (Extent & { readonly kind: 'has' | 'like'; readonly left: Concrete; readonly right: Concrete })
  | (Extent & {
      readonly kind: 'is';
      readonly left: Concrete;
      readonly type: Concrete;
      readonly in: Concrete | undefined;
    })
  /** Operands joined by `+` and `-`, or by `*`. */
  | (Extent & { readonly kind: 'arithmetic'; readonly operands: readonly Concrete[] })
  /** Some `!` or `-` before an operand. */
  | (Extent & { readonly kind: 'unary'; readonly arg: Concrete })
  | (Extent & { readonly kind: 'member'; readonly item: Concrete; readonly accesses: readonly Access[] })
  | (Extent & { readonly kind: 'literal' })
  | Path
  | (Extent & { readonly kind: 'uid'; readonly type: Path; readonly id: Word })
  | (Extent & { readonly kind: 'parentheses'; readonly expr: Concrete })
  | (Extent & { readonly kind: 'set'; readonly elements: readonly Concrete[] })
  | (Extent & { readonly kind: 'record'; readonly fields: readonly Field[] });

export interface ConcreteAnnotation extends Extent {
  readonly key: Word;
  readonly value: Word | undefined;
}

/** `principal is T in E`; `op` is `==` or `in`. */
export interface ConcreteScope extends Extent {
  readonly variable: Word;
  readonly type: Concrete | undefined;
  readonly op: { readonly word: Word; readonly right: Concrete } | undefined;
}

export interface ConcreteCondition extends Extent {
  readonly word: Word;
  readonly body: Concrete;
}

export interface ConcretePolicy extends Extent {
  readonly annotations: readonly ConcreteAnnotation[];
  readonly effect: Word;
  readonly scopes: readonly ConcreteScope[];
  readonly conditions: readonly ConcreteCondition[];
}
