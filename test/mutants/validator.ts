/**
 * Validator mutants — changes of one line that make the validator accept what it must not.
 *
 * Each is found by `test/property/soundness.ts`, or that test is worth nothing. That test alone looks for them; `patches/validator`
 * holds those that all of differential testing looks for.
 */
import type { Patch } from '../drt/bundle.ts';

export interface ValidatorMutant extends Patch {
  /** What the validator believes then. */
  readonly name: string;
}

const validator = 'src/validator';

export const VALIDATOR_MUTANTS: readonly ValidatorMutant[] = [
  {
    name: 'what one side of `||` knows is known after it',
    path: `${validator}/typecheck/boolean.ts`,
    before: 'const common = intersection(left.capabilities, right.capabilities);',
    after: 'const common = union(left.capabilities, right.capabilities);',
  },
  {
    name: 'the right side of `||` knows what the left side tested',
    path: `${validator}/typecheck/boolean.ts`,
    before: 'orElse(node, left, checker.expectOperand(node.right, known, BOOLEAN))',
    after: 'orElse(node, left, checker.expectOperand(node.right, known.with(left.capabilities), BOOLEAN))',
  },
  {
    name: '`else` knows what the test tested',
    path: `${validator}/typecheck/boolean.ts`,
    before: 'const no = checker.typeOf(expr.else, known);',
    after: 'const no = checker.typeOf(expr.else, known.with(test.capabilities));',
  },
  {
    name: 'what one branch knows is known after the conditional',
    path: `${validator}/typecheck/boolean.ts`,
    before: 'const capabilities = intersection(union(yes.capabilities, test.capabilities), no.capabilities);',
    after: 'const capabilities = union(union(yes.capabilities, test.capabilities), no.capabilities);',
  },
  {
    name: '`!` keeps what its operand knows',
    path: `${validator}/typecheck/boolean.ts`,
    before: 'return answerFrom([arg], typedUnaryApp(expr, arg, negated));',
    after: 'return answerFrom([arg], typedUnaryApp(expr, arg, negated), arg.capabilities);',
  },
  {
    name: '`!true` is true',
    path: `${validator}/typecheck/boolean.ts`,
    before: "boolType(type.kind === 'false')",
    after: "boolType(type.kind === 'true')",
  },
  {
    name: '`a || false` is false',
    path: `${validator}/typecheck/boolean.ts`,
    before: "if (b.kind === 'false') return answerFrom(both, typedOr(node, left, right, a), left.capabilities);",
    after: "if (b.kind === 'false') return answerFrom(both, typedOr(node, left, right, b), left.capabilities);",
  },
  {
    name: 'what is known inside of `&&` is known outside of it',
    path: `${validator}/typecheck/boolean.ts`,
    before: 'const knownOnRight = known.with(left.capabilities);',
    after: 'known.add(left.capabilities); const knownOnRight = known;',
  },
  {
    name: 'an optional attribute is always there',
    path: `${validator}/typecheck/attribute.ts`,
    before: 'if (attribute.required || known.has(attributeCapability(checker.keys, expr.expr, attr)))',
    after: 'if (attribute !== undefined)',
  },
  {
    name: 'every entity is in the store',
    path: `${validator}/typecheck/attribute.ts`,
    before: "(attribute.required && type.kind === 'record')",
    after: '(attribute.required)',
  },
  {
    name: 'a tag is always there',
    path: `${validator}/typecheck/attribute.ts`,
    before: 'if (!known.has(tagCapability(checker.keys, expr.left, expr.right)))',
    after: 'if (types === undefined)',
  },
  {
    name: '`has` of one expression allows access to another',
    path: `${validator}/typecheck/capability.ts`,
    before: 'keys.of(receiver)} has ',
    after: 'receiver.kind} has ',
  },
  {
    name: '`has` of one attribute allows access to another',
    path: `${validator}/typecheck/capability.ts`,
    before: 'JSON.stringify(attr)}`;',
    after: 'typeof attr}`;',
  },
  {
    name: '`hasTag` of one tag allows `getTag` of another',
    path: `${validator}/typecheck/capability.ts`,
    before: 'keys.of(tag)}`;',
    after: 'tag.kind}`;',
  },
  {
    name: 'required and optional attributes are the same',
    path: `${validator}/typecheck/subtype.ts`,
    before:
      "const present = mode === 'strict' ? below.required === above.required : below.required || !above.required;",
    after: "const present = mode === 'strict' || below.required || !above.required;",
  },
  {
    name: 'the bound of true and false is true',
    path: `${validator}/typecheck/least-upper-bound.ts`,
    before: 'if (isBoolean(a) && isBoolean(b)) return { type: BOOL };',
    after: 'if (isBoolean(a) && isBoolean(b)) return { type: a };',
  },
  {
    name: 'types that have no bound have one',
    path: `${validator}/typecheck/least-upper-bound.ts`,
    before: "return { problem: mixed ? 'entityAndRecord' : 'other' };",
    after: "return mixed ? { problem: 'entityAndRecord' } : { type: a };",
  },
  {
    name: 'any entity type will do for another',
    path: `${validator}/typecheck/least-upper-bound.ts`,
    before: "mode === 'strict' ? { problem: 'entityType' } : { type: unionOf(a, b) }",
    after: "mode === 'strict' ? { type: a } : { type: unionOf(a, b) }",
  },
  {
    name: 'the hierarchy is upside down',
    path: `${validator}/typecheck/hierarchy.ts`,
    before: 'mayDescend(a, b, schema)',
    after: 'mayDescend(b, a, schema)',
  },
  {
    name: 'the hierarchy has one floor',
    path: `${validator}/typecheck/descent.ts`,
    before: "entry?.kind === 'standard' && entry.ancestors.has(above)",
    after: "entry?.kind === 'standard' && entry.parents.has(above)",
  },
  {
    name: 'an action is in nothing but itself',
    path: `${validator}/typecheck/descent.ts`,
    before: 'return schema.actions.get(below.key)?.ancestors.some((ancestor) => ancestor.equals(above)) ?? false;',
    after: 'return schema.actions.get(below.key)?.uid === above;',
  },
  {
    name: '`is` of another type is true',
    path: `${validator}/typecheck/hierarchy.ts`,
    before: 'if (!types.includes(asked)) return answerFrom([arg], typedUnaryApp(expr, arg, FALSE));',
    after: 'if (!types.includes(asked)) return answerFrom([arg], typedUnaryApp(expr, arg, boolType(true)));',
  },
  {
    name: 'literals that are equal are not',
    path: `${validator}/typecheck/comparison.ts`,
    before: 'a.equals(b) : a === b',
    after: 'a.equals(b) : a !== b',
  },
  {
    name: 'strings can be added',
    path: `${validator}/typecheck/arithmetic.ts`,
    before: 'const NUMBER = [LONG];',
    after: 'const NUMBER = [LONG, STRING];',
  },
  {
    name: 'strings have an order',
    path: `${validator}/typecheck/comparison.ts`,
    before: 'const ORDERED: readonly Type[] = [DATETIME, DURATION, LONG];',
    after: "const ORDERED: readonly Type[] = [DATETIME, DURATION, LONG, { kind: 'string' }];",
  },
  {
    name: 'arguments of extension functions are of any type',
    path: `${validator}/typecheck/call.ts`,
    before: 'checker.expect(arg, known, [parameterType(params[i]!)])',
    after:
      'params[i] === undefined ? checker.expect(arg, known, [parameterType(params[i]!)]) : checker.typeOf(arg, known)',
  },
  {
    name: 'every element of a set is of the type of the first',
    path: `${validator}/typecheck/collection.ts`,
    before: 'const bound = leastUpperBoundOf(types, checker.mode);',
    after: 'const bound = leastUpperBoundOf(types.slice(0, 1), checker.mode);',
  },
  {
    name: 'every action has the same context',
    path: `${validator}/typecheck/memo.ts`,
    before: 'principal: 1, resource: 2, action: 4, context: 4 }',
    after: 'principal: 1, resource: 2, action: 4, context: 0 }',
  },
  {
    name: 'an answer is right whatever was known when it was found',
    path: `${validator}/typecheck/memo.ts`,
    before: 'if (known.has(capability) !== answer) return false;',
    after: 'if (known.has(capability) !== answer) return true;',
  },
  {
    name: 'the scope is false for all who are in its group',
    path: `${validator}/applicability.ts`,
    before: "return scope.kind === 'eq' ? uid.type === type : isBelow(type, uid.type, schema);",
    after: 'return uid.type === type;',
  },
];
