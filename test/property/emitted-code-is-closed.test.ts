/**
 * Emitted code is closed — its only free names are the runtime's, and no text of a policy becomes anything but a literal or a name of its own.
 */
import { type Node, parse } from 'acorn';
import { test } from 'vitest';
import { RUNTIME_NAMES } from '../../codegen/emit/reserved.ts';
import type { Finding } from '../drt/finding.ts';
import { emittedText } from './emitted.ts';
import { holds } from './holds.ts';

const GIVEN: ReadonlySet<string> = new Set(['runtime', 'rows', 'indexes', 'undefined', ...RUNTIME_NAMES]);

/** The only members that emitted code asks for, besides fields, which begin with `_`. */
const MEMBERS: ReadonlySet<string> = new Set([
  ...['fail', 'next', 'grow', 'add', 'link', 'bit', 'first', 'row', 'columns'],
  ...['$type', '$mask', '$bit', '$plan', 'number', '$ancestors', 'has', 'startsWith', 'endsWith', 'includes'],
]);

test('names, members and forms are those that the emitter has', async () => {
  await holds({ cases: 800, check: (given) => foreign(emittedText(given)) });
});

function foreign(text: string): Finding | undefined {
  const declared = new Set(GIVEN);
  const used = new Set<string>();
  const odd: string[] = [];
  walk(parse(text, { ecmaVersion: 2022, allowReturnOutsideFunction: true }), (node, parent, key) => {
    const { name } = node as Node & { name: string };
    if (node.type === 'ImportExpression' || node.type === 'ThisExpression' || node.type === 'MetaProperty')
      odd.push(node.type);
    if (node.type !== 'Identifier') return;
    if (key === 'property' && (parent as Node & { computed?: boolean }).computed !== true) {
      if (!name.startsWith('_') && !MEMBERS.has(name)) odd.push(`member ${name}`);
    } else if (key === 'params' || (key === 'id' && parent.type !== 'ExpressionStatement')) declared.add(name);
    else if (parent.type !== 'Property' && key !== 'label') used.add(name);
  });
  odd.push(...[...used].filter((name) => !declared.has(name)).map((name) => `free name ${name}`));
  return odd.length === 0 ? undefined : { target: 'closed', oracle: 'acorn', what: text, expected: [], actual: odd };
}

function walk(node: Node, visit: (node: Node, parent: Node, key: string) => void): void {
  for (const [key, child] of Object.entries(node)) {
    for (const each of Array.isArray(child) ? child : [child]) {
      if (typeof each !== 'object' || each === null || typeof each.type !== 'string') continue;
      visit(each, node, key);
      walk(each, visit);
    }
  }
}
