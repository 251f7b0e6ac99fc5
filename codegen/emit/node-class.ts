/**
 * Node class — the class of a program's nodes, which declares a field for each attribute that the policies read.
 */
import type { Program } from 'estree';
import type { Fields } from '../plan/node-fields.ts';
import * as b from './estree.ts';

/** The body of a function of `Node` that returns the subclass with these fields. */
export function emitNodeClass({ declared }: Fields): Program {
  const fields = declared.map((field) => ({
    type: 'PropertyDefinition' as const,
    key: b.id(field),
    value: b.nothing,
    computed: false,
    static: false,
  }));
  return {
    type: 'Program',
    sourceType: 'script',
    body: [
      b.returns({
        type: 'ClassExpression',
        id: b.id('PolicyNode'),
        superClass: b.id('Node'),
        body: { type: 'ClassBody', body: fields },
      }),
    ],
  };
}
