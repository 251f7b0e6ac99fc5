/**
 * Attribute reader — emitted code from the attributes of an entity in the caller's list to the fields of its node.
 *
 *     { role: 'editor', owner: { __entity: … } }  → node._role, node._owner, or false
 *
 * Without a schema it takes the attributes that policies read; with one it has a function for each entity type, which checks all of them. For a value
 * that it cannot read it gives `false`, and the exact reader (src/engine/input/listed-entity.ts) does the work or throws the error.
 *
 * Technique: `for … in` lists own enumerable members by V8's enum cache; that nothing is inherited is known by then (runtime/graph/call-reader.ts).
 *
 * INVARIANT: each member is read once, and every field of the node is written, for the node has been another entity's before.
 */
import type { Expression, Statement } from 'estree';
import { unreachable } from '../../src/value/unreachable.ts';
import type { EntityAttribute, EntityLayout } from '../plan/entity-layout.ts';
import { CALL_ATTRIBUTES_AT_MOST, CALL_LAYOUTS_ATTRIBUTES_AT_MOST } from '../plan/limits.ts';
import type { Fields } from '../plan/node-fields.ts';
import * as b from './estree.ts';
import type { Names } from './names.ts';

const NODE = b.id('node');
const TYPE = b.id('entityType');
const ATTRS = b.id('attrs');
const READER = b.id('reader');
const LEFT = b.id('left');
const NAME = b.id('memberName');
const GIVEN = b.id('given');
const PARAMETERS = ['node', 'entityType', 'attrs', 'reader', 'left'];
const FAIL = b.returns(b.literal(false));
const DONE = b.returns(b.literal(true));

/** The functions that take primitives as they are (runtime/evaluate/plain-value.ts). */
const TAKING = { string: 'takeString', long: 'takeLong', bool: 'takeBool' } as const;

/** Whether calls that bring entities can be read by emitted code. */
export function readsCalls(fields: Fields): boolean {
  return fields.size <= CALL_ATTRIBUTES_AT_MOST;
}

/** The function `readAttributes`; `layouts` are those of all entity types of the schema, if there is one. */
export function emitAttributeReader(
  layouts: readonly EntityLayout[] | undefined,
  fields: Fields,
  names: Names,
): Statement[] {
  const clear = b.ifThen(
    b.same(ATTRS, b.nothing),
    ...fields.entries().map(([, field]) => b.assignTo(b.member(NODE, field), b.nothing)),
    DONE,
  );
  if (layouts === undefined) return [b.func('readAttributes', PARAMETERS, [clear, ...readOpen(fields, names)])];
  const readers = withinLimits(layouts).map((layout) => ({ layout, name: names.fresh('readAttributesOf') }));
  const call = (name: string) => b.returns(b.call(b.id(name), ...PARAMETERS.map(b.id)));
  const choices = readers.map(({ layout, name }) => b.ofCase(b.literal(layout.type), [call(name)]));
  return [
    ...readers.map(({ layout, name }) => b.func(name, PARAMETERS, readClosed(layout, fields, names))),
    b.func('readAttributes', PARAMETERS, [clear, b.choose(TYPE, choices), FAIL]),
  ];
}

/** Entities of the other types are left to the exact reader. */
function withinLimits(layouts: readonly EntityLayout[]): readonly EntityLayout[] {
  let room = CALL_LAYOUTS_ATTRIBUTES_AT_MOST;
  return layouts.filter(({ attributes }) => {
    room -= attributes.length;
    return room >= 0;
  });
}

/** An attribute, the variable that holds its value, and its field if policies read it. */
interface Member {
  readonly attribute: EntityAttribute;
  readonly value: Expression & { readonly name: string };
  readonly field: string | undefined;
}

function memberOf(attribute: EntityAttribute, fields: Fields, names: Names): Member {
  const { name } = attribute;
  const field = fields.has(name) ? fields.of(name) : undefined;
  return { attribute, value: { type: 'Identifier', name: names.fresh(name) }, field };
}

/** What policies read, of any kind; others are passed over. */
function readOpen(fields: Fields, names: Names): Statement[] {
  const members = fields.entries().map(([name]) => memberOf({ name, kind: 'any', required: false }, fields, names));
  return [...readMembers(members, []), ...write(members, fields), DONE];
}

/** Exactly the declared attributes. */
function readClosed({ attributes }: EntityLayout, fields: Fields, names: Names): Statement[] {
  const members = attributes.map((attribute) => memberOf(attribute, fields, names));
  const missing = members.filter(({ attribute }) => attribute.required).map(({ value }) => b.same(value, b.nothing));
  const refuse = missing.length === 0 ? [] : [b.ifThen(missing.reduce(b.or), FAIL)];
  return [...readMembers(members, [FAIL]), ...refuse, ...write(members, fields), DONE];
}

function readMembers(members: readonly Member[], others: readonly Statement[]): Statement[] {
  return [
    ...members.map(({ value }) => b.variable(value.name)),
    b.forIn('memberName', ATTRS, [b.labelled('ofMember', [...members.map(read), ...others])]),
  ];
}

function read({ attribute, value }: Member): Statement {
  return b.ifThen(
    b.same(NAME, b.literal(attribute.name)),
    b.constant('given', b.at(ATTRS, NAME)),
    b.assign(value.name, taken(attribute)),
    b.ifThen(b.same(value, b.nothing), FAIL),
    b.leave('ofMember'),
  );
}

/** The value, or `undefined`. */
function taken({ name, kind, target }: EntityAttribute): Expression {
  switch (kind) {
    case 'string':
    case 'long':
    case 'bool':
      return b.call(b.id(TAKING[kind]), GIVEN);
    case 'entity':
      return b.call(b.member(READER, 'entity'), b.literal(target!), GIVEN, LEFT);
    case 'declared':
      return b.call(b.member(READER, 'declared'), TYPE, b.literal(name), GIVEN, LEFT);
    case 'any':
      return b.logical('??', b.call(b.id('takePrimitive'), GIVEN), b.call(b.member(READER, 'value'), GIVEN, LEFT));
    default:
      return unreachable(kind);
  }
}

function write(members: readonly Member[], fields: Fields): Statement[] {
  const byField = new Map(
    members.flatMap(({ field, value }) => (field === undefined ? [] : [[field, value] as const])),
  );
  return fields.entries().map(([, field]) => b.assignTo(b.member(NODE, field), byField.get(field) ?? b.nothing));
}
