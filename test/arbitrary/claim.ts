/**
 * Claim — policies about an attribute, of whatever type, and a value that it may well have: what code does with a value depends on its kind.
 */
import type { Expression } from '../../src/syntax/expression.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import { echoOf, written } from './echo.ts';
import { type Attribute, arbitraryHolder, attributesThat, guarded, type Holder, held, scopeOf } from './holder.ts';
import { binary, call, getAttr, like, lit, record, set } from './node.ts';
import { attributesOf } from './path.ts';
import { patternNear } from './pattern.ts';
import { policyOf, when } from './policy.ts';
import type { Random } from './random.ts';
import { arbitraryValueOf } from './value.ts';
import type { World } from './world.ts';

/** How many of a hundred have a record written around the attribute, or around the value in its place. */
const WRAPPED = 40;
/** How many are about a value that has parts, if there is one. */
const COMPOUND = 50;
const PRIMITIVE: readonly string[] = ['bool', 'long', 'string', 'entity'];

export function claims(random: Random, world: World): Policy[] {
  return random.list(1, 3, (i): Policy => {
    const holder = arbitraryHolder(random, world);
    const body = holder.attributes.length === 0 ? lit(true) : claim(random, world, holder);
    const effect = random.chance(70) ? 'permit' : 'forbid';
    return policyOf(`claim${i}`, { effect, ...scopeOf(holder), conditions: [when(body)] });
  });
}

function claim(random: Random, world: World, holder: Holder): Expression {
  const compound = random.chance(COMPOUND) ? attributesThat(holder, ({ kind }) => !PRIMITIVE.includes(kind)) : [];
  const attribute = random.pick(compound.length > 0 ? compound : holder.attributes);
  const likely = () =>
    written(echoOf(random, world, attribute.type) ?? arbitraryValueOf(random, world, attribute.type));
  const one = likely();
  const value = held(holder, attribute);
  const told = random.chance(WRAPPED) ? wrapped(random, world, random.chance(50) ? value : one) : value;
  const test = testOf(random, attribute, told, () => (random.chance(60) ? one : likely()));
  return attribute.required ? test : guarded(holder, attribute, test);
}

/** The same by way of a record in which it has the name of an attribute that may be of another kind. */
function wrapped(random: Random, { schema, entityTypes }: World, expr: Expression): Expression {
  const names = entityTypes.flatMap((name) => [...attributesOf(schema, { kind: 'entity', name }).attributes.keys()]);
  const name = random.pick(names);
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
