/**
 * Context layout — what a dispatcher takes from the contexts of requests.
 */
import { CONTEXT_ATTRIBUTES_AT_MOST } from './limits.ts';

/** What a value must be for a program to take it as it is; `none` if no value is. */
export type ContextKind = 'primitive' | 'string' | 'long' | 'bool' | 'none';

export interface ContextAttribute {
  readonly name: string;
  readonly kind: ContextKind;
  /** Whether a context without it does not fit. */
  readonly required: boolean;
}

export interface ContextLayout {
  readonly attributes: readonly ContextAttribute[];
  /** Whether a context with other attributes does not fit. If not, their values are not looked at. */
  readonly closed: boolean;
}

/** Without a schema: the attributes that policies read, of any primitive kind. `undefined` if that is all, or too many. */
export function openLayout(names: ReadonlySet<string> | undefined): ContextLayout | undefined {
  if (names === undefined || names.size > CONTEXT_ATTRIBUTES_AT_MOST) return undefined;
  const attributes = Array.from(names, (name) => ({ name, kind: 'primitive', required: false }) as const);
  return { attributes, closed: false };
}
