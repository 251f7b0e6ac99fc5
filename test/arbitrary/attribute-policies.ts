/**
 * Claim — policies about an attribute, of whatever type, and a value that it may well have: what code does with a value depends on its kind.
 */
import type { SchemaType } from '../../src/schema/type.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import type { Entity } from '../../src/value/entities.ts';
import { CedarSet } from '../../src/value/set.ts';
import type { Value } from '../../src/value/value.ts';
import { type Attribute, arbitraryHolder, guarded, type Holder, held, scopeOf } from './holder.ts';
import { binary, call, getAttr, like, lit, record, set } from './node.ts';
import { attributesOf } from './path.ts';
import { patternNear } from './pattern.ts';
import { policyOf, when } from './policy.ts';
import type { Random } from './random.ts';
import { reusedValueOf, written } from './reused-values.ts';
import { arbitraryValueOf } from './value.ts';
import type { World } from './world.ts';

/** How many of a hundred have a record written around the attribute, or around the value in its place. */
const WRAPPED = 40;
/** How many are about a value that has parts, if there is one. */
const COMPOUND = 50;
/** How many are about one whose name others of another kind have, if there is one. */
const AMBIGUOUS = 60;
const PRIMITIVE: readonly string[] = ['bool', 'long', 'string', 'entity'];

export function attributePolicies(random: Random, world: World, entities: readonly Entity[]): Policy[] {
  return random.list(1, 3, (i): Policy => {
    const holder = arbitraryHolder(random, world);
    const body = holder.attributes.length === 0 ? lit(true) : attributePolicy(random, world, holder, entities);
    const effect = random.chance(70) ? 'permit' : 'forbid';
    return policyOf(`claim${i}`, { effect, ...scopeOf(holder), conditions: [when(body)] });
  });
}

function attributePolicy(random: Random, world: World, holder: Holder, entities: readonly Entity[]): Expression {
  const compound = preferred(random, COMPOUND, holder.attributes, ({ type }) => isCompound(type));
  const kinds = kindsByName(world);
  const attribute = random.pick(preferred(random, AMBIGUOUS, compound, ({ name }) => kinds.get(name)!.size > 1));
  const holders = entities.filter(({ uid, attrs }) => uid.type === holder.type && attrs.has(attribute.name));
  const { type } = attribute;
  const one =
    holders.length > 0
      ? said(random, world, type, random.pick(holders).attrs.get(attribute.name)!)
      : likely(random, world, type);
  const value = held(holder, attribute);
  const told = random.chance(WRAPPED) ? wrapped(random, world, random.chance(50) ? value : one) : value;
  const other = () => (random.chance(70) ? one : likely(random, world, type));
  const test = testOf(random, attribute, told, other);
  return attribute.required ? test : guarded(holder, attribute, test);
}

/** Those that fit, in the given share of a hundred cases and if there are any. */
function preferred<T>(random: Random, percent: number, all: readonly T[], fits: (each: T) => boolean): readonly T[] {
  const some = random.chance(percent) ? all.filter(fits) : [];
  return some.length > 0 ? some : all;
}

/** The kinds of the attributes that have a name, in all entity types. */
function kindsByName({ schema, entityTypes }: World): ReadonlyMap<string, ReadonlySet<string>> {
  const kinds = new Map<string, Set<string>>();
  for (const holder of entityTypes)
    for (const [name, { type }] of attributesOf(schema, { kind: 'entity', name: holder }).attributes)
      kinds.set(name, (kinds.get(name) ?? new Set()).add(type.kind));
  return kinds;
}

function isCompound(type: SchemaType): boolean {
  return !PRIMITIVE.includes(type.kind) && isWritable(type);
}

/** Whether policies can write values of the type: not those of records in which something may be absent. */
function isWritable(type: SchemaType): boolean {
  if (type.kind === 'set') return isWritable(type.element);
  return (
    type.kind !== 'record' || [...type.attributes.values()].every((each) => each.required && isWritable(each.type))
  );
}

/** A value that entities have, most often. */
function likely(random: Random, world: World, type: SchemaType): Expression {
  return said(random, world, type, reusedValueOf(random, world, type) ?? arbitraryValueOf(random, world, type));
}

/** The validator knows no type for the empty set: there is something in it then. */
function said(random: Random, world: World, type: SchemaType, value: Value): Expression {
  const isEmpty = value instanceof CedarSet && value.size === 0;
  return type.kind === 'set' && isEmpty ? set([likely(random, world, type.element)]) : written(value);
}

/** The same by way of a record in which it has the name of an attribute that may be of another kind. */
function wrapped(random: Random, world: World, expr: Expression): Expression {
  const name = random.pick([...kindsByName(world).keys()]);
  return getAttr(record([{ name, expr }]), name);
}

function testOf(random: Random, { type }: Attribute, value: Expression, other: () => Expression): Expression {
  const tests = [binary(random.pick(['==', '!=']), value, other()), binary('contains', set([other(), other()]), value)];
  const right = other();
  if (type.kind === 'long') tests.push(binary(random.pick(['<', '<=']), value, right));
  if (type.kind === 'bool') tests.push(value);
  if (type.kind === 'entity') tests.push(binary('in', value, right), binary('in', right, value));
  if (type.kind === 'set') tests.push(binary(random.pick(['containsAll', 'containsAny']), value, right));
  if (type.kind === 'string' && right.kind === 'lit') tests.push(like(value, patternNear(random, `${right.value}`)));
  if (type.kind === 'ext' && type.name === 'decimal') tests.push(call('lessThan', value, right));
  if (type.kind === 'ext' && type.name === 'ipaddr') tests.push(call('isInRange', value, right));
  if (type.kind === 'ext' && type.name.startsWith('d') && type.name !== 'decimal')
    tests.push(binary('<', value, right));
  return random.pick(tests);
}
