/**
 * Shapes — conditions that are known to go wrong between a policy and a database, as Cedar says them, by the names of the published conformance corpus of
 * adapters (cerbos/query-plan-adapters, conformance); and the rows that tell a right translation from a wrong one.
 *
 * What the corpus asks by `null`, Cedar asks by `has`. Shapes that differ in the adapter's intermediate form alone are one here.
 */

export const SHAPES: Readonly<Record<string, string>> = {
  // Constant first
  'vf-le': '3 <= resource.n',
  'vf-ge': '2 >= resource.n',
  'vf-lt': '1 < resource.n',
  'vf-ne': '"one" != resource.text',
  // Membership
  'in-single': '["one"].contains(resource.text)',
  'vf-hasint': '["public", "other"].containsAny(resource.words)',
  'p-in-null-single': 'resource has note && ["x"].contains(resource.note)',
  'p-in-null-multi': 'resource has note && ["x", "one_two"].contains(resource.note)',
  'p-hasintersection-map': 'resource.words.containsAny(["public", "héllo🚀", "100%_x"])',
  'in-var-var': 'resource has note && resource.words.contains(resource.note)',
  'in-var-var-neg': 'resource has note && !resource.words.contains(resource.note)',
  // Patterns
  'like-percent': 'resource.text like "100%*"',
  'like-underscore': 'resource.text like "*a_b*"',
  'like-backslash': 'resource.text like "*\\\\"',
  'like-bracket': 'resource.text like "[SEC]*"',
  'like-star': 'resource.text like "*\\**"',
  'like-newline': 'resource.text like "a*b"',
  'like-twice': 'resource.text like "*a*b*"',
  'cs-eq': 'resource.text == "one"',
  'cs-contains': 'resource.text like "*one*"',
  'cs-startswith': 'resource.text like "one*"',
  'cs-endswith': 'resource.text like "*one"',
  'not-contains': '!(resource.text like "*one*")',
  'not-startswith': '!(resource.text like "one*")',
  'unicode-eq': 'resource.text == "héllo🚀"',
  'empty-string-eq': 'resource.text == ""',
  'trailing-blank': 'resource.text == "one "',
  // Numbers
  'neg-number': 'resource.n < -1',
  'not-lt': '!(resource.n < 2)',
  'not-gt': '!(resource.n > 1)',
  'gt-bare': 'resource.n > 1',
  'le-bare': 'resource.n <= 2',
  'arith-add': 'resource.n + 1 > 2',
  'arith-vf': '2 < resource.n + 1',
  'arith-sub': 'resource.n - 3 <= 0',
  'arith-mult-neg': 'resource.n * -2 < 3',
  'arith-both': 'resource.n + 1 > resource.n * 2',
  'arith-neg': '-resource.n > 3',
  'arith-overflow-or': 'resource.n + 1 > 0 || resource.flag',
  'not-arith-overflow': '!(resource.n + 1 > 5)',
  'p-arith-in-lambda': 'resource.words.contains("public") && resource.n + 1 > 2',
  // Sets
  'all-on-empty': '["public"].containsAll(resource.words)',
  'exists-on-empty': 'resource.words.contains("public")',
  'not-exists': '!resource.words.contains("private")',
  'p-not-exists-empty': '!resource.words.contains("public")',
  'n-not-all': '!(["public"].containsAll(resource.words))',
  'not-empty': '!(resource.words.isEmpty())',
  'size-zero': 'resource.words.isEmpty()',
  'set-eq': 'resource.words == ["public", "other"]',
  'set-ne': 'resource.words != ["public", "other"]',
  'lambda-field-to-field': 'resource.words.contains(resource.text)',
  'outer-attr-depth2': 'resource.words.contains("finance") && resource.flag',
  'lambda-in-principal': 'resource.words.containsAny(principal.few)',
  'not-hasint': '!resource.words.containsAny(principal.few)',
  // Logic
  'root-bare-bool': 'resource.flag',
  'root-or': 'resource.flag || resource.n < 0',
  'nary-and': 'resource.flag && resource.n >= 0 && resource.text != "one"',
  'not-and': '!(resource.flag && resource.text != "one")',
  'double-negation': '!(!resource.flag)',
  'triple-negation': '!(!(!resource.flag))',
  'or-eq-exists': 'resource.flag || resource.words.contains("public")',
  'p-deep-nest':
    '!((resource.flag && (resource.n + 1 > 2 || resource.text like "100%*")) || (!resource.flag && resource.words.containsAny(["public", resource.text])))',
  'bool-eq': 'resource.flag == (resource.n > 2)',
  'bool-ne': 'resource.flag != (resource.n > 2)',
  // Choices
  'ternary-cmp': '(if resource.flag then resource.n else 0) > 1',
  'ternary-expr-cond': '(if resource.text like "100*" then resource.n else -1) >= 0',
  'ternary-nested': '(if resource.flag then (if resource.text == "" then 0 else resource.n) else -1) >= 2',
  'ternary-negated': '!((if resource.flag then resource.n else 0) > 1)',
  'ternary-bare': 'if resource.flag then resource.text == "one" else resource.n < 0',
  'ternary-value-first': '0 < (if resource.flag then resource.n else -1)',
  'ternary-null-cond': '(if resource has note && resource.note != "x" then resource.n else 0) > 1',
  'p-not-ternary-null': '!((if resource has note && resource.note != "x" then resource.n else 0) > 1)',
  'p-ternary-in-exists': 'resource.words.contains(if resource.flag then "public" else "zz")',
  'p-ternary-of-ternaries':
    '(if resource.flag then (if resource.text == "" then 0 else resource.n) else (if resource.n < 0 then -1 else 5)) > 1',
  'p-ternary-vs-ternary': '(if resource.flag then resource.n else 0) > (if resource.text == "" then 1 else 2)',
  'ternary-error-branch': 'if resource.flag then resource.n + 1 > 3 else resource.n > 9',
  // Optional attributes
  'p-has': 'resource has note',
  'null-eq-missing': '!(resource has note)',
  'optional-ne': 'resource has note && resource.note != "x"',
  'field-to-field': 'resource has note && resource.text == resource.note',
  'field-to-field-ne': 'resource has note && resource.text != resource.note',
  'null-eq': '!(resource has owner)',
  'null-ne': 'resource has owner',
  'null-not-eq': '!(!(resource has owner))',
  'null-value-ne-const': 'resource has owner && resource.owner != User::"x"',
  'null-value-not-eq-const': '!(resource has owner && resource.owner == User::"x")',
  'null-value-not-in-const': '!(resource has owner && [User::"x", User::"Alice"].contains(resource.owner))',
  'null-value-f2f': 'resource has owner && resource has coOwner && resource.owner == resource.coOwner',
  'null-value-pv-not-exists': '!(resource has owner && principal.friends.contains(resource.owner))',
  'p-struct': 'resource.obj.inner == "one"',
  'struct-optional': 'resource.obj has extra && resource.obj.extra > 1',
  // What comes with the request
  'pv-exists': 'resource has note && principal.many.contains(resource.note)',
  'pv-all': 'resource has note && !principal.many.contains(resource.note)',
  'pv-exists-unrolled': 'resource has note && principal.few.contains(resource.note)',
  'pv-all-unrolled': 'resource has note && !principal.few.contains(resource.note)',
  'pv-threshold': 'resource.n > principal.level',
  'pv-owner': 'resource has owner && resource.owner == principal',
  'pv-context': 'context.words.contains(resource.text)',
  // One reference, and two
  'rel-eq-hop': 'resource has parent && resource.parent.text == "One"',
  'rel-eq-num-hop': 'resource has parent && resource.parent.n == 2',
  'rel-lt-hop': 'resource has parent && resource.parent.n < 2',
  'rel-le-hop': 'resource has parent && resource.parent.n <= 2',
  'rel-gt-hop': 'resource has parent && resource.parent.n > 2',
  'rel-ge-hop': 'resource has parent && resource.parent.n >= 2',
  'rel-range-hop': 'resource has parent && resource.parent.n > 2 && resource.parent.n < 12',
  'rel-bool-hop': 'resource has parent && resource.parent.flag',
  'rel-not-bool-hop': 'resource has parent && !resource.parent.flag',
  'rel-contains-hop': 'resource has parent && resource.parent.text like "*done*"',
  'rel-ne-null-hop': 'resource has parent && resource.parent has note',
  'rel-eq-null-hop': 'resource has parent && !(resource.parent has note)',
  'rel-bool-hop2': 'resource has parent.parent && resource.parent.parent.flag',
  'rel-startswith-hop2': 'resource has parent.parent && resource.parent.parent.text like "100*"',
  'rel-hop-and-root': 'resource.flag && resource has parent && resource.parent.text like "*on*"',
  'rel-hop2-or-exists':
    '(resource has parent.parent && resource.parent.parent.flag) || resource.words.contains("finance")',
  'rel-absent-or': '(resource has parent && resource.parent.flag) || resource.n > 8',
  'w1-exists-chain': 'resource has parent && resource.parent.words.contains("public")',
  'w1-all-chain': 'resource has parent && ["public"].containsAll(resource.parent.words)',
  'w1-not-exists-chain': 'resource has parent && !resource.parent.words.contains("public")',
  'w1-size-chain': 'resource has parent && !resource.parent.words.isEmpty()',
  'w1-size-zero-chain': 'resource has parent && resource.parent.words.isEmpty()',
  'w1-not-hasint-chain': 'resource has parent && !resource.parent.words.containsAny(["public", "other"])',
  'w1-not-size-chain': '!(resource has parent && !resource.parent.words.isEmpty())',
  'w1-ternary-chain-cond':
    'resource has parent && (if resource.parent.words.contains("public") then resource.flag else !resource.flag)',
  // Hierarchies
  'hier-descendent-ff': 'resource.dept in Dept::"eng"',
  'hier-descendent-cf': 'Dept::"platform" in resource.dept',
  'hier-overlaps-ff': 'resource.dept in Dept::"eng" || Dept::"eng" in resource.dept',
  'hier-not-descendent': '!(resource.dept in Dept::"eng")',
  'hier-bracket': 'resource.dept in Dept::"[env]%_"',
  'hier-case': 'resource.dept in Dept::"Eng"',
  'hier-set': 'resource.dept in [Dept::"ops", Dept::"platform"]',
  'hier-principal': 'resource.dept in principal.depts',
  // Ids and instants
  'id-eq-const': 'resource == Row::"f1"',
  'id-ne-const': 'resource != Row::"f1"',
  'p-timestamp': 'resource.at < datetime("2025-01-01")',
  'ts-window': 'resource.at < context.now.offset(duration("-24h"))',
  'ts-vf': 'context.now.offset(duration("-24h")) > resource.at',
  'ts-eq': 'resource.at == datetime("2024-06-01")',
  'ts-eq-offset': 'resource.at == datetime("2024-06-01T02:00:00+0200")',
  'ts-ne': 'resource.at != datetime("2024-06-01")',
  'ts-before-1970': 'resource.at < datetime("1970-01-01")',
};

/** How many shapes of the corpus Cedar has no expression for, by what it lacks. */
export const WITHOUT_MEANING: Readonly<Record<string, string>> = {
  'fractions and division':
    'double-threshold, arith-div, arith-mod, cr-div-…, p-double-frac, nan-ord-…: Cedar has whole numbers, `+`, `-` and `*`',
  'casts and concatenation':
    'cast-…, concat-f2f, id-concat, p-startswith-concat: values have one type, and texts are not joined',
  'patterns of columns':
    'f2f-contains, p-lambda-f2f-like, cr-contains: `like` takes a literal; p-matches: and no regular expression',
  'sizes and positions':
    'size-threshold, string-size, p-size-nested, w1-size-frac-…, p-index: sets have `isEmpty` alone, and no order',
  'functions of elements':
    'exists-one-multi, map-…, filter-…, macro-depth3-…, p-lambda-inner-f2f: sets are asked by their elements as a whole',
  'null as an element': 'in-null-elem-…: nothing is null',
};

export interface ShapeRow {
  readonly id: string;
  readonly flag: boolean;
  readonly text: string;
  readonly note?: string;
  readonly n: number | bigint;
  readonly words: readonly string[];
  readonly parent?: string;
  readonly owner?: string;
  readonly coOwner?: string;
  readonly dept: string;
  readonly at: number;
  readonly inner: string;
  readonly extra?: number;
}

const JUNE = Date.UTC(2024, 5, 1);

function row(id: string, flag: boolean, text: string, n: number | bigint, others: Partial<ShapeRow> = {}): ShapeRow {
  return { id, flag, text, n, words: [], dept: 'ops', at: JUNE + 1, inner: text, ...others };
}

/** `gone` is a parent that is not there. */
export const ROWS: readonly ShapeRow[] = [
  row('f1', true, 'one', 5, {
    note: 'set',
    words: ['public'],
    parent: 'p1',
    owner: 'alice',
    coOwner: 'alice',
    dept: 'eng',
    at: JUNE,
    extra: 2,
  }),
  row('p1', false, '100%_done', -2, {
    parent: 'p2',
    words: ['public', 'other'],
    owner: 'x',
    dept: 'platform',
    at: Date.UTC(2025, 5, 1),
  }),
  row('p2', true, '100xdone', 2, {
    note: 'x',
    words: ['other', 'public'],
    owner: 'Alice',
    coOwner: 'alice',
    dept: 'Eng',
    extra: 1,
  }),
  row('u1', true, 'xa_by', 1, { words: ['private'], parent: 'f1', dept: '[env]%_', at: -1 }),
  row('u2', false, 'xaXby', -5, { note: 'y', words: ['public'], parent: 'gone', owner: 'alice', dept: 'xenvX' }),
  row('e1', true, 'héllo🚀', 3, { note: '', words: ['public', 'private', 'héllo🚀'], parent: 'c1', dept: 'under' }),
  row('b1', true, 'tail\\', 0, { note: 'z', words: ['finance'], parent: 'e2' }),
  row('e2', true, '', 2, { words: ['public'], parent: 'u2' }),
  row('s1', true, 'same', 4, { note: 'same', words: ['same'], owner: 'bob', coOwner: 'alice' }),
  row('o1', true, 'oneXtwo', 7, { note: 'one_two', parent: 'p1' }),
  row('o2', false, '50%_off', 6, { note: '%_o', words: ['%_o'], parent: 's1' }),
  row('o3', true, 'back\\slash', -4, { note: 'k\\s', words: ['PUBLIC'] }),
  row('c1', true, 'One', 11, { note: 'Set', words: ['Public'], parent: 'c2', owner: 'ALICE', inner: 'one' }),
  row('c2', false, 'xA_by', 12, { parent: 'o1', extra: 9 }),
  row('d1', true, '[SEC]ret', 13, { note: '[SEC]', parent: 'c1' }),
  row('d2', false, 'Secret', 14, { note: 'xSECy', words: ['finance'] }),
  row('t1', true, 'one ', 8, { note: 'set ', words: ['public '] }),
  row('t2', false, 'done*one', 9, { note: 'ONE', words: ['other', 'finance', 'public'] }),
  row('l1', true, 'a\nb', 9223372036854775807n, { note: 'big', parent: 'l2' }),
  row('l2', false, 'ab', -9223372036854775808n, { parent: 'l1', at: Date.UTC(1960, 0, 1) }),
  row('a1', true, 'ba', 21, { note: 'é', words: ['é', 'e\u0301'] }),
];
