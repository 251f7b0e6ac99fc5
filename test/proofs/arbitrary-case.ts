/**
 * Arbitrary case — core policies, a request and entities from one small pool of names, so that they meet.
 *
 * Expressions are mostly of the type that their place wants: chance alone would see little but type errors.
 */
import fc from 'fast-check';
import type { BinaryOp, Expr, Var } from '../../src/syntax/core.ts';
import { CorePolicy } from '../../src/syntax/core-policy.ts';
import type { ActionScope, Scope } from '../../src/syntax/policy.ts';
import { Entities, type Entity } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { CedarRecord } from '../../src/value/record.ts';
import type { Request } from '../../src/value/request.ts';
import { CedarSet } from '../../src/value/set.ts';
import type { Prim, Value } from '../../src/value/value.ts';

export interface Case {
  readonly request: Request;
  /** As given, with direct parents. */
  readonly entities: readonly Entity[];
  readonly policies: readonly CorePolicy[];
}

const span = undefined;
const uid = fc
  .tuple(fc.constantFrom('User', 'Group'), fc.constantFrom('a', 'b', 'c'))
  .map(([type, id]) => new EntityUid(type, id));
const action = fc.constantFrom('view', 'edit', 'all').map((id) => new EntityUid('Action', id));
const anyUid = fc.oneof({ weight: 3, arbitrary: uid }, action);
const long = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2 ** 53 - 1));
const text = fc.constantFrom('', 'a', 'ab', 'héé😀', 'tag', '*');
/** Names whose order by code points is not that of their code units among them. */
const name = fc.constantFrom('n', 's', 'u', 'list', 'rec', '😀', '\uffee');
const EXT_TEXT = {
  decimal: ['1.5', '-0.1', '922337203685477.5807', '922337203685477.5808', '1.23456'],
  ip: ['127.0.0.1', '10.0.0.0/8', '::1', 'ff00::/8', '1:2::3/64', '10.1.2.3', '1.2.3.4.5'],
  datetime: ['2024-02-29', '2024-01-01T00:00:00.001+0130', '0000-01-01', '1969-12-31T23:00:00Z', '2023-02-29'],
  duration: ['1d2h', '-5ms', '9223372036854775807ms', '-1999ms', '1h1d'],
} as const;

function lit(value: Prim): Expr {
  return { kind: 'lit', value, span };
}

const prim: fc.Arbitrary<Prim> = fc.oneof<fc.Arbitrary<Prim>[]>(fc.boolean(), long, text, anyUid);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 2 },
    prim,
    fc.array(tie('value'), { maxLength: 3 }).map((elements) => CedarSet.from(elements)),
    fc.dictionary(name, tie('value'), { maxKeys: 3 }).map((fields) => new CedarRecord(new Map(Object.entries(fields)))),
  ),
}));

interface Typed {
  readonly bool: Expr;
  readonly long: Expr;
  readonly string: Expr;
  readonly uid: Expr;
  readonly set: Expr;
  readonly record: Expr;
  readonly ext: Expr;
  readonly any: Expr;
}

const variable = (...names: Var[]): fc.Arbitrary<Expr> =>
  fc.constantFrom(...names).map((name) => ({ kind: 'var', name, span }));

const { bool } = fc.letrec((tie: fc.LetrecTypedTie<Typed>): fc.LetrecValue<Typed> => {
  const mostly = (type: keyof Typed): fc.Arbitrary<Expr> => fc.oneof({ weight: 19, arbitrary: tie(type) }, tie('any'));
  const binary = (ops: readonly BinaryOp[], left: keyof Typed, right: keyof Typed): fc.Arbitrary<Expr> =>
    fc
      .tuple(fc.constantFrom(...ops), mostly(left), mostly(right))
      .map(([op, l, r]) => ({ kind: 'binaryApp', op, left: l, right: r, span }));
  const unary = (op: Extract<Expr, { kind: 'unaryApp' }>['op'], arg: keyof Typed): fc.Arbitrary<Expr> =>
    mostly(arg).map((x) => ({ kind: 'unaryApp', op, arg: x, span }));
  const ite = (type: keyof Typed): fc.Arbitrary<Expr> =>
    fc
      .tuple(mostly('bool'), tie(type), tie(type))
      .map(([test, then, other]) => ({ kind: 'ite', test, then, else: other, span }));
  const getAttr = fc
    .tuple(fc.oneof(mostly('record'), mostly('uid')), name)
    .map(([expr, attr]): Expr => ({ kind: 'getAttr', expr, attr, span }));
  const getTag = binary(['getTag'], 'uid', 'string');
  const call = (fns: readonly string[], ...args: (keyof Typed)[]): fc.Arbitrary<Expr> =>
    fc
      .tuple(fc.constantFrom(...fns), fc.tuple(...args.map(mostly)))
      .map(([fn, xs]) => ({ kind: 'call', fn, args: xs, span }));
  const depth = { maxDepth: 3, withCrossShrink: true } as const;
  return {
    bool: fc.oneof(
      depth,
      fc.boolean().map(lit),
      ite('bool'),
      fc
        .tuple(fc.constantFrom('and', 'or'), mostly('bool'), mostly('bool'))
        .map(([kind, left, right]): Expr => ({ kind, left, right, span })),
      unary({ kind: 'not' }, 'bool'),
      unary({ kind: 'isEmpty' }, 'set'),
      unary({ kind: 'is', type: 'User', typeSpan: span }, 'uid'),
      unary({ kind: 'like', pattern: ['a', null] }, 'string'),
      unary({ kind: 'like', pattern: [null, '😀'] }, 'string'),
      binary(['less', 'lessEq', 'eq'], 'long', 'long'),
      binary(['eq'], 'any', 'any'),
      binary(['less', 'lessEq'], 'ext', 'ext'),
      binary(['mem'], 'uid', 'uid'),
      binary(['mem', 'contains'], 'uid', 'set'),
      binary(['contains'], 'set', 'any'),
      binary(['containsAll', 'containsAny'], 'set', 'set'),
      binary(['hasTag'], 'uid', 'string'),
      fc
        .tuple(fc.oneof(mostly('record'), mostly('uid')), name)
        .map(([expr, attr]): Expr => ({ kind: 'hasAttr', expr, attr, span })),
      call(['isIpv4', 'isIpv6', 'isLoopback', 'isMulticast'], 'ext'),
      call(['isInRange', 'lessThan', 'lessThanOrEqual', 'greaterThan', 'greaterThanOrEqual'], 'ext', 'ext'),
    ),
    long: fc.oneof(
      depth,
      long.map(lit),
      unary({ kind: 'neg' }, 'long'),
      binary(['add', 'sub', 'mul'], 'long', 'long'),
      call(['toMilliseconds', 'toSeconds', 'toMinutes', 'toHours', 'toDays'], 'ext'),
    ),
    string: fc.oneof(depth, text.map(lit), getTag, getAttr),
    uid: fc.oneof(depth, anyUid.map(lit), variable('principal', 'action', 'resource'), getAttr),
    set: fc.oneof(
      depth,
      fc.array(uid.map(lit), { maxLength: 3 }).map((elements): Expr => ({ kind: 'set', elements, span })),
      fc.array(tie('any'), { maxLength: 3 }).map((elements): Expr => ({ kind: 'set', elements, span })),
    ),
    record: fc.oneof(
      depth,
      variable('context'),
      fc
        .uniqueArray(fc.tuple(name, tie('any')), { maxLength: 3, selector: ([key]) => key })
        .map((fields): Expr => ({ kind: 'record', fields: fields.map(([key, expr]) => ({ name: key, expr })), span })),
    ),
    ext: fc.oneof(
      depth,
      fc
        .constantFrom(...(Object.keys(EXT_TEXT) as (keyof typeof EXT_TEXT)[]))
        .chain((fn) =>
          fc
            .constantFrom<string>(...EXT_TEXT[fn])
            .map((argument): Expr => ({ kind: 'call', fn, args: [lit(argument)], span })),
        ),
      call(['offset', 'durationSince'], 'ext', 'ext'),
      call(['toDate', 'toTime'], 'ext'),
      call(['ip', 'decimal', 'noSuchFunction'], 'string'),
      call(['ip', 'isInRange'], 'any', 'any'),
    ),
    any: fc.oneof(
      depth,
      prim.map(lit),
      tie('bool'),
      tie('long'),
      tie('string'),
      tie('uid'),
      tie('set'),
      tie('record'),
      tie('ext'),
      getAttr,
    ),
  };
});

const entityOf = fc.oneof(uid, action).map((each) => ({ kind: 'entityUid', uid: each, span }) as const);
const scope: fc.Arbitrary<Scope> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Scope>({ kind: 'any', span }) },
  entityOf.map((entity): Scope => ({ kind: 'eq', entity, span })),
  entityOf.map((entity): Scope => ({ kind: 'mem', entity, span })),
  fc.constantFrom('User', 'Group').map((type): Scope => ({ kind: 'is', type, typeSpan: span, span })),
  entityOf.map((entity): Scope => ({ kind: 'isMem', type: 'User', typeSpan: span, entity, span })),
);
const actionScope: fc.Arbitrary<ActionScope> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<ActionScope>({ kind: 'any', span }) },
  action.map((each): ActionScope => ({ kind: 'eq', uid: each, uidSpan: span, span })),
  action.map((each): ActionScope => ({ kind: 'mem', uid: each, uidSpan: span, span })),
  fc
    .array(action, { maxLength: 2 })
    .map((uids): ActionScope => ({ kind: 'memAny', uids, uidSpans: uids.map(() => span), span })),
);

const policies: fc.Arbitrary<CorePolicy[]> = fc
  .array(
    fc.record({
      effect: fc.constantFrom('permit', 'permit', 'forbid'),
      principal: scope,
      action: actionScope,
      resource: scope,
      condition: bool,
    }),
    { maxLength: 5 },
  )
  .map((all) =>
    all.map(({ condition, ...scoped }, i) =>
      CorePolicy.of({ ...scoped, id: `policy${i}`, annotations: [], span, source: undefined }, condition),
    ),
  );

const fields = fc.dictionary(name, value, { maxKeys: 4 }).map((each) => new Map(Object.entries(each)));
const entity: fc.Arbitrary<Entity> = fc.record({
  uid: anyUid,
  attrs: fields,
  parents: fc.array(fc.oneof(uid, action), { maxLength: 2 }),
  tags: fc.dictionary(text, value, { maxKeys: 2 }).map((each) => new Map(Object.entries(each))),
});
const entities = fc
  .uniqueArray(entity, { selector: (each) => each.uid.key, maxLength: 7 })
  .map((all) =>
    all.map((each) => ({
      ...each,
      parents: each.parents.filter(({ type }) => (type === 'Action') === (each.uid.type === 'Action')),
    })),
  )
  .filter(isAcyclic);

function isAcyclic(all: readonly Entity[]): boolean {
  try {
    Entities.from(all);
    return true;
  } catch {
    return false;
  }
}

const request: fc.Arbitrary<Request> = fc.record({
  principal: uid,
  action,
  resource: uid,
  context: fields.map((each) => new CedarRecord(each)),
});

export const anyCase: fc.Arbitrary<Case> = fc.record({ request, entities, policies });
