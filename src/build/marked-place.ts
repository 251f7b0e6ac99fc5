/**
 * Marked place — where the marks in emitted text (codegen/emit/source-mark.ts) lead: to places in the text of policies.
 */
import { type GenMapping, toEncodedMap } from '@jridgewell/gen-mapping';
import type { Source } from '../syntax/policy.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { positionsIn } from '../value/text-positions.ts';
import type { SourceMap } from './source-map.ts';

/** The comment before a policy, and the mark before a statement of it. */
export const POLICY = /^\s*\/\/ (?:permit|forbid) ("(?:[^"\\]|\\.)*"), /;
export const MARK = /^\s*\/\/ @cedar (-?\d+)$/;

/** A place in the text of a policy. */
export interface Place {
  readonly id: string;
  readonly source: Source;
  readonly offset: number;
}

/** `undefined` for policies that have no text. */
export function placeIn(set: PolicySet, id: string | undefined, offset: number): Place | undefined {
  const policy = id === undefined ? undefined : set.get(id);
  if (policy?.source === undefined || policy.span === undefined) return undefined;
  return { id: policy.id, source: policy.source, offset: offset < 0 ? policy.span.start : offset };
}

/** Columns count UTF-16 units from 0. */
export function originalOf(source: Source, offset: number): { line: number; column: number } {
  const before = source.text.lastIndexOf('\n', offset - 1) + 1;
  return { line: positionsIn(source).lineOf(offset), column: offset - before };
}

export function encoded(map: GenMapping): SourceMap {
  const { names, sources, sourcesContent, mappings } = toEncodedMap(map);
  const named = { names: [...names], sources: sources.map(String), sourcesContent: (sourcesContent ?? []).map(String) };
  return { version: 3, ...named, mappings };
}
