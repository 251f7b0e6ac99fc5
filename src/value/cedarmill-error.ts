/**
 * Cedarmill error — the base of every error that the package throws.
 *
 * Technique: brand by `Symbol.for`, so that `instanceof` holds too between two copies of the package, as when a project loads both module formats.
 */
import type { Diagnostic, Source } from './diagnostic.ts';
import { diagnosticText } from './diagnostic-text.ts';

const BRAND = Symbol.for('cedarmill.error');

/** What an error knows beyond its message. */
export interface ErrorDetails {
  /** One for each problem; without them the message is the only one. */
  readonly diagnostics?: readonly Diagnostic[] | undefined;
  readonly help?: string | undefined;
  /** What the labels of the diagnostics point into, one for all or one for each. */
  readonly source?: Source | undefined;
  readonly sources?: readonly (Source | undefined)[] | undefined;
  readonly cause?: unknown;
}

export interface ErrorFormatOptions {
  /** With the colours of a terminal. */
  readonly color?: boolean | undefined;
}

/** What `CedarmillError` and `UsageError` have in common. */
export interface ErrorReport {
  /** A stable identifier of the kind of mistake. */
  readonly code: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Every diagnostic with its source line and a caret under the place. Never throws. */
  format(options?: ErrorFormatOptions): string;
}

/**
 * What the package throws for a mistake in its input. `code` names the kind, `diagnostics` has one entry for each problem.
 *
 *     try { compile('permit(principal, action, resource)'); } catch (error) { error instanceof CedarmillError }   // true
 */
export class CedarmillError extends Error implements ErrorReport {
  /** The name that `instanceof` looks for in errors of another copy of the package. */
  static readonly kind: string = 'CedarmillError';
  override readonly name: string = 'CedarmillError';
  readonly code: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly #sources: readonly (Source | undefined)[];

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.diagnostics = diagnosticsOf(code, message, details);
    this.#sources = sourcesOf(this.diagnostics, details);
  }

  /** The problems as a person reads them, the first twenty: message, place, source line, caret, help. Never throws. */
  format({ color = false }: ErrorFormatOptions = {}): string {
    return formatted(this.message, this.diagnostics, this.#sources, color);
  }

  /** The kinds of this error, the most special first. */
  get [BRAND](): readonly string[] {
    return kindsOf(this.constructor);
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass inherits this method, and `this` is the class that is asked about
    return isInstance(this, value);
  }
}

/**
 * A call that no data can make right: an argument that is missing, an option that does not exist. It is a `TypeError` and counts as a
 * `CedarmillError`.
 */
export class UsageError extends TypeError implements ErrorReport {
  static readonly kind: string = 'UsageError';
  override readonly name: string = 'UsageError';
  readonly code: string = 'usage';
  readonly diagnostics: readonly Diagnostic[];

  constructor(message: string, help?: string) {
    super(help === undefined ? message : `${message}: ${help}`);
    this.diagnostics = diagnosticsOf(this.code, message, { help });
  }

  format({ color = false }: ErrorFormatOptions = {}): string {
    return formatted(this.message, this.diagnostics, [], color);
  }

  get [BRAND](): readonly string[] {
    return [...kindsOf(this.constructor), CedarmillError.kind];
  }

  static override [Symbol.hasInstance](value: unknown): boolean {
    // biome-ignore lint/complexity/noThisInStatic: a subclass inherits this method, and `this` is the class that is asked about
    return isInstance(this, value);
  }
}

function diagnosticsOf(code: string, message: string, { diagnostics, help }: ErrorDetails): readonly Diagnostic[] {
  return diagnostics ?? [{ severity: 'error', code, message, ...(help !== undefined && { help }), labels: [] }];
}

function sourcesOf(diagnostics: readonly Diagnostic[], { source, sources }: ErrorDetails) {
  return sources ?? diagnostics.map(() => source);
}

/** A text shows at most this many problems; `diagnostics` has all. */
const SHOWN_AT_MOST = 20;

/** Several lines: each problem with its source line and a caret under the place. */
export function shownProblems(
  diagnostics: readonly Diagnostic[],
  sources: readonly (Source | undefined)[],
  color = false,
): string {
  const shown = diagnostics.slice(0, SHOWN_AT_MOST).map((each, i) => diagnosticText(each, sources[i], color));
  const more = diagnostics.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}

function formatted(
  message: string,
  diagnostics: readonly Diagnostic[],
  sources: readonly (Source | undefined)[],
  color: boolean,
): string {
  try {
    return shownProblems(diagnostics, sources, color);
  } catch {
    return message;
  }
}

/** The own `kind` of a class and of those it extends. */
function kindsOf(made: unknown): readonly string[] {
  const kinds: string[] = [];
  for (let each = made; typeof each === 'function'; each = Object.getPrototypeOf(each))
    if (Object.hasOwn(each, 'kind')) kinds.push((each as unknown as { readonly kind: string }).kind);
  return kinds;
}

const isOrdinaryInstance = Function.prototype[Symbol.hasInstance];

/** A class without a kind of its own, as an application may derive, has ordinary instances only. */
function isInstance(type: typeof CedarmillError | typeof UsageError, value: unknown): boolean {
  if (isOrdinaryInstance.call(type, value)) return true;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(type, 'kind')) return false;
  const kinds = (value as { readonly [BRAND]?: unknown })[BRAND];
  return Array.isArray(kinds) && kinds.includes(type.kind);
}
