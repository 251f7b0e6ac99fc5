/**
 * Shape — expressions at the edge of what a validator may accept: each is right for one reading of the rules and wrong for the next.
 */
import type { AttributeType, RecordType, SchemaType } from '../../src/schema/type.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import type { EntityType } from '../../src/value/entity-uid.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import { binary, call, chain, getAttr, hasAttr, is, ite, lit, record, set, unary, variable } from './node.ts';
import { TAG_NAMES } from './pool.ts';
import type { Random } from './random.ts';
import { arbitraryUid, CONSTRUCTOR_OF, extensionText } from './value.ts';
import type { World } from './world.ts';

type Shape = (random: Random, world: World) => Expression;

export function arbitraryPolicyForm(random: Random, world: World): Expression {
  return random.pick(SHAPES)(random, world);
}

/** What no type is right for. */
const WRONG = unary('!', lit(1));

/** A test that can be either, and shows nothing of use. */
function either(random: Random): Expression {
  return binary(
    '==',
    variable(random.pick(['principal', 'resource'])),
    variable(random.pick(['principal', 'resource'])),
  );
}

interface Found {
  readonly receiver: Expression;
  readonly attr: string;
  readonly type: SchemaType;
  readonly holder: RecordType;
  /** Where the receiver is not an entity of this type, the policy should not look. */
  readonly entity: EntityType | undefined;
}

/** An attribute of the context, of the principal or of the resource. */
function attribute(random: Random, world: World, fits: (attribute: AttributeType) => boolean): Found | undefined {
  const holders = [
    ...world.actions.map(({ context }) => ({ receiver: variable('context'), holder: context, entity: undefined })),
    ...[...world.schema.entityTypes.values()].flatMap((entry) =>
      entry.kind === 'standard'
        ? (['principal', 'resource'] as const).map((name) => ({
            receiver: variable(name),
            holder: entry.attributes,
            entity: entry.name,
          }))
        : [],
    ),
  ];
  const found = holders.flatMap(({ receiver, holder, entity }) =>
    [...holder.attributes].flatMap(([attr, each]) =>
      fits(each) ? [{ receiver, attr, type: each.type, holder, entity }] : [],
    ),
  );
  return found.length === 0 ? undefined : random.pick(found);
}

const isOptional = ({ required }: AttributeType) => !required;

/** Makes a shape of an attribute that fits. */
function about(
  fits: (attribute: AttributeType) => boolean,
  make: (found: Found, random: Random, world: World) => Expression,
): Shape {
  return (random, world) => {
    const found = attribute(random, world, fits);
    if (found === undefined) return lit(true);
    const shape = make(found, random, world);
    return found.entity === undefined ? shape : chain('and', is(found.receiver, found.entity), shape);
  };
}

function use({ receiver, attr, type }: Found, random: Random, world: World): Expression {
  return binary('==', getAttr(receiver, attr), literalOf(random, world, type));
}

function has({ receiver, attr }: Found): Expression {
  return hasAttr(receiver, attr);
}

const SHAPES: readonly Shape[] = [
  // One side of `||` has tested it, the other has not.
  about(isOptional, (found, random, world) =>
    chain('and', chain('or', has(found), either(random)), use(found, random, world)),
  ),
  about(isOptional, (found, random, world) => chain('or', has(found), use(found, random, world))),
  // Only one branch has tested it.
  about(isOptional, (found, random, world) =>
    chain('and', ite(either(random), has(found), random.pick([lit(true), either(random)])), use(found, random, world)),
  ),
  about(isOptional, (found, random, world) => ite(has(found), lit(true), use(found, random, world))),
  about(isOptional, (found, random, world) => chain('and', unary('!', has(found)), use(found, random, world))),
  // It was tested in some environments only.
  about(isOptional, (found, random, world) => {
    const ofType = is(variable(random.pick(['principal', 'resource'])), random.pick(world.entityTypes));
    return chain('and', chain('or', ofType, has(found)), use(found, random, world));
  }),
  // Something else was tested.
  about(isOptional, (found, random, world) => {
    const attr = random.pick([...found.holder.attributes.keys()]);
    return chain('and', hasAttr(found.receiver, attr), use(found, random, world));
  }),
  about(isOptional, (found, random, world) => {
    const other = variable(random.pick(['principal', 'resource']));
    const test = chain('and', is(other, found.entity ?? random.pick(world.entityTypes)), hasAttr(other, found.attr));
    return chain('and', test, use(found, random, world));
  }),
  // It is optional in one record and required in the other.
  about(isOptional, (found, random, world) => {
    if (found.entity !== undefined) return use(found, random, world);
    const receiver = ite(unary('!', has(found)), found.receiver, literalOf(random, world, found.holder));
    return use({ ...found, receiver }, random, world);
  }),
  // The entity may be missing, so the test of a required attribute may be false.
  about(
    ({ required }) => required,
    (found) => ite(has(found), lit(true), WRONG),
  ),
  // A test that is neither true nor false for sure.
  (random) => ite(ite(either(random), lit(true), lit(false)), random.pick([lit(true), WRONG]), WRONG),
  (random) => ite(ite(either(random), lit(false), lit(true)), random.pick([lit(true), WRONG]), WRONG),
  // What is in what.
  (random, world) => {
    const type = random.pick(world.entityTypes);
    const group = lit(arbitraryUid(random, world, type));
    return ite(binary('in', variable(random.pick(['principal', 'resource'])), group), WRONG, lit(true));
  },
  // What has an order.
  (random, world) => {
    const found = attribute(random, world, ({ required }) => required);
    if (found === undefined) return lit(true);
    const compared = binary(
      random.pick(['<', '<=', '+']),
      getAttr(found.receiver, found.attr),
      literalOf(random, world, found.type),
    );
    return found.entity === undefined ? compared : chain('and', is(found.receiver, found.entity), compared);
  },
  // A call that overflows, which types do not exclude.
  (random) => {
    const far = call('duration', lit(random.pick(['9223372036854775807ms', '1d'])));
    const late = call('offset', call('datetime', lit('2024-01-01')), far);
    return binary(random.pick(['<', '==']), late, late);
  },
  // Another tag.
  (random) => {
    const receiver = variable(random.pick(['principal', 'resource']));
    const tested = binary('hasTag', receiver, lit(random.pick(TAG_NAMES)));
    const taken = binary('getTag', receiver, lit(random.pick(TAG_NAMES)));
    return chain('and', tested, binary('==', taken, taken));
  },
];

/** A literal of the type; a record has all attributes. */
function literalOf(random: Random, world: World, type: SchemaType): Expression {
  switch (type.kind) {
    case 'bool':
      return binary('<', lit(0), lit(1));
    case 'long':
      return lit(7);
    case 'string':
      return lit('a');
    case 'entity':
      return lit(arbitraryUid(random, world, type.name));
    case 'set':
      return set([literalOf(random, world, type.element)]);
    case 'record': {
      const fields = [...type.attributes].map(([name, each]) => ({ name, expr: literalOf(random, world, each.type) }));
      return record(fields);
    }
    case 'ext': {
      const fn = CONSTRUCTOR_OF[type.name];
      return call(fn, lit(extensionText(random, fn, true)));
    }
    default:
      return unreachable(type);
  }
}
