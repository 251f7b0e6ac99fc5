/**
 * Floors — who may import whom. The table is ARCHITECTURE.md's; this is where it is enforced.
 */
import { describe, expect, test } from 'vitest';
import { importsOf, sourceFiles } from './tree.ts';

const MEANING = ['src/value', 'src/syntax', 'src/parser', 'src/schema', 'src/validator'];
/** What users hold beside a decision. */
const TOOLS = ['src/format', 'src/untyped-partial'];

/** Room → the rooms its files may import from, besides their own. */
const FLOORS: Readonly<Record<string, readonly string[]>> = {
  'src/value': [],
  'src/syntax': ['src/value'],
  'src/parser': ['src/value', 'src/syntax'],
  'src/schema': ['src/value', 'src/syntax', 'src/parser'],
  'src/validator': ['src/value', 'src/syntax', 'src/parser', 'src/schema'],
  'src/format': ['src/value', 'src/syntax', 'src/parser'],
  'src/model': ['src/value', 'src/syntax'],
  'src/untyped-partial': ['src/value', 'src/syntax', 'src/model'],
  'src/partial': ['src/value', 'src/syntax', 'src/schema', 'src/validator', 'src/model'],
  'codegen/runtime': ['src/value'],
  codegen: ['src/value', 'src/syntax', 'src/schema', 'src/validator', 'codegen/runtime'],
  'src/engine': [...MEANING, 'src/model', 'src/partial', 'codegen', 'codegen/runtime'],
  'src/cedar-wasm': [...MEANING, ...TOOLS, 'src/model', 'src/engine', 'codegen', 'codegen/runtime'],
  'src/cli': [
    ...MEANING,
    ...TOOLS,
    'src/model',
    'src/partial',
    'src/engine',
    'src/cedar-wasm',
    'codegen',
    'codegen/runtime',
    'src',
  ],
  src: [...MEANING, ...TOOLS, 'src/model', 'src/partial', 'src/engine', 'codegen', 'codegen/runtime'],
};

/** Packages a room may import; none that is not listed, and the runtime none at all. */
const PACKAGES: Readonly<Record<string, readonly RegExp[]>> = {
  'src/format': [/^get-east-asian-width$/],
  codegen: [/^acorn$/, /^estree$/],
  'src/cli': [/^commander$/, /^picocolors$/, /^node:/],
};

function roomOf(path: string): string {
  const rooms = Object.keys(FLOORS).filter((room) => path.startsWith(`${room}/`));
  return rooms.reduce((longest, room) => (room.length > longest.length ? room : longest), '');
}

const files = sourceFiles('src', 'codegen');
const imports = files.flatMap(importsOf);
const inner = imports.filter((each) => /^(src|codegen|test|bench|examples|proofs)\//.test(each.to));

describe('the house', () => {
  test('every source file stands in a room of the table', () => {
    expect(files.filter((path) => roomOf(path) === '')).toEqual([]);
  });

  test('imports only point down', () => {
    const wrong = inner.filter(({ from, to }) => {
      const room = roomOf(from);
      return roomOf(to) !== room && !FLOORS[room]?.includes(roomOf(to));
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('no file imports itself through others', () => {
    expect(cycles()).toEqual([]);
  });

  test('only the listed packages are imported, and by the rooms that may', () => {
    const outer = imports.filter((each) => !inner.includes(each));
    const wrong = outer.filter(({ from, to }) => !PACKAGES[roomOf(from)]?.some((allowed) => allowed.test(to)));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});

/** Import cycles, by depth-first search; `import type` counts too, but a type may know the type that holds it. */
function cycles(): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to, typeOnly } of inner) if (!typeOnly) next.set(from, [...(next.get(from) ?? []), to]);
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '));
    if (start >= 0 || done.has(path)) return;
    for (const to of next.get(path) ?? []) visit(to, [...trail, path]);
    done.add(path);
  };
  for (const path of next.keys()) visit(path, []);
  return found;
}
