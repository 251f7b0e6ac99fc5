/**
 * Coverage counters — a module whose coverage report is exact: each clause of a policy has a function of its own, called where the clause is evaluated.
 *
 *     // @cedar 41                                   counter3();
 *     if (resource._owner !== principal) break …  →  if (resource._owner !== principal) break …
 *                                                    …
 *                                                    function counter3() { return 0; }        mapped to the clause
 *
 * A module has several copies of a policy, and tools that look at ranges, such as c8, take the last range over a line for its count. The counters stand
 * at the end, one for each line and one for each clause of a line that has several; nothing else of the module is mapped, so nothing else counts.
 * Policies without code have counters that nothing calls.
 */
import { addMapping, GenMapping, setSourceContent } from '@jridgewell/gen-mapping';
import type { Source } from '../syntax/policy.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import { encoded, MARK, originalOf, type Place, POLICY, placeIn } from './marked-place.ts';
import type { SourceMap } from './source-map.ts';

interface Counter {
  readonly name: string;
  readonly source: Source;
  readonly id: string;
  readonly line: number;
  /** The first column of the clause, and the last. */
  readonly first: number;
  readonly last: number;
  /** The name of the counter of its line, if it has the line not for itself. */
  readonly ofLine: string | undefined;
}

/** In the place of `extractSourceMap`. */
export function withCoverageCounters(
  marked: string,
  set: PolicySet,
  nameOf: (source: Source) => string,
): { readonly code: string; readonly map: SourceMap } {
  const places = new Map<string, Place>();
  const names = new Map<string, string>();
  const lines = markedLines(marked, set).map((each) => {
    if (typeof each === 'string') return each;
    const key = keyOf(each);
    const name = names.get(key) ?? `counter${names.size}`;
    names.set(key, name);
    places.set(key, each);
    return `${name}();`;
  });
  for (const place of withoutCode(set, [...places.values()])) {
    names.set(keyOf(place), `counter${names.size}`);
    places.set(keyOf(place), place);
  }
  const counters = countersOf([...places.values()], (place) => names.get(keyOf(place))!);
  const map = new GenMapping();
  const functions = counters.map((counter, i) => declared(counter, lines.length + i + 1, map, nameOf));
  return { code: [...lines, ...functions, ''].join('\n'), map: encoded(map) };
}

const keyOf = ({ source, offset }: Place) => `${offset} ${source.name}`;

/** The lines of the text, with a place for each mark. */
function markedLines(marked: string, set: PolicySet): (string | Place)[] {
  let policy: string | undefined;
  return marked.split('\n').flatMap((line): (string | Place)[] => {
    const mark = MARK.exec(line)?.[1];
    if (mark !== undefined) return [placeIn(set, policy, Number(mark)) ?? []].flat();
    const [, id] = POLICY.exec(line) ?? [];
    if (id === undefined) return [line];
    policy = JSON.parse(id) as string;
    return [line, placeIn(set, policy, -1) ?? []].flat();
  });
}

/** The lines of policies that have no code, such as templates without links: nothing calls their counters. */
function withoutCode(set: PolicySet, places: readonly Place[]): Place[] {
  const withCode = new Set(places.map(({ id }) => id));
  return [...set.written()].flatMap(({ id, source, span }) => {
    if (withCode.has(id) || source === undefined || span === undefined) return [];
    const starts = [...source.text.slice(span.start, span.end).matchAll(/^[^\S\n]*\S/gm)];
    return starts.map(({ index, 0: { length } }) => ({ id, source, offset: span.start + index + length - 1 }));
  });
}

/** Those of clauses first, those of lines last. */
function countersOf(places: readonly Place[], nameOf: (place: Place) => string): Counter[] {
  const counters: Counter[] = [];
  const ofLines: Counter[] = [];
  for (const group of groupByLine(places).values()) {
    const sorted = group.sort((a, b) => a.offset - b.offset);
    const [{ source, id, offset }] = sorted as [Place];
    const { line } = originalOf(source, offset);
    const last = endOfLine(source, offset);
    const whole = { source, id, line, first: 0, last, ofLine: undefined };
    if (sorted.length === 1) {
      ofLines.push({ ...whole, name: nameOf(sorted[0]!) });
      continue;
    }
    const ofLine = `${nameOf(sorted[0]!)}OfLine`;
    ofLines.push({ ...whole, name: ofLine });
    sorted.forEach((place, i) => {
      const next = sorted[i + 1];
      const { column } = originalOf(place.source, place.offset);
      const end = next === undefined ? last : originalOf(next.source, next.offset).column - 1;
      counters.push({ name: nameOf(place), source, id: place.id, line, first: column, last: end, ofLine });
    });
  }
  return [...counters, ...ofLines];
}

function groupByLine(places: readonly Place[]): Map<string, Place[]> {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    const key = `${originalOf(place.source, place.offset).line} ${place.source.name}`;
    groups.set(key, [...(groups.get(key) ?? []), place]);
  }
  return groups;
}

/** The last column of the line. */
function endOfLine({ text }: Source, offset: number): number {
  const end = text.indexOf('\n', offset);
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  return Math.max(0, (end < 0 ? text.length : end) - start - 1);
}

/** The function, on a line of its own, which is mapped from its first character to its last. */
function declared(counter: Counter, line: number, map: GenMapping, nameOf: (source: Source) => string): string {
  const { name, source, id, first, last, ofLine } = counter;
  const text = `function ${name}() { return ${ofLine === undefined ? '0' : `${ofLine}()`}; }`;
  const at = (column: number, original: number) =>
    addMapping(map, {
      generated: { line, column },
      source: nameOf(source),
      original: { line: counter.line, column: original },
      name: id,
    });
  at(0, first);
  at(text.length - 1, last);
  setSourceContent(map, nameOf(source), source.text);
  return text;
}
