/**
 * Context layout — what a dispatcher takes from the contexts of requests.
 */
import { CONTEXT_ATTRIBUTES_AT_MOST } from './limits.ts';

/**
 * What a value must be for a program to take it: `any` value without a schema; an `entity` of type `target`; an extension value, by its constructor; `none` if
 * no value is taken.
 */
export type ContextKind =
  | 'any'
  | 'string'
  | 'long'
  | 'bool'
  | 'entity'
  | 'ip'
  | 'decimal'
  | 'datetime'
  | 'duration'
  | 'none';

export interface ContextAttribute {
  readonly name: string;
  readonly kind: ContextKind;
  readonly target?: string | undefined;
  /** Whether a context without it does not fit. */
  readonly required: boolean;
}

export interface ContextLayout {
  readonly attributes: readonly ContextAttribute[];
  /** Whether a context with other attributes does not fit. If not, their values are not looked at. */
  readonly closed: boolean;
}

/** Without a schema: the attributes that policies read, of any kind. `undefined` if that is all, or too many. */
export function openLayout(names: ReadonlySet<string> | undefined): ContextLayout | undefined {
  if (names === undefined || names.size > CONTEXT_ATTRIBUTES_AT_MOST) return undefined;
  const attributes = Array.from(names, (name) => ({ name, kind: 'any', required: false }) as const);
  return { attributes, closed: false };
}
