/**
 * Instrument — puts calls into every function of the library: `tick` at its beginning, or `enter` there and `leave` at its end.
 *
 * Technique: acorn finds the functions, and text is put in. What the library makes of text at run time is left
 * as it is: it calls functions of the library all the time.
 */
import { type Node, parse } from 'acorn';
import { type Instrumentation, ROOT } from '../drt/bundle.ts';

function importOf(names: string, module: string): string {
  return `import { ${names} } from ${JSON.stringify(`${ROOT}test/exceptions/${module}`)};\n`;
}

export const TICKS: Instrumentation = {
  name: 'ticks',
  instrument: (code) => importOf('tick as $tick', 'tick.ts') + withTicks(code),
};

export const DEPTHS: Instrumentation = {
  name: 'depths',
  instrument: (code) => importOf('enter as $enter, leave as $leave, within as $within', 'depth.ts') + withDepths(code),
};

type Place = readonly [at: number, text: string];

/** The text with a call at the beginning of every function. */
export function withTicks(code: string): string {
  return inserted(code, ({ body, type }) => {
    if (body.type === 'BlockStatement') return [[body.start + 1, '$tick();']];
    if (type !== 'ArrowFunctionExpression') return [];
    return [
      [body.start, '($tick(), '],
      [body.end, ')'],
    ];
  });
}

/** The text with a call at the beginning and one at each end of every function. Generators are left as they are: they end many times. */
export function withDepths(code: string): string {
  return inserted(code, ({ body, type, generator, async }) => {
    if (generator === true || async === true) return [];
    if (body.type === 'BlockStatement')
      return [
        [body.start + 1, '$enter(); try {'],
        [body.end - 1, '} finally { $leave(); }'],
      ];
    if (type !== 'ArrowFunctionExpression') return [];
    return [
      [body.start, '$within(() => ('],
      [body.end, '))'],
    ];
  });
}

function inserted(code: string, placesIn: (node: FunctionNode) => readonly Place[]): string {
  const places: Place[] = [];
  for (const node of functionsOf(parse(code, { ecmaVersion: 2022, sourceType: 'module' })))
    places.push(...placesIn(node));
  // From the end on, so that no place moves; at one place, what closes an inner function comes before what closes an outer one.
  const sorted = places.map((place, i) => ({ place, i })).sort((a, b) => b.place[0] - a.place[0] || b.i - a.i);
  return sorted.reduce((text, { place: [at, insert] }) => text.slice(0, at) + insert + text.slice(at), code);
}

interface FunctionNode {
  readonly type: string;
  readonly body: Node;
  readonly generator?: boolean;
  readonly async?: boolean;
}

const FUNCTIONS: ReadonlySet<string> = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
]);

function* functionsOf(tree: Node): IterableIterator<FunctionNode> {
  const open: unknown[] = [tree];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    if ('type' in next && FUNCTIONS.has(next.type as string)) yield next as FunctionNode;
    open.push(...Object.values(next));
  }
}
