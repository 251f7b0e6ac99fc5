/**
 * Pattern — the right side of `like`.
 *
 * Spec:  Cedar.Spec.Wildcard: PatElem, Pattern, wildcardMatch
 */

/** Literal runs (not empty, no two adjacent) and wildcards (`null`), in order. */
export type Pattern = readonly (string | null)[];
