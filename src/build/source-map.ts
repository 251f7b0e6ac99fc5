/**
 * Source map — takes the marks out of emitted text (codegen/emit/source-mark.ts), and makes a source map of them.
 *
 *     marked text × policies → text, mappings from its lines to places in policy files
 *
 * So stack traces and debuggers name places in policies, and coverage counts clauses. Each statement stands on a line of its own.
 *
 * A module has several copies of a policy: for the full answer, for the decision alone, and for each set of action groups. Coverage keeps one count for
 * each place, so every statement has a place of its own: the first column from its clause on that no other has. Blocks of policies are exact.
 */
import { addMapping, GenMapping, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping';
import type { Source } from '../syntax/policy.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { positionsIn } from '../value/text-positions.ts';

/** As the format has it. */
export interface SourceMap {
  readonly version: 3;
  readonly names: string[];
  readonly sources: string[];
  readonly sourcesContent: string[];
  readonly mappings: string;
}

const POLICY = /^\s*\/\/ (?:permit|forbid) ("(?:[^"\\]|\\.)*"), /;
const MARK = /^\s*\/\/ @cedar (-?\d+)$/;

interface Place {
  readonly id: string;
  readonly source: Source;
  readonly offset: number;
}

/** `nameOf` names the file of a source as the map does. */
export function extractSourceMap(
  marked: string,
  set: PolicySet,
  nameOf: (source: Source) => string,
): { readonly code: string; readonly map: SourceMap } {
  const map = new GenMapping();
  const lines: string[] = [];
  const taken = new Set<string>();
  let policy: string | undefined;
  let place: Place | undefined;
  for (const line of marked.split('\n')) {
    const mark = MARK.exec(line)?.[1];
    if (mark !== undefined) {
      place = placeIn(set, policy, Number(mark));
      continue;
    }
    lines.push(line);
    const [, id] = POLICY.exec(line) ?? [];
    if (id !== undefined) {
      policy = JSON.parse(id);
      place = placeIn(set, policy, -1);
    } else if (place !== undefined) {
      note(map, lines.length, line, place, nameOf, taken);
      place = undefined;
    }
  }
  const { names, sources, sourcesContent, mappings } = toEncodedMap(map);
  const named = { names: [...names], sources: sources.map(String), sourcesContent: (sourcesContent ?? []).map(String) };
  return { code: lines.join('\n'), map: { version: 3, ...named, mappings } };
}

/** `undefined` for policies that have no text. */
function placeIn(set: PolicySet, id: string | undefined, offset: number): Place | undefined {
  const policy = id === undefined ? undefined : set.get(id);
  if (policy?.source === undefined || policy.span === undefined) return undefined;
  return { id: policy.id, source: policy.source, offset: offset < 0 ? policy.span.start : offset };
}

function note(
  map: GenMapping,
  line: number,
  text: string,
  { id, source, offset }: Place,
  nameOf: (source: Source) => string,
  taken: Set<string>,
) {
  const name = nameOf(source);
  const column = text.length - text.trimStart().length;
  const isBlock = /^\s*[\w$]+: \{$/.test(text);
  const original = originalOf(source, isBlock ? offset : freeOffset(source, offset, taken));
  addMapping(map, { generated: { line, column }, source: name, original, name: id });
  setSourceContent(map, name, source.text);
}

/** The first from `offset` on, on its line, that is nobody's; the last of the line if there is none. */
function freeOffset(source: Source, offset: number, taken: Set<string>): number {
  const end = source.text.indexOf('\n', offset);
  const last = (end < 0 ? source.text.length : end) - 1;
  const key = (each: number) => `${each} ${source.name}`;
  let free = offset;
  while (free < last && taken.has(key(free))) free++;
  taken.add(key(free));
  return free;
}

/** Columns count UTF-16 units from 0. */
function originalOf(source: Source, offset: number): { line: number; column: number } {
  const before = source.text.lastIndexOf('\n', offset - 1) + 1;
  return { line: positionsIn(source).lineOf(offset), column: offset - before };
}
