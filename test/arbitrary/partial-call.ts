/**
 * Partial call — calls of `isAuthorizedPartial` with unknowns in the request, the context and the entities.
 */
import type { Random } from './random.ts';

const UNKNOWN = (name: string) => ({ __extn: { fn: 'unknown', arg: name } });
const UIDS = [
  { type: 'User', id: 'alice' },
  { type: 'N::User', id: 'bob' },
  { type: 'Team', id: 'eng' },
  { type: 'User', id: 'missing' },
];

export function partialCall(random: Random): object {
  const part = (id: object) => (random.chance(40) ? null : id);
  const clauses = Array.from({ length: random.between(0, 3) }, () => clause(random));
  const effect = () => random.pick(['permit', 'permit', 'forbid']);
  return {
    principal: part(random.pick(UIDS)),
    action: part({ type: 'Action', id: 'view' }),
    resource: part({ type: 'Team', id: 'eng' }),
    context: record(random, 2),
    policies: {
      staticPolicies: `${effect()}${scope(random)} ${clauses.join(' ')}; @a @b("c") ${effect()}${scope(random)} ${clause(random)};`,
    },
    entities: [
      { uid: UIDS[0], attrs: record(random, 2), parents: [UIDS[2]], tags: record(random, 1) },
      { uid: UIDS[1], attrs: record(random, 2), parents: [] },
      { uid: UIDS[2], attrs: record(random, 1), parents: [] },
    ],
  };
}

function record(random: Random, depth: number): Record<string, unknown> {
  const fields = ['a', 'b', 'c', 'd'].filter(() => random.chance(70));
  return Object.fromEntries(fields.map((name) => [name, data(random, depth)]));
}

function data(random: Random, depth: number): unknown {
  switch (random.int(depth > 0 ? 11 : 8)) {
    case 0:
      return UNKNOWN(random.pick(['k', 'l']));
    case 1:
      return random.chance(50);
    case 2:
      return random.pick(['x', '', 'view']);
    case 3:
      return { __entity: random.pick(UIDS) };
    case 4:
      return {
        __extn: random.pick([
          { fn: 'decimal', arg: '1.50' },
          { fn: 'ip', arg: '10.0.0.1/8' },
          { fn: 'duration', arg: '1h' },
        ]),
      };
    case 5:
    case 6:
    case 7:
      return random.between(-2, 3);
    case 8:
      return distinct(Array.from({ length: random.int(4) }, () => data(random, depth - 1)));
    default:
      return record(random, depth - 1);
  }
}

/** The official build keeps equal elements of a set with unknowns; that says nothing, and we drop them. */
function distinct(elements: readonly unknown[]): unknown[] {
  return [...new Map(elements.map((element) => [JSON.stringify(element), element])).values()];
}

function scope(random: Random): string {
  const uid = () => random.pick(['User::"alice"', 'Team::"eng"', 'N::User::"bob"']);
  const of = (name: string) =>
    random.pick([
      name,
      name,
      `${name} == ${uid()}`,
      `${name} in ${uid()}`,
      `${name} is User`,
      `${name} is User in ${uid()}`,
    ]);
  const action = random.pick([
    'action',
    'action == Action::"view"',
    'action in Action::"all"',
    'action in [Action::"view", Action::"all"]',
  ]);
  return `(${of('principal')}, ${action}, ${of('resource')})`;
}

function clause(random: Random): string {
  return `${random.pick(['when', 'when', 'unless'])} { ${expr(random, random.between(1, 4))} }`;
}

function expr(random: Random, depth: number): string {
  if (depth <= 0) return leaf(random);
  const e = () => expr(random, depth - 1);
  switch (random.int(15)) {
    case 0:
    case 1:
      return `(${e()} && ${e()})`;
    case 2:
      return `(${e()} || ${e()})`;
    case 3:
      return `(if ${e()} then ${e()} else ${e()})`;
    case 4:
      return `!(${e()})`;
    case 5:
      return `(${e()} ${random.pick(['==', '!=', '<', '<=', '>', '>=', '+', '-', '*', 'in'])} ${e()})`;
    case 6:
    case 7:
      return `(${e()}).${random.pick(['a', 'b', 'c', 'd'])}`;
    case 8:
      return `((${e()}) has ${random.pick(['a', 'b', 'a.b', 'b.c.d', '"c"'])})`;
    case 9:
      return `(${e()}).${random.pick(['contains', 'containsAll', 'containsAny', 'hasTag', 'getTag'])}(${e()})`;
    case 10:
      return `((${e()}) ${random.pick(['is User', 'is User in Team::"eng"', 'like "v*"'])})`;
    case 11:
      return `[${e()}, ${e()}]`;
    case 12:
      return `{a: ${e()}, b: ${e()}}`;
    default:
      return leaf(random);
  }
}

function leaf(random: Random): string {
  return random.pick([
    'principal',
    'resource',
    'action',
    'context',
    'principal.a',
    'resource.b',
    'context.a',
    'context.b',
    'true',
    'false',
    '1',
    '"x"',
    '"a"',
    'User::"alice"',
    'unknown("u")',
    'decimal("1.0")',
    'ip("10.0.0.1")',
    'datetime("2024-01-01").offset(duration("1d"))',
    '[3, 1, 2]',
    '-(2)',
  ]);
}
