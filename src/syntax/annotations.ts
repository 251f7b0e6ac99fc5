/**
 * Annotations — those of a policy as an object, ready to be given out.
 */
import type { Annotation } from './policy.ts';

/** By name. It has no prototype, so that no name means anything else. */
export type Annotations = Readonly<Record<string, string>>;

/** An annotation without a value reads as the empty text. */
export function annotationsOf(annotations: readonly Annotation[]): Annotations {
  const byName: Record<string, string> = Object.create(null);
  for (const { key, value = '' } of annotations) byName[key] = value;
  return byName;
}
