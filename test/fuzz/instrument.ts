/**
 * Instrument — JavaScript text with a counter at the beginning of every branch.
 *
 * Technique: branch coverage by source instrumentation, as in AFL's compile-time mode: each block, case, arm of a conditional and right side of `&&`, `||` and
 * `??` sets its own byte of `globalThis.__coverage`. Reading V8's own coverage after each input would cost a thousand times as much.
 */
import { type AnyNode, parse } from 'acorn';

export interface Instrumented {
  readonly text: string;
  readonly branches: number;
}

export function instrument(source: string): Instrumented {
  const insertions: { readonly at: number; readonly text: string; readonly closes: boolean }[] = [];
  let branches = 0;
  const hit = () => `$cov[${branches++}]=1`;
  const statement = (at: number) => insertions.push({ at, text: `${hit()};`, closes: false });
  const wrap = ({ start, end }: { readonly start: number; readonly end: number }) => {
    insertions.push({ at: start, text: `(${hit()},`, closes: false }, { at: end, text: ')', closes: true });
  };
  for (const node of nodesOf(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }))) {
    if (node.type === 'BlockStatement' && !startsWithDirective(node)) statement(node.start + 1);
    else if (node.type === 'SwitchCase' && node.consequent.length > 0) statement(node.consequent[0]!.start);
    else if (node.type === 'ConditionalExpression') {
      wrap(node.consequent);
      wrap(node.alternate);
    } else if (node.type === 'LogicalExpression') wrap(node.right);
    else if (node.type === 'IfStatement') {
      for (const branch of [node.consequent, node.alternate])
        if (branch && branch.type !== 'BlockStatement') {
          insertions.push(
            { at: branch.start, text: `{${hit()};`, closes: false },
            { at: branch.end, text: '}', closes: true },
          );
        }
    }
  }
  return { text: `const $cov=globalThis.__coverage;${inserted(source, insertions)}`, branches };
}

function startsWithDirective(node: AnyNode & { type: 'BlockStatement' }): boolean {
  const [first] = node.body;
  return first?.type === 'ExpressionStatement' && first.directive !== undefined;
}

/** At one place, what closes comes before what opens. */
function inserted(
  source: string,
  insertions: { readonly at: number; readonly text: string; readonly closes: boolean }[],
): string {
  insertions.sort((a, b) => a.at - b.at || Number(b.closes) - Number(a.closes));
  const parts: string[] = [];
  let last = 0;
  for (const { at, text } of insertions) {
    parts.push(source.slice(last, at), text);
    last = at;
  }
  return `${parts.join('')}${source.slice(last)}`;
}

function nodesOf(root: AnyNode): AnyNode[] {
  const nodes: AnyNode[] = [];
  const open: AnyNode[] = [root];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    nodes.push(node);
    for (const value of Object.values(node) as unknown[]) {
      for (const each of Array.isArray(value) ? value : [value]) if (isNode(each)) open.push(each);
    }
  }
  return nodes;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
