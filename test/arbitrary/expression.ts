/**
 * Arbitrary expression — typed against a request environment, but for a share of misfits that the caller asks for.
 *
 * Chance alone would see little but type errors, so every expression is made for the type that its place wants, out of literals of the pool,
 * attribute paths of the schema, and operators. Long because it has one method for each type, in the order of the grammar.
 */
import type { SchemaType } from '../../src/schema/type.ts';
import type { BinaryOperator, Expression } from '../../src/syntax/expression.ts';
import { isIdentifier } from '../../src/syntax/identifier.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { CedarSet } from '../../src/value/set.ts';
import { unreachable } from '../../src/value/unreachable.ts';
import { binary, call, chain, getAttr, hasAttr, is, ite, like, lit, record, set, unary, variable } from './node.ts';
import { attributesOf, type Environment, type Path, tagsOf, typeKey } from './path.ts';
import { arbitraryPattern, patternNear } from './pattern.ts';
import { ATTRIBUTES, LONGS, TAG_NAMES } from './pool.ts';
import { type Random, weights } from './random.ts';
import { reusedValueOf, written } from './reused-values.ts';
import { arbitraryType } from './schema.ts';
import { arbitraryLong, arbitraryString, arbitraryUid, CONSTRUCTOR_OF, extensionText } from './value.ts';
import type { World } from './world.ts';

const BOOL = weights({
  path: 10,
  and: 14,
  or: 10,
  not: 5,
  ite: 4,
  equal: 12,
  compare: 8,
  in: 10,
  is: 5,
  has: 8,
  hasTag: 3,
  contains: 8,
  isEmpty: 2,
  like: 7,
  extension: 9,
  literal: 3,
  tag: 4,
});

const LONG = weights({ literal: 4, path: 6, arithmetic: 9, neg: 2, ite: 1, unit: 3, tag: 1 });
const UNITS = ['toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'] as const;
const DECIMAL_TESTS = ['lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'] as const;
const IP_TESTS = ['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast'] as const;
const COMPARISONS: readonly BinaryOperator[] = ['<', '<=', '>', '>='];
const SET_TESTS: readonly BinaryOperator[] = ['containsAll', 'containsAny'];
/** How many of a hundred equalities are of the same value, got in two ways. */
const WRAPPED = 10;
/** How many of a hundred tests of a type are two, of operands that are evaluated once. */
const TWO_SHARED = 30;
/** How many of a hundred literals are values that data hold. */
const REUSED = 25;
const BOOL_TYPE: SchemaType = { kind: 'bool' };
const LONG_TYPE: SchemaType = { kind: 'long' };
const STRING_TYPE: SchemaType = { kind: 'string' };

export class ExpressionMaker {
  readonly #random: Random;
  readonly #world: World;
  readonly #env: Environment;
  readonly #misfit: number;
  /** Optional attributes that a `has` to the left has shown to be there. */
  readonly #shown = new Set<Expression>();

  /** `misfit` is how many of a hundred places get an expression of any type. */
  constructor(random: Random, world: World, env: Environment, misfit: number) {
    this.#random = random;
    this.#world = world;
    this.#env = env;
    this.#misfit = misfit;
  }

  /** An expression of the type, nested at most `fuel` deep beyond literals and paths. */
  make(type: SchemaType, fuel: number): Expression {
    if (this.#misfit > 0 && this.#random.chance(this.#misfit)) return this.#oddity(fuel);
    return this.#fit(type, fuel);
  }

  #fit(type: SchemaType, fuel: number): Expression {
    if (fuel <= 0) return this.#leaf(type);
    switch (type.kind) {
      case 'bool':
        return this.#bool(fuel - 1);
      case 'long':
        return this.#long(fuel - 1);
      case 'ext':
        return this.#extension(type, fuel - 1);
      case 'string':
      case 'entity':
      case 'set':
      case 'record':
        return this.#random.chance(80) ? this.#leaf(type, fuel - 1) : this.#choice(type, fuel - 1);
      default:
        return unreachable(type);
    }
  }

  any(fuel: number): Expression {
    return this.#fit(this.#anyType(), fuel);
  }

  #anyType(): SchemaType {
    return this.#random.chance(60)
      ? this.#random.pick(this.#env.paths.all).type
      : arbitraryType(this.#random, this.#world.entityTypes, 1);
  }

  /** What no type asked for: another type, an attribute that is not there, a call of the wrong kind. */
  #oddity(fuel: number): Expression {
    const random = this.#random;
    switch (random.int(9)) {
      case 0:
        return getAttr(this.#fit(random.pick(this.#env.paths.all).type, 0), random.pick(ATTRIBUTES));
      case 1:
        return call(random.pick(UNITS), this.any(0));
      case 2:
        return binary('getTag', this.#tagged(0), random.chance(80) ? this.#tagName(0) : this.any(0));
      case 3:
        return call(random.pick(Object.values(CONSTRUCTOR_OF)), this.any(0));
      case 4:
        return set(random.list(0, 3, () => this.any(fuel - 1)));
      case 5:
        return binary(
          random.pick([...COMPARISONS, '+', '-', '*', 'in', 'contains', ...SET_TESTS, 'hasTag']),
          this.any(fuel - 1),
          this.any(fuel - 1),
        );
      case 6: {
        // Which of several fields is the first to err is a matter of their names.
        const fields = random.some(ATTRIBUTES.slice(0, 4), 50).map((name) => ({ name, expr: this.#oddity(0) }));
        return record(random.chance(50) ? fields : fields.reverse());
      }
      default:
        return this.any(fuel);
    }
  }

  /** A path of the type if there is one, or a literal. */
  #leaf(type: SchemaType, fuel = 0): Expression {
    const paths = this.#env.paths.byType.get(typeKey(type));
    if (paths !== undefined && this.#random.chance(65)) return this.#path(this.#random.pick(paths), fuel);
    if (type.kind === 'string' && this.#random.chance(8)) return this.#tag(type, fuel) ?? this.#literal(type, fuel);
    return this.#literal(type, fuel);
  }

  /** A path; if its optional attributes have not been shown to be there, mostly behind a test. */
  #path({ expr, type, guards }: Path, fuel: number): Expression {
    const open = guards.filter((guard) => !this.#shown.has(guard));
    if (open.length === 0 || (this.#misfit > 0 && this.#random.chance(40))) return expr;
    const test = open.reduce((left, right) => chain('and', left, right));
    return type.kind === 'bool' && this.#random.chance(60)
      ? chain('and', test, expr)
      : ite(test, expr, this.#literal(type, fuel));
  }

  #literal(type: SchemaType, fuel: number): Expression {
    const random = this.#random;
    const reusedValue = random.chance(REUSED) ? reusedValueOf(random, this.#world, type) : undefined;
    // The validator knows no type for the empty set.
    if (reusedValue !== undefined && !(this.#misfit === 0 && reusedValue instanceof CedarSet && reusedValue.size === 0))
      return written(reusedValue);
    switch (type.kind) {
      case 'bool':
        return lit(random.chance(50));
      case 'long':
        return lit(arbitraryLong(random));
      case 'string':
        return lit(arbitraryString(random));
      case 'entity':
        return lit(this.#uid(type.name));
      case 'set': {
        const least = this.#misfit > 0 || random.chance(3) ? 0 : 1;
        return set(random.list(least, 3, () => this.make(type.element, fuel - 1)));
      }
      case 'record': {
        const fields = [...type.attributes].filter(([, { required }]) => required || random.chance(60));
        return record(fields.map(([name, attribute]) => ({ name, expr: this.make(attribute.type, fuel - 1) })));
      }
      case 'ext': {
        const fn = CONSTRUCTOR_OF[type.name];
        return call(fn, lit(extensionText(random, fn, this.#misfit === 0)));
      }
      default:
        return unreachable(type);
    }
  }

  #uid(type: string): EntityUid {
    const actions = this.#world.actions.filter(({ uid }) => uid.type === type);
    if (actions.length > 0) return this.#random.pick(actions).uid;
    const entry = this.#world.schema.entityTypes.get(type);
    if (entry?.kind === 'enum' && this.#misfit === 0) return new EntityUid(type, this.#random.pick(entry.ids));
    return arbitraryUid(this.#random, this.#world, type);
  }

  #choice(type: SchemaType, fuel: number): Expression {
    return ite(this.make(BOOL_TYPE, fuel), this.make(type, fuel), this.make(type, fuel));
  }

  #bool(fuel: number): Expression {
    const random = this.#random;
    const form = random.weighted(BOOL);
    switch (form) {
      case 'path':
        return this.#leaf(BOOL_TYPE);
      case 'literal':
        return lit(random.chance(50));
      case 'and':
        return this.#and(fuel);
      case 'or':
        return this.#chain('or', fuel);
      case 'not':
        return unary('!', this.make(BOOL_TYPE, fuel));
      case 'ite':
        return this.#choice(BOOL_TYPE, fuel);
      case 'equal': {
        const type = this.#anyType();
        const left = this.make(type, fuel);
        const right = random.chance(WRAPPED) ? this.#wrapped(left) : this.make(type, fuel);
        return binary(random.chance(75) ? '==' : '!=', left, right);
      }
      case 'compare': {
        const type: SchemaType = random.chance(70)
          ? LONG_TYPE
          : { kind: 'ext', name: random.chance(50) ? 'datetime' : 'duration' };
        const left = this.make(type, Math.max(fuel, 1));
        if (this.#misfit > 0 && random.chance(20)) {
          return binary(
            random.pick(COMPARISONS),
            left,
            this.make({ kind: 'ext', name: random.pick(['datetime', 'duration']) }, fuel),
          );
        }
        // Equal operands are where the comparisons differ.
        return binary(random.pick(COMPARISONS), left, random.chance(15) ? left : this.make(type, fuel));
      }
      case 'in': {
        const entity = this.#entity(fuel);
        return binary('in', entity, this.#misfit > 0 && random.chance(12) ? this.#mixed(entity) : this.#group(fuel));
      }
      case 'is':
        return random.chance(TWO_SHARED) ? this.#twoShared(fuel) : this.#is(this.#entity(fuel), 30, fuel);
      case 'has':
        return this.#has();
      case 'hasTag':
        return binary('hasTag', this.#tagged(fuel), this.#tagName(fuel));
      case 'contains':
        return this.#contains(fuel);
      case 'isEmpty':
        return unary('isEmpty', this.#set(fuel));
      case 'like':
        return this.#like(fuel);
      case 'extension':
        return this.#extensionTest(fuel);
      case 'tag':
        return this.#tagTest(fuel);
      default:
        return unreachable(form);
    }
  }

  /** The same by way of a record that is written around it, with a name that attributes of other kinds may have. */
  #wrapped(expr: Expression): Expression {
    const name = this.#attributeName();
    return getAttr(record([{ name, expr }]), name);
  }

  #is(entity: Expression, inGroup: number, fuel: number): Expression {
    const type = this.#random.pick(this.#world.entityTypes);
    return is(entity, type, this.#random.chance(inGroup) ? this.#group(fuel) : undefined);
  }

  /** Two tests that need their operand twice: each operand is one node that two others share, and has a value of its own. */
  #twoShared(fuel: number): Expression {
    const test = () => this.#is(this.#wrapped(this.#entity(fuel)), 100, fuel);
    return chain(this.#random.pick(['and', 'or'] as const), test(), test());
  }

  #attributeName(): string {
    const { expr } = this.#random.pick(this.#env.paths.all);
    return expr.kind === 'getAttr' ? expr.attr : this.#random.pick(ATTRIBUTES);
  }

  /** Mostly two operands, now and then many; the right ones may rely on a `has` to the left. */
  #and(fuel: number): Expression {
    const optional = this.#env.paths.optional;
    if (optional.length === 0 || !this.#random.chance(40)) return this.#chain('and', fuel);
    const path = this.#random.pick(optional);
    const fresh = path.guards.filter((guard) => !this.#shown.has(guard));
    for (const guard of fresh) this.#shown.add(guard);
    const use = this.#use(path, fuel);
    for (const guard of fresh) this.#shown.delete(guard);
    const test = path.guards.reduce((left, right) => chain('and', left, right));
    return this.#random.chance(8) ? this.#misled(test, use, fuel) : chain('and', test, use);
  }

  /** A test that shows less than the use needs. */
  #misled(test: Expression, use: Expression, fuel: number): Expression {
    switch (this.#random.int(4)) {
      case 0:
        return chain('and', chain('or', test, this.make(BOOL_TYPE, fuel)), use);
      case 1:
        return ite(test, this.make(BOOL_TYPE, fuel), use);
      case 2:
        return chain('or', test, use);
      default:
        return chain('and', unary('!', test), use);
    }
  }

  /** A test that looks at this very path. */
  #use({ expr, type }: Path, fuel: number): Expression {
    if (type.kind === 'bool' && this.#random.chance(50)) return expr;
    if (type.kind === 'set') return binary('contains', expr, this.make(type.element, fuel));
    if (type.kind === 'entity' && this.#random.chance(50)) return binary('in', expr, this.#group(fuel));
    return binary(this.#random.chance(70) ? '==' : '!=', expr, this.make(type, fuel));
  }

  #chain(kind: 'and' | 'or', fuel: number): Expression {
    const long = this.#random.chance(3);
    const operands = this.#random.list(2, long ? 20 : 3, () => this.make(BOOL_TYPE, long ? 0 : fuel));
    return this.#random.chance(70)
      ? operands.reduce((left, right) => chain(kind, left, right))
      : operands.reduceRight((right, left) => chain(kind, left, right));
  }

  #entity(fuel: number): Expression {
    const random = this.#random;
    if (random.chance(75)) return this.#path(random.pick(this.#env.paths.entities), fuel);
    return this.make({ kind: 'entity', name: random.pick(this.#world.entityTypes) }, fuel);
  }

  /** What an entity may be in: an entity, or a set of some. */
  #group(fuel: number): Expression {
    const random = this.#random;
    const type: SchemaType = { kind: 'entity', name: random.pick(this.#world.entityTypes) };
    if (random.chance(55)) return this.make(type, random.chance(70) ? 0 : fuel);
    return random.chance(70)
      ? set(random.list(this.#misfit > 0 ? 0 : 1, 5, () => this.make(type, 0)))
      : this.make({ kind: 'set', element: type }, fuel);
  }

  /** What an entity is in, with something among it that is not an entity. */
  #mixed(entity: Expression): Expression {
    const random = this.#random;
    const all = [entity, this.any(0), this.any(0)];
    return set(random.chance(50) ? all : all.reverse());
  }

  #has(): Expression {
    const random = this.#random;
    const { expr, type } = random.pick(this.#env.paths.holders);
    const names = [...attributesOf(this.#world.schema, type).attributes.keys()];
    const deep = names.filter((name) => isIdentifier(name) && this.#namesIn(type, name).length > 0);
    if (deep.length > 0 && random.chance(60)) {
      const first = random.pick(deep);
      return hasAttr(
        expr,
        first,
        random.chance(85) ? random.pick(this.#namesIn(type, first)) : random.pick(['a', 'n', 'toString']),
      );
    }
    const attr = names.length > 0 && random.chance(80) ? random.pick(names) : random.pick(ATTRIBUTES);
    return hasAttr(expr, attr);
  }

  /** Identifiers among the attributes of an attribute. */
  #namesIn(type: SchemaType, attr: string): string[] {
    const next = attributesOf(this.#world.schema, type).attributes.get(attr)?.type;
    return next === undefined ? [] : [...attributesOf(this.#world.schema, next).attributes.keys()].filter(isIdentifier);
  }

  #tagged(fuel: number): Expression {
    const { tagged } = this.#env.paths;
    return tagged.length > 0 ? this.#path(this.#random.pick(tagged), fuel) : this.#entity(fuel);
  }

  #tagName(fuel: number): Expression {
    return this.#random.chance(85) ? lit(this.#random.pick(TAG_NAMES)) : this.make(STRING_TYPE, fuel);
  }

  /** A tag held against a value of its type, mostly behind its test. */
  #tagTest(fuel: number): Expression {
    const { tagged } = this.#env.paths;
    if (tagged.length === 0) return this.#has();
    const path = this.#random.pick(tagged);
    const [entity, name] = [this.#path(path, 0), this.#tagName(fuel)];
    const test = binary('==', binary('getTag', entity, name), this.make(tagsOf(this.#world.schema, path.type)!, fuel));
    return this.#misfit > 0 && this.#random.chance(50) ? test : chain('and', binary('hasTag', entity, name), test);
  }

  /** A tag of the type behind its test; `undefined` if no entity has such tags. */
  #tag(type: SchemaType, fuel: number): Expression | undefined {
    const { schema } = this.#world;
    const fitting = this.#env.paths.tagged.filter((path) => typeKey(tagsOf(schema, path.type)!) === typeKey(type));
    if (fitting.length === 0) return undefined;
    const { expr } = this.#random.pick(fitting);
    const name = this.#tagName(fuel);
    const value = binary('getTag', expr, name);
    if (this.#misfit > 0 && this.#random.chance(50)) return value;
    const test = binary('hasTag', expr, name);
    return type.kind === 'bool' ? chain('and', test, value) : ite(test, value, this.#literal(type, fuel));
  }

  #set(fuel: number): Expression {
    const { sets } = this.#env.paths;
    if (sets.length > 0 && this.#random.chance(60)) return this.#path(this.#random.pick(sets), fuel);
    return this.make({ kind: 'set', element: this.#anyType() }, fuel);
  }

  #contains(fuel: number): Expression {
    const random = this.#random;
    const { sets } = this.#env.paths;
    if (random.chance(15)) {
      const entity = random.pick(this.#env.paths.entities);
      return binary('contains', this.#uids(entity.type), this.#path(entity, fuel));
    }
    const type: SchemaType =
      sets.length > 0 && random.chance(60) ? random.pick(sets).type : { kind: 'set', element: this.#anyType() };
    if (type.kind !== 'set') return lit(true);
    if (random.chance(55)) return binary('contains', this.make(type, fuel), this.make(type.element, fuel));
    return binary(random.pick(SET_TESTS), this.make(type, fuel), this.make(type, fuel));
  }

  /** Literal entities, most of the type. */
  #uids(type: SchemaType): Expression {
    const random = this.#random;
    const other = (): SchemaType =>
      this.#misfit > 0 && random.chance(30) ? { kind: 'entity', name: random.pick(this.#world.entityTypes) } : type;
    return set(random.list(1, 3, () => this.#literal(other(), 0)));
  }

  /** Mostly near what is written, or near what an attribute is likely to be. */
  #like(fuel: number): Expression {
    const random = this.#random;
    const text = this.make(STRING_TYPE, fuel);
    if (random.chance(40)) return like(text, arbitraryPattern(random));
    const near = text.kind === 'lit' && typeof text.value === 'string' ? text.value : arbitraryString(random);
    return like(text, patternNear(random, near));
  }

  #extensionTest(fuel: number): Expression {
    const random = this.#random;
    if (random.chance(50)) {
      const ip = () => this.make({ kind: 'ext', name: 'ipaddr' }, fuel);
      return random.chance(50) ? call(random.pick(IP_TESTS), ip()) : call('isInRange', ip(), ip());
    }
    const decimal = () => this.make({ kind: 'ext', name: 'decimal' }, fuel);
    return call(random.pick(DECIMAL_TESTS), decimal(), decimal());
  }

  #long(fuel: number): Expression {
    const random = this.#random;
    const form = random.weighted(LONG);
    switch (form) {
      case 'literal':
        return lit(arbitraryLong(random));
      case 'path':
        return this.#leaf(LONG_TYPE);
      case 'arithmetic':
        if (random.chance(30))
          return binary(random.pick(['+', '-', '*']), lit(random.pick(LONGS)), lit(random.pick(LONGS)));
        return binary(random.pick(['+', '-', '*']), this.make(LONG_TYPE, fuel), this.make(LONG_TYPE, fuel));
      case 'neg':
        return unary('neg', this.make(LONG_TYPE, fuel));
      case 'ite':
        return this.#choice(LONG_TYPE, fuel);
      case 'unit':
        return call(random.pick(UNITS), this.make({ kind: 'ext', name: 'duration' }, fuel));
      case 'tag':
        return this.#tag(LONG_TYPE, fuel) ?? this.#leaf(LONG_TYPE);
      default:
        return unreachable(form);
    }
  }

  #extension(type: Extract<SchemaType, { kind: 'ext' }>, fuel: number): Expression {
    const random = this.#random;
    const datetime = (): Expression => this.make({ kind: 'ext', name: 'datetime' }, fuel);
    if (random.chance(40) || type.name === 'ipaddr' || type.name === 'decimal') return this.#leaf(type, fuel);
    if (random.chance(10)) return this.#choice(type, fuel);
    if (type.name === 'datetime') {
      return random.chance(50)
        ? call('toDate', datetime())
        : call('offset', datetime(), this.make({ kind: 'ext', name: 'duration' }, fuel));
    }
    return random.chance(50) ? call('toTime', datetime()) : call('durationSince', datetime(), datetime());
  }
}

/** `principal`, `action`, `resource` or `context`. */
export function anyVariable(random: Random): Expression {
  return variable(random.pick(['principal', 'action', 'resource', 'context']));
}
