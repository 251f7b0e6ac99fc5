/**
 * Node class — the class of the nodes of one bound program, with a field for each attribute that the policies read.
 */
import { emitNodeClass } from '../emit/node-class.ts';
import { load } from '../load/load.ts';
import type { Fields } from '../plan/node-fields.ts';
import { print } from '../print/statement.ts';
import type { NodeClass } from '../runtime/graph/graph.ts';
import { Node } from '../runtime/graph/node.ts';

export function nodeClassOf(fields: Fields): NodeClass {
  const make = load<(base: typeof Node) => NodeClass['class']>(['Node'], print(emitNodeClass(fields)));
  return { class: make(Node), fields: fields.entries() };
}
