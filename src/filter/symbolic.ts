/**
 * Symbolic — a constant for what is known only when a filter is asked for: the condition can be said or not whichever it is.
 */
import type { Type } from '../validator/type.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import type { Value } from '../value/value.ts';
import { type Condition, compare, Inexpressible, type Literal } from './condition.ts';
import { KNOWN_REQUEST, type OpenRequest } from './open-request.ts';
import type { Meaning, Term } from './term.ts';

/** Shows what can be said, and nothing else. */
export const SYMBOLIC_REQUEST: OpenRequest = {
  ...KNOWN_REQUEST,
  meaning: anyBool,
  term: ({ type }) => anyTerm(type),
  ancestors: (_, name) => anyTerm({ kind: 'set', element: { kind: 'entity', name } }),
};

const ZERO: Literal = { kind: 'literal', type: 'integer', value: 0 };

/** Neither true nor false for certain, so that nothing is folded away. */
function anyBool(): Meaning {
  const either: Condition = compare('=', ZERO, ZERO);
  return { yes: either, no: either, defined: either };
}

function anyTerm(type: Type): Term {
  if (type.kind === 'bool' || type.kind === 'long' || type.kind === 'ext')
    return { kind: 'scalar', scalar: ZERO, type };
  return { kind: 'constant', value: anyValue(type), type };
}

function anyValue(type: Type): Value {
  switch (type.kind) {
    case 'string':
      return '';
    case 'entity':
      return new EntityUid(type.name, '');
    case 'set':
      return CedarSet.from(type.element === undefined ? [] : [anyValue(type.element)]);
    case 'record':
      return new CedarRecord(
        new Map([...type.attributes].map(([name, attribute]) => [name, anyValue(attribute.type)])),
      );
    case 'bool':
      return true;
    case 'long':
    case 'ext':
      return 0;
    default:
      throw new Inexpressible(`a value of the type \`${type.kind}\``);
  }
}
