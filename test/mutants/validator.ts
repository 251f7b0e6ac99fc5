/**
 * Validator mutants — changes of one line that make the validator accept what it must not.
 *
 * Each is found by `test/property/soundness.ts`, or that test is worth nothing. `find` stands once in the file.
 */
export interface Mutant {
  /** What the validator believes then. */
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const room = 'src/validator';

export const VALIDATOR_MUTANTS: readonly Mutant[] = [
  {
    name: 'what one side of `||` knows is known after it',
    file: `${room}/typecheck-boolean.ts`,
    find: '{ ...typed, type: BOOL }, intersection(left.capabilities, right.capabilities)',
    replace: '{ ...typed, type: BOOL }, union(left.capabilities, right.capabilities)',
  },
  {
    name: 'the right side of `||` knows what the left side tested',
    file: `${room}/typecheck-boolean.ts`,
    find: 'orElse(node, left, checker.expectOperand(node.right, known, BOOLEAN))',
    replace: 'orElse(node, left, checker.expectOperand(node.right, known.with(left.capabilities), BOOLEAN))',
  },
  {
    name: '`else` knows what the test tested',
    file: `${room}/typecheck-boolean.ts`,
    find: 'const no = checker.typeOf(expr.else, known);',
    replace: 'const no = checker.typeOf(expr.else, known.with(test.capabilities));',
  },
  {
    name: 'what one branch knows is known after the conditional',
    file: `${room}/typecheck-boolean.ts`,
    find: 'const capabilities = intersection(union(yes.capabilities, test.capabilities), no.capabilities);',
    replace: 'const capabilities = union(union(yes.capabilities, test.capabilities), no.capabilities);',
  },
  {
    name: '`!` keeps what its operand knows',
    file: `${room}/typecheck-boolean.ts`,
    find: 'return answerFrom([arg], { ...expr, arg: arg.typed, type: negated });',
    replace: 'return answerFrom([arg], { ...expr, arg: arg.typed, type: negated }, arg.capabilities);',
  },
  {
    name: '`!true` is true',
    file: `${room}/typecheck-boolean.ts`,
    find: "boolType(type.kind === 'false')",
    replace: "boolType(type.kind === 'true')",
  },
  {
    name: '`a || false` is false',
    file: `${room}/typecheck-boolean.ts`,
    find: "if (b.kind === 'false') return answerFrom(both, { ...typed, type: a }, left.capabilities);",
    replace: "if (b.kind === 'false') return answerFrom(both, { ...typed, type: b }, left.capabilities);",
  },
  {
    name: 'what is known inside of `&&` is known outside of it',
    file: `${room}/typecheck-boolean.ts`,
    find: 'const knownOnRight = new Known(known);',
    replace: 'const knownOnRight = known;',
  },
  {
    name: 'an optional attribute is always there',
    file: `${room}/typecheck-attribute.ts`,
    find: 'if (attribute.required || known.has(attributeCapability(expr.expr, attr)))',
    replace: 'if (attribute !== undefined)',
  },
  {
    name: 'every entity is in the store',
    file: `${room}/typecheck-attribute.ts`,
    find: "(attribute.required && type.kind === 'record')",
    replace: '(attribute.required)',
  },
  {
    name: 'a tag is always there',
    file: `${room}/typecheck-attribute.ts`,
    find: 'if (!known.has(tagCapability(expr.left, expr.right)))',
    replace: 'if (types === undefined)',
  },
  {
    name: '`has` of one expression allows access to another',
    file: `${room}/capability.ts`,
    find: 'exprKey(receiver)} has ',
    replace: 'receiver.kind} has ',
  },
  {
    name: '`has` of one attribute allows access to another',
    file: `${room}/capability.ts`,
    find: 'JSON.stringify(attr)}`;',
    replace: 'typeof attr}`;',
  },
  {
    name: '`hasTag` of one tag allows `getTag` of another',
    file: `${room}/capability.ts`,
    find: 'exprKey(tag)}`;',
    replace: 'tag.kind}`;',
  },
  {
    name: 'required and optional attributes are the same',
    file: `${room}/subtype.ts`,
    find: "const present = mode === 'strict' ? below.required === above.required : below.required || !above.required;",
    replace: "const present = mode === 'strict' || below.required || !above.required;",
  },
  {
    name: 'the bound of true and false is true',
    file: `${room}/least-upper-bound.ts`,
    find: 'if (isBoolean(a) && isBoolean(b)) return { type: BOOL };',
    replace: 'if (isBoolean(a) && isBoolean(b)) return { type: a };',
  },
  {
    name: 'types that have no bound have one',
    file: `${room}/least-upper-bound.ts`,
    find: "return { problem: mixed ? 'entityAndRecord' : 'other' };",
    replace: "return mixed ? { problem: 'entityAndRecord' } : { type: a };",
  },
  {
    name: 'any entity type will do for another',
    file: `${room}/least-upper-bound.ts`,
    find: "mode === 'strict' ? { problem: 'entityType' } : { type: unionOf(a, b) }",
    replace: "mode === 'strict' ? { type: a } : { type: unionOf(a, b) }",
  },
  {
    name: 'the hierarchy is upside down',
    file: `${room}/typecheck-hierarchy.ts`,
    find: 'mayDescend(a, b, schema)',
    replace: 'mayDescend(b, a, schema)',
  },
  {
    name: 'the hierarchy has one floor',
    file: `${room}/descent.ts`,
    find: "entry?.kind === 'standard' && entry.ancestors.has(above)",
    replace: "entry?.kind === 'standard' && entry.parents.has(above)",
  },
  {
    name: 'an action is in nothing but itself',
    file: `${room}/descent.ts`,
    find: 'return schema.actions.get(below.key)?.ancestors.some((ancestor) => ancestor.equals(above)) ?? false;',
    replace: 'return schema.actions.get(below.key)?.uid === above;',
  },
  {
    name: '`is` of another type is true',
    file: `${room}/typecheck-hierarchy.ts`,
    find: 'if (!types.includes(asked)) return answerFrom([arg], { ...typed, type: FALSE });',
    replace: 'if (!types.includes(asked)) return answerFrom([arg], { ...typed, type: boolType(true) });',
  },
  {
    name: 'literals that are equal are not',
    file: `${room}/typecheck-comparison.ts`,
    find: 'a.equals(b) : a === b',
    replace: 'a.equals(b) : a !== b',
  },
  {
    name: 'strings can be added',
    file: `${room}/typecheck-arithmetic.ts`,
    find: 'const NUMBER = [LONG];',
    replace: 'const NUMBER = [LONG, STRING];',
  },
  {
    name: 'strings have an order',
    file: `${room}/typecheck-comparison.ts`,
    find: 'const ORDERED: readonly Type[] = [DATETIME, DURATION, LONG];',
    replace: "const ORDERED: readonly Type[] = [DATETIME, DURATION, LONG, { kind: 'string' }];",
  },
  {
    name: 'arguments of extension functions are of any type',
    file: `${room}/typecheck-call.ts`,
    find: 'checker.expect(arg, known, [parameterType(params[i]!)])',
    replace:
      'params[i] === undefined ? checker.expect(arg, known, [parameterType(params[i]!)]) : checker.typeOf(arg, known)',
  },
  {
    name: 'every element of a set is of the type of the first',
    file: `${room}/typecheck-collection.ts`,
    find: 'const bound = leastUpperBoundOf(types, checker.mode);',
    replace: 'const bound = leastUpperBoundOf(types.slice(0, 1), checker.mode);',
  },
  {
    name: 'every action has the same context',
    file: `${room}/memo.ts`,
    find: 'principal: 1, resource: 2, action: 4, context: 4 }',
    replace: 'principal: 1, resource: 2, action: 4, context: 0 }',
  },
  {
    name: 'an answer is right whatever was known when it was found',
    file: `${room}/memo.ts`,
    find: 'if (known.has(capability) !== answer) return false;',
    replace: 'if (known.has(capability) !== answer) return true;',
  },
  {
    name: 'the scope is false for all who are in its group',
    file: `${room}/applicability.ts`,
    find: "return scope.kind === 'eq' ? uid.type === type : isBelow(type, uid.type, schema);",
    replace: 'return uid.type === type;',
  },
];
