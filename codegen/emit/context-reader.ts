/**
 * Context reader — emitted code from the caller's context to the context node of a request.
 *
 *     { tenant: 'acme', hour: 9 }  → the reused context node with `_tenant` and `_hour`, or undefined
 *
 * It takes primitives as they are, and leaves all else to context-values.ts; for what neither takes it gives `undefined`, and the exact reader (src/engine/input/request-input.ts) does the work
 * or throws the error. What it takes, that reader takes too, and with the same meaning.
 *
 * Technique: `for … in` lists the enumerable members by V8's enum cache, which is a third of the cost of asking `propertyIsEnumerable`. It lists inherited
 * members too, so a name that `Object.prototype` has, polluted or not, is left to the exact reader. `mapProbe` is a symbol that no object has: loading
 * it tells V8 the object's layout, and `getPrototypeOf` is a constant from there on.
 *
 * INVARIANT: each member is read once, and the node is written after the last: a getter may ask the same engine.
 */
import type { Expression, Statement } from 'estree';
import { unreachable } from '../../src/value/unreachable.ts';
import type { ContextAttribute, ContextLayout } from '../plan/context-layout.ts';
import type { Fields } from '../plan/node-fields.ts';
import * as b from './estree.ts';
import type { Names } from './names.ts';

const GIVEN = b.id('given');
const NAME = b.id('memberName');
const MEMBER = b.id('member');
const CONTEXT = b.id('context');
export const UNDECIDED = b.returns(b.nothing);

/** The functions of the runtime that take a value as it is, or give `undefined`. */
const TAKING = { string: 'takeString', long: 'takeLong', bool: 'takeBool' } as const;

/** What readers and entry functions may call. */
export const ENTRY_RUNTIME = [
  ...['getPrototypeOf', 'isArray', 'isEscapeName', 'objectPrototype', 'mapProbe', 'nodeIn'],
  ...['takePrimitive', ...Object.values(TAKING)],
];

/** A member that is taken, and the variable that holds its value. */
interface Member {
  readonly attribute: ContextAttribute;
  readonly value: Expression & { readonly name: string };
  /** `undefined` if no policy reads it. */
  readonly field: string | undefined;
}

/** The function `name(given)`; `all` are the layouts of all readers that write to the same node. */
export function emitContextReader(
  name: string,
  layout: ContextLayout,
  all: readonly ContextLayout[],
  fields: Fields,
  names: Names,
): Statement {
  const { attributes, closed } = layout;
  const members = attributes.map(
    (attribute): Member => ({
      attribute,
      value: { type: 'Identifier', name: names.fresh(attribute.name) },
      field: fields.has(attribute.name) ? fields.of(attribute.name) : undefined,
    }),
  );
  const others = closed ? UNDECIDED : b.ifThen(b.call(b.id('isEscapeName'), NAME), UNDECIDED);
  return b.func(
    name,
    ['given'],
    [
      b.ifThen(isNotPlain(GIVEN), b.returns(b.call(b.member(b.id('contexts'), 'prepared'), GIVEN, b.id(name)))),
      ...members.map(({ value }) => b.variable(value.name)),
      b.forIn('memberName', GIVEN, [b.labelled('ofMember', [...members.map(take), others])]),
      ...refuse(members),
      ...write(members, absentFields(layout, all, fields)),
    ],
  );
}

/** Not an object literal, or what is read from JSON. */
function isNotPlain(given: Expression): Expression {
  return [
    b.differ(b.unary('typeof', given), b.literal('object')),
    b.same(given, b.literal(null)),
    b.differ(b.at(given, b.id('mapProbe')), b.nothing),
    b.differ(b.call(b.id('getPrototypeOf'), given), b.id('objectPrototype')),
    b.call(b.id('isArray'), given),
  ].reduce(b.or);
}

function take({ attribute, value }: Member): Statement {
  const isIt = b.same(NAME, b.literal(attribute.name));
  const taken = takenBy(attribute);
  if (taken === undefined) return b.ifThen(isIt, UNDECIDED);
  return b.ifThen(
    isIt,
    b.constant('member', b.at(GIVEN, b.literal(attribute.name))),
    b.assign(value.name, taken),
    b.ifThen(b.same(value, b.nothing), UNDECIDED),
    b.leave('ofMember'),
  );
}

/** What gives the value of a member, or `undefined` while it runs. */
function takenBy({ kind, target }: ContextAttribute): Expression | undefined {
  const reading = (method: string, ...args: Expression[]) =>
    b.call(b.member(b.member(b.id('contexts'), 'values'), method), ...args, MEMBER);
  switch (kind) {
    case 'any':
      return anyValue(b.logical('??', b.call(b.id('takeLong'), MEMBER), reading('value')));
    case 'string':
    case 'long':
    case 'bool':
      return b.call(b.id(TAKING[kind]), MEMBER);
    case 'entity':
      return reading('entity', b.literal(target!));
    case 'ip':
    case 'decimal':
    case 'datetime':
    case 'duration':
      return reading('extension', b.literal(kind));
    case 'none':
      return undefined;
    default:
      return unreachable(kind);
  }
}

/** The types are told apart here: an attribute mostly has values of one, and V8 leaves out what it has not met. */
function anyValue(other: Expression): Expression {
  const is = (type: string) => b.same(b.unary('typeof', MEMBER), b.literal(type));
  const text = b.conditional(is('string'), b.call(b.id('takeString'), MEMBER), other);
  return b.conditional(is('boolean'), MEMBER, text);
}

/** What is missing, or may be inherited. */
function refuse(members: readonly Member[]): Statement[] {
  const wrong = [
    ...members.filter(({ attribute }) => attribute.required).map(({ value }) => b.same(value, b.nothing)),
    ...members.map(({ attribute }) => b.binary('in', b.literal(attribute.name), b.id('objectPrototype'))),
  ];
  return wrong.length === 0 ? [] : [b.ifThen(wrong.reduce(b.or), UNDECIDED)];
}

/** What other readers may have written, and this one does not have. */
function absentFields(own: ContextLayout, all: readonly ContextLayout[], fields: Fields): readonly string[] {
  const has = new Set(own.attributes.map((attribute) => attribute.name));
  const others = new Set(all.flatMap(({ attributes }) => attributes.map((attribute) => attribute.name)));
  return [...others].filter((each) => !has.has(each) && fields.has(each)).map((each) => fields.of(each));
}

/**
 * A context of which nothing is read is the empty one.
 *
 * INVARIANT: every field that any reader of the node writes is written by each: none is left from the request before.
 */
function write(members: readonly Member[], absent: readonly string[]): Statement[] {
  const read = members.filter(({ field }) => field !== undefined);
  if (members.length === 0) return [b.returns(b.id('emptyContext'))];
  return [
    b.constant('context', b.member(b.id('contexts'), 'node')),
    ...read.map(({ field, value }) => b.assignTo(b.member(CONTEXT, field!), value)),
    ...absent.map((field) => b.assignTo(b.member(CONTEXT, field), b.nothing)),
    b.returns(CONTEXT),
  ];
}
