/**
 * Context shape — what a dispatcher takes from the contexts of requests.
 */

/** What a value must be for a program to take it as it is; `none` if no value is. */
export type ContextKind = 'primitive' | 'string' | 'long' | 'bool' | 'none';

export interface ContextAttribute {
  readonly name: string;
  readonly kind: ContextKind;
  /** Whether a context without it does not fit. */
  readonly required: boolean;
}

export interface ContextShape {
  readonly attributes: readonly ContextAttribute[];
  /** Whether a context with other attributes does not fit. If not, their values are not looked at. */
  readonly closed: boolean;
}

/** Without a schema: the attributes that policies read, of any primitive kind. */
export function openShape(names: Iterable<string>): ContextShape {
  const attributes = Array.from(names, (name) => ({ name, kind: 'primitive', required: false }) as const);
  return { attributes, closed: false };
}
