/**
 * Source map — takes the marks out of emitted text (codegen/emit/source-mark.ts), and makes a source map of them.
 *
 *     marked text × policies → text, mappings from its lines to places in policy files
 *
 * So stack traces and debuggers name places in policies; coverage-counters.ts has a map of its own. Each statement stands on a line of its own.
 *
 * A module has several copies of a policy: for the full answer, for the decision alone, and for each set of action groups. Coverage keeps one count for
 * each place, so every statement has a place of its own: the first column from its clause on that no other has. Blocks of policies are exact.
 */
import { addMapping, GenMapping, setSourceContent } from '@jridgewell/gen-mapping';
import type { Source } from '../syntax/policy.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { encoded, MARK, originalOf, type Place, POLICY, placeIn } from './marked-place.ts';

/** As the format has it. */
export interface SourceMap {
  readonly version: 3;
  readonly names: string[];
  readonly sources: string[];
  readonly sourcesContent: string[];
  readonly mappings: string;
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
  return { code: lines.join('\n'), map: encoded(map) };
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
