/**
 * Policy kinds — each way in which the text of policies may grow.
 *
 * Nesting has a limit (`NESTING_LIMIT`), so the larger inputs of those kinds stay just below it; all others are as large as is quick.
 */

export interface PolicyKind {
  readonly name: string;
  /** The size of the smaller input; the larger one is `FACTOR` times as large. */
  readonly size: number;
  readonly text: (n: number) => string;
  /** Whether it is nested: its layout has an indentation for each level, and so is quadratic. */
  readonly nested?: boolean;
}

function when(condition: string): string {
  return `permit(principal, action, resource) when { ${condition} };`;
}

function nest(wrap: (inner: string) => string, inner: string): (n: number) => string {
  return (n) => {
    let expression = inner;
    for (let i = 0; i < n; i++) expression = wrap(expression);
    return when(expression);
  };
}

function list(n: number, item: (i: number) => string, separator = ', '): string {
  return Array.from({ length: n }, (_, i) => item(i)).join(separator);
}

const NESTED: readonly PolicyKind[] = [
  { name: 'parentheses', size: 28, text: nest((x) => `(${x})`, 'true') },
  { name: '`!`', size: 28, text: nest((x) => `!(${x})`, 'principal.open') },
  { name: 'minus', size: 28, text: nest((x) => `-(${x})`, '1') },
  { name: '`if` in its test', size: 40, text: nest((x) => `if ${x} then true else false`, 'principal.open') },
  { name: '`else if`', size: 80, text: nest((x) => `if principal.open then true else ${x}`, 'false') },
  { name: '`if` in its branch', size: 40, text: nest((x) => `if principal.open then ${x} else false`, 'false') },
  { name: '`if` that is a value', size: 20, text: nest((x) => `(if principal.n == 1 then ${x} else 1) + 1`, '1') },
  { name: '`is … in`', size: 20, text: nest((x) => `(${x} is T in resource)`, 'principal') },
  {
    name: '`is … in` that is evaluated',
    size: 10,
    text: nest((x) => `(if ${x} is T in resource then principal else principal)`, 'principal'),
  },
  {
    name: 'extended `has`',
    size: 8,
    text: nest((x) => `(if ${x} has a.b.c then principal else principal)`, 'principal'),
  },
  { name: '`&&` to the right', size: 28, text: nest((x) => `true && (${x})`, 'principal.open') },
  { name: '`&&` and `||` by turns', size: 15, text: nest((x) => `((${x}) && principal.open || true)`, 'true') },
  { name: 'a list', size: 28, text: (n) => when(`${'['.repeat(n)}1${']'.repeat(n)} == principal.n`) },
  {
    name: 'a list of what is not constant',
    size: 28,
    text: (n) => when(`${'['.repeat(n)}principal${']'.repeat(n)} == 1`),
  },
  { name: 'a record', size: 28, text: (n) => when(`${'{a: '.repeat(n)}principal${'}'.repeat(n)} == 1`) },
  { name: 'arguments of calls', size: 28, text: nest((x) => `context.s.contains(${x})`, '1') },
  { name: 'a chain of `+`', size: 45, text: (n) => when(`${list(n, () => 'principal.n', ' + ')} == 1`) },
  { name: 'a chain of `*`', size: 45, text: (n) => when(`${list(n, () => 'principal.n', ' * ')} == 1`) },
  { name: 'a chain of attributes', size: 45, text: (n) => when(`principal${'.self'.repeat(n)} == principal`) },
  { name: 'a chain of calls', size: 45, text: (n) => when(`context.s${'.contains(1)'.repeat(n)}`) },
  { name: 'a chain of `has`', size: 40, text: (n) => when(`principal has self${'.self'.repeat(n)}`) },
];

const WIDE: readonly PolicyKind[] = [
  { name: 'a chain of `&&`', size: 333, text: (n) => when(list(n, () => 'principal.n == 1', ' && ')) },
  { name: 'a chain of `||`', size: 333, text: (n) => when(list(n, () => 'principal.n == 2', ' || ')) },
  { name: '`&&` of other attributes', size: 166, text: (n) => when(list(n, (i) => `context.c${i} == 1`, ' && ')) },
  {
    name: '`has` and `.` by turns',
    size: 100,
    text: (n) => when(list(n, (i) => `context has c${i} && context.c${i} == 1`, ' && ')),
  },
  {
    name: '`||` of `has`',
    size: 100,
    text: (n) => when(list(n, (i) => `(context has c${i} && context.c${i} == 2)`, ' || ')),
  },
  {
    name: 'clauses',
    size: 166,
    text: (n) => `permit(principal, action, resource)${' when { principal.n == 1 }'.repeat(n)};`,
  },
  { name: 'a list of literals', size: 666, text: (n) => when(`[${list(n, String)}].contains(principal.n)`) },
  { name: 'a list of entities', size: 333, text: (n) => when(`principal in [${list(n, (i) => `G::"${i}"`)}]`) },
  {
    name: 'a list that is not constant',
    size: 166,
    text: (n) => when(`[${list(n, () => 'principal.n')}].contains(1)`),
  },
  { name: 'fields of a record', size: 166, text: (n) => when(`{${list(n, (i) => `f${i}: ${i}`)}} == principal`) },
  {
    name: 'fields that are not constant',
    size: 100,
    text: (n) => when(`{${list(n, (i) => `f${i}: principal.n`)}}.f0 == 1`),
  },
  {
    name: 'actions of a scope',
    size: 333,
    text: (n) => `permit(principal, action in [${list(n, (i) => `Action::"a${i}"`)}], resource);`,
  },
  {
    name: 'annotations',
    size: 166,
    text: (n) => `${list(n, (i) => `@a${i}("x")`, ' ')} permit(principal, action, resource);`,
  },
  { name: 'a string', size: 6666, text: (n) => when(`principal == "${'x'.repeat(n)}"`) },
  { name: 'a string of escapes', size: 1666, text: (n) => when(`principal == "${'\\u{e9}'.repeat(n)}"`) },
  { name: 'a pattern', size: 666, text: (n) => when(`principal.name like "${'a*'.repeat(n)}"`) },
  { name: 'a comment', size: 6666, text: (n) => `//${'x'.repeat(n)}\n${when('true')}` },
  { name: 'blanks', size: 6666, text: (n) => `${'\n'.repeat(n)}${when('true')}` },
  { name: 'a name', size: 666, text: (n) => when(`principal is ${'A::'.repeat(n)}B`) },
  { name: 'policies', size: 100, text: (n) => list(n, (i) => when(`principal.n == ${i}`), '\n') },
  {
    name: 'policies of other shapes',
    size: 100,
    text: (n) => list(n, (i) => when(`${'!'.repeat(i % 4)}(context has c${i})`), '\n'),
  },
  { name: 'policies on one line', size: 100, text: (n) => list(n, (i) => when(`principal.n == ${i}`), ' ') },
  {
    name: 'policies about entities',
    size: 100,
    text: (n) => list(n, (i) => `permit(principal == T::"${i}", action, resource);`, '\n'),
  },
  {
    name: 'policies that forbid',
    size: 100,
    text: (n) => list(n, (i) => `forbid(principal in G::"${i}", action, resource);`, '\n'),
  },
  {
    name: 'policies of an action each',
    size: 100,
    text: (n) => list(n, (i) => `permit(principal, action == Action::"a${i}", resource);`, '\n'),
  },
];

export const POLICY_KINDS: readonly PolicyKind[] = [
  ...NESTED.map((kind) => ({ ...kind, name: `nesting of ${kind.name}`, nested: true })),
  ...WIDE,
];

/** Texts with n mistakes. */
export const MISTAKES: readonly PolicyKind[] = [
  { name: 'wrong effects', size: 200, text: (n) => 'permi(principal, action, resource);\n'.repeat(n) },
  { name: 'wrong effects on one line', size: 200, text: (n) => 'permi(principal, action, resource);'.repeat(n) },
  { name: 'syntax errors', size: 200, text: (n) => 'permit(principal, action resource);\n'.repeat(n) },
  { name: 'unknown functions', size: 200, text: (n) => list(n, (i) => when(`foo(${i})`), '\n') },
  { name: 'unknown functions in one policy', size: 200, text: (n) => when(list(n, (i) => `foo(${i})`, ' && ')) },
  { name: 'unknown variables beyond ASCII', size: 200, text: (n) => list(n, (i) => when(`"é😀" == foo${i}`), ' ') },
  { name: 'escapes in one string', size: 500, text: (n) => when(`"${'\\q'.repeat(n)}" == 1`) },
  { name: 'annotations twice', size: 200, text: (n) => `${'@a("x")\n'.repeat(n)}permit(principal, action, resource);` },
  { name: 'unclosed brackets', size: 500, text: (n) => '('.repeat(n) },
  { name: 'characters that are none', size: 500, text: (n) => '$'.repeat(n) },
  { name: 'slots in clauses', size: 200, text: (n) => when(list(n, () => '?principal', ' && ')) },
];

/** Policies that parse and have n mistakes for the validator. */
export const INVALID: readonly PolicyKind[] = [
  {
    name: 'attributes that are not declared',
    size: 100,
    text: (n) => list(n, (i) => when(`principal.zz${i} == 1`), '\n'),
  },
  {
    name: 'attributes that are not declared, in one policy',
    size: 300,
    text: (n) => when(list(n, (i) => `principal.zz${i} == 1`, ' || ')),
  },
  { name: 'optional attributes', size: 100, text: (n) => list(n, (i) => when(`principal.a.b == ${i}`), '\n') },
  { name: 'types that are not declared', size: 100, text: (n) => list(n, (i) => when(`principal is No${i}`), '\n') },
  {
    name: 'actions that are not declared',
    size: 100,
    text: (n) => list(n, (i) => `permit(principal, action == Action::"no${i}", resource);`, '\n'),
  },
  { name: 'operands of wrong types', size: 100, text: (n) => when(list(n, () => '1 + "a" == 2', ' || ')) },
  {
    name: 'tags that are not tested',
    size: 100,
    text: (n) => list(n, (i) => when(`principal.getTag("t${i}") == "x"`), '\n'),
  },
  {
    name: 'strings in mixed scripts',
    size: 100,
    text: (n) => list(n, (i) => when(`principal.name == "аb${i}"`), '\n'),
  },
];
