/**
 * Layers — who may import whom. The table is ARCHITECTURE.md's; this is where it is enforced, in both directions: no import that the table does not
 * allow, and no permission that nobody uses.
 */
import { describe, expect, test } from 'vitest';
import { importsOf, sourceFiles } from './tree.ts';

const RUNTIME = ['store', 'graph', 'index', 'evaluate', 'program'].map((part) => `codegen/runtime/${part}`);

/** One file that all parts of the runtime read, and the emitters, which must number policies as it says. */
const LIMITS = 'codegen/runtime/limits.ts';

/** Layer → the layers its files may import from, besides their own. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  'src/value': [],
  'src/syntax': ['src/value'],
  'src/parser': ['src/value', 'src/syntax'],
  'src/schema': ['src/value', 'src/syntax', 'src/parser'],
  'src/schema-types': ['src/value', 'src/syntax', 'src/schema'],
  'src/validator': ['src/value', 'src/syntax', 'src/parser', 'src/schema'],
  'src/format': ['src/value', 'src/syntax', 'src/parser'],
  'src/model': ['src/value', 'src/syntax'],
  'src/untyped-partial': ['src/value', 'src/syntax', 'src/model'],
  'src/partial': ['src/value', 'src/syntax', 'src/schema', 'src/validator', 'src/model'],
  'src/mapping': ['src/value', 'src/schema'],
  'src/filter': [
    ...['src/value', 'src/syntax', 'src/parser', 'src/schema', 'src/validator', 'src/partial', 'src/mapping'],
  ],
  [LIMITS]: [],
  'codegen/runtime/store': ['src/value', LIMITS, 'codegen/runtime/graph'],
  'codegen/runtime/graph': ['src/value', LIMITS, ...others('graph', ['store', 'index', 'evaluate'])],
  'codegen/runtime/index': ['src/value', LIMITS, ...others('index', ['graph', 'evaluate', 'program'])],
  'codegen/runtime/evaluate': ['src/value', LIMITS, ...others('evaluate', ['graph'])],
  'codegen/runtime/program': ['src/value', LIMITS, ...others('program', ['store', 'graph', 'index', 'evaluate'])],
  'codegen/runtime': others('', ['store', 'graph', 'index', 'program']),
  'codegen/ir': ['src/value', 'src/syntax', 'codegen/runtime/program'],
  'codegen/lower': ['src/value', 'src/syntax', 'codegen/ir'],
  'codegen/optimize': ['src/value', 'codegen/ir'],
  'codegen/share': ['src/value', 'src/syntax', 'codegen/ir'],
  'codegen/plan': ['src/value', 'src/syntax', 'codegen/ir', 'codegen/share', 'codegen', 'codegen/runtime/graph'],
  'codegen/print': ['src/value'],
  'codegen/emit': [
    ...['src/value', 'src/syntax'],
    ...['codegen/ir', 'codegen/optimize', 'codegen/share', 'codegen/plan', 'codegen/print', LIMITS],
  ],
  'codegen/load': ['src/value', 'codegen/emit', 'codegen/runtime/program'],
  'codegen/bind': [
    ...['src/value', 'src/syntax', 'src/schema', 'codegen'],
    ...['codegen/ir', 'codegen/plan', 'codegen/emit', 'codegen/print', 'codegen/load'],
    ...RUNTIME,
  ],
  codegen: [
    ...['src/value', 'src/syntax'],
    ...['ir', 'lower', 'optimize', 'share', 'plan', 'emit', 'print', 'load', 'bind'].map((phase) => `codegen/${phase}`),
    ...others('', ['store', 'graph', 'program', 'evaluate']),
  ],
  'src/engine': [
    ...['src/value', 'src/syntax', 'src/parser', 'src/schema', 'src/validator', 'src/model', 'src/partial'],
    ...['src/mapping', 'src/filter'],
    'codegen',
  ],
  'src/cedar-wasm': [
    ...['src/value', 'src/syntax', 'src/parser', 'src/schema', 'src/validator', 'src/model'],
    ...['src/format', 'src/untyped-partial', 'src/engine'],
    'codegen',
  ],
  'src/build': [
    ...['src/value', 'src/syntax', 'src/parser', 'src/schema', 'src/validator', 'src/engine', 'src/schema-types'],
    ...['codegen', 'codegen/print'],
  ],
  'src/plugin': ['src/value', 'src/build', 'codegen'],
  'src/cli': [
    ...['src/value', 'src/syntax', 'src/parser', 'src/schema', 'src/validator', 'src/model'],
    ...['src/format', 'src/partial', 'src/engine', 'src/cedar-wasm', 'src/schema-types', 'src/build'],
    ...['src/mapping', 'src/filter'],
    ...['codegen', 'codegen/print'],
  ],
  src: [
    ...['src/value', 'src/syntax', 'src/parser', 'src/schema', 'src/validator', 'src/format', 'src/partial'],
    ...['src/mapping', 'src/filter', 'src/engine', 'codegen', 'codegen/runtime'],
  ],
};

function others(own: string, parts: readonly string[]): readonly string[] {
  return parts.filter((part) => part !== own).map((part) => `codegen/runtime/${part}`);
}

/** Packages a layer may import; none that is not listed, and the runtime none at all. */
const PACKAGES: Readonly<Record<string, readonly RegExp[]>> = {
  'src/format': [/^get-east-asian-width$/],
  'codegen/print': [/^acorn$/, /^estree$/],
  'codegen/emit': [/^estree$/],
  'codegen/load': [/^estree$/],
  'codegen/bind': [/^estree$/],
  codegen: [/^estree$/],
  'src/build': [/^@jridgewell\/gen-mapping$/, /^tinyglobby$/, /^node:/],
  'src/plugin': [/^tinyglobby$/, /^unplugin$/, /^node:/],
  'src/cli': [/^chokidar$/, /^commander$/, /^picocolors$/, /^node:/],
};

function layerOf(path: string): string {
  const layers = Object.keys(LAYERS).filter((layer) => path === layer || path.startsWith(`${layer}/`));
  return layers.reduce((longest, layer) => (layer.length > longest.length ? layer : longest), '');
}

const files = sourceFiles('src', 'codegen');
const imports = files.flatMap(importsOf);
const inner = imports.filter((each) => /^(src|codegen|test|bench|examples|proofs)\//.test(each.to));

describe('the layers', () => {
  test('every source file stands in a layer of the table', () => {
    expect(files.filter((path) => layerOf(path) === '')).toEqual([]);
  });

  test('imports only point down', () => {
    const wrong = inner.filter(({ from, to }) => {
      const layer = layerOf(from);
      return layerOf(to) !== layer && !LAYERS[layer]?.includes(layerOf(to));
    });
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });

  test('every permission of the table is used', () => {
    const used = new Set(inner.map(({ from, to }) => `${layerOf(from)} → ${layerOf(to)}`));
    const permissions = Object.entries(LAYERS).flatMap(([layer, below]) => below.map((each) => `${layer} → ${each}`));
    expect(permissions.filter((each) => !used.has(each))).toEqual([]);
  });

  test('no file imports itself through others', () => {
    expect(cycles(inner.filter(({ typeOnly }) => !typeOnly))).toEqual([]);
  });

  test('in the compiler and its runtime, not by types either', () => {
    const compiler = inner.filter(({ from }) => from.startsWith('codegen/'));
    expect(cycles(compiler)).toEqual([]);
  });

  test('only the listed packages are imported, and by the layers that may', () => {
    const outer = imports.filter((each) => !inner.includes(each));
    const wrong = outer.filter(({ from, to }) => !PACKAGES[layerOf(from)]?.some((allowed) => allowed.test(to)));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});

/** Import cycles, by depth-first search. */
function cycles(among: typeof inner): string[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of among) next.set(from, [...(next.get(from) ?? []), to]);
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
