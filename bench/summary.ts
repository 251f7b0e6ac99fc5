/**
 * Summary — what is said of many samples of the same.
 */

export interface Summary {
  /** The median. */
  readonly nsPerDecision: number;
  /** Half the distance between the quartiles, as a share of the median. */
  readonly spread: number;
}

export function summary(samples: readonly number[]): Summary {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!;
  return { nsPerDecision: at(0.5), spread: (at(0.75) - at(0.25)) / 2 / at(0.5) };
}
