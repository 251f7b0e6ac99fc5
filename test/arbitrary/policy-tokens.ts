/**
 * Policy tokens — policy texts token by token, with blanks and comments of all sorts between any two of them.
 *
 * Other generators make trees and print them. These texts have what no printer writes: parentheses and commas that are not needed, comments
 * everywhere, carriage returns, zeros before numbers, wide characters.
 */
import type { Random } from './random.ts';

const NAMES = ['a', 'bb', 'owner', 'department', 'aVeryLongAttributeNameThatTakesRoom', 'permit', 'when', 'principal'];
const TYPES = ['User', 'N::Group', 'A::B::C', 'One::Two::Three::Four'];
const TEXTS = [
  '"x"',
  '""',
  '"two words"',
  '"// none"',
  '"日本語"',
  '"\\n\\u{1f600}"',
  '"é\u0301"',
  '"a\nb\n\n  c"',
  '"🎉👩‍👩‍👧"',
];
const COMMENTS = [
  '// c',
  '//',
  '// "quoted',
  '// a longer comment, of several words',
  '//日本 ',
  '//\tx\t',
  "// it's // two",
];

/** How many comments stand between tokens, in a hundred. */
export interface TokenTextOptions {
  readonly comments: number;
  readonly depth: number;
}

export function policyTokenText(random: Random, { comments, depth }: TokenTextOptions): string {
  const tokens = Array.from({ length: random.between(1, 2) }, () => policy(random, depth)).flat();
  const text = tokens.map((token) => trivia(random, comments) + token).join('');
  return text + trivia(random, comments);
}

function trivia(random: Random, comments: number): string {
  if (!random.chance(comments))
    return random.pick([' ', ' ', ' ', '\n', '  ', '\t', '\r\n', '\n\n', '\u00a0', '\u2003']);
  const newline = random.pick(['\n', '\n', '\n', '\r\n', '\n\n', '\r', '\n \n']);
  const one = `${random.pick(COMMENTS)}${newline}`;
  const more = random.chance(25) ? `${random.pick(COMMENTS)}\n` : '';
  return random.pick(['', ' ', '\n', '\n  ']) + one + more + random.pick(['', ' ', '\n', '\t']);
}

type Words = readonly string[];

function policy(random: Random, depth: number): Words {
  const annotations = Array.from({ length: random.pick([0, 0, 1, 2]) }, (_, i) => annotation(random, i));
  const clauses = Array.from({ length: random.pick([0, 1, 1, 1, 2]) }, () => [
    random.pick(['when', 'unless']),
    '{',
    ...expr(random, depth),
    '}',
  ]);
  const scope = [
    ...principalOrResource(random, 'principal'),
    ',',
    ...action(random),
    ',',
    ...principalOrResource(random, 'resource'),
  ];
  const comma = random.chance(10) ? [','] : [];
  return [
    ...annotations.flat(),
    random.pick(['permit', 'forbid']),
    '(',
    ...scope,
    ...comma,
    ')',
    ...clauses.flat(),
    ';',
  ];
}

function annotation(random: Random, i: number): Words {
  const key = ['@', random.pick([`note${i}`, `in${i}`, `if${i}`])];
  return random.chance(25) ? key : [...key, '(', random.pick(TEXTS.slice(0, 7)), ')'];
}

function principalOrResource(random: Random, name: string): Words {
  const container = () => (random.chance(25) ? [`?${name}`] : uid(random));
  switch (random.int(6)) {
    case 0:
      return [name, '==', ...container()];
    case 1:
      return [name, 'in', ...container()];
    case 2:
      return [name, 'is', ...type(random)];
    case 3:
      return [name, 'is', ...type(random), 'in', ...container()];
    default:
      return [name];
  }
}

function action(random: Random): Words {
  const uidOfAction = (): Words => ['Action', '::', random.pick(['"view"', '"edit"', '"aLongNameOfAnAction"'])];
  switch (random.int(5)) {
    case 0:
      return ['action', '==', ...uidOfAction()];
    case 1:
      return ['action', 'in', ...uidOfAction()];
    case 2:
      return ['action', 'in', '[', ...list(random, 3, uidOfAction), ']'];
    default:
      return ['action'];
  }
}

function type(random: Random): Words {
  return random.pick(TYPES).split(/(::)/);
}

function uid(random: Random): Words {
  return [...type(random), '::', random.pick(TEXTS)];
}

function list(random: Random, longest: number, element: () => Words): Words {
  const elements = Array.from({ length: random.between(0, longest) }, element);
  const words = elements.flatMap((each, i) => (i === 0 ? each : [',', ...each]));
  return elements.length > 0 && random.chance(20) ? [...words, ','] : words;
}

function expr(random: Random, depth: number): Words {
  if (depth <= 0) return primary(random, 0);
  const sub = () => expr(random, depth - 1);
  if (random.chance(10)) return ['if', ...sub(), 'then', ...sub(), 'else', ...sub()];
  return chain(random, '||', 20, () => chain(random, '&&', 35, () => relation(random, depth - 1)));
}

/** `percent` says how often there is more than one operand. */
function chain(random: Random, operator: string, percent: number, operand: () => Words): Words {
  const words = [...operand()];
  while (random.chance(percent)) words.push(operator, ...operand());
  return words;
}

function relation(random: Random, depth: number): Words {
  const left = sum(random, depth);
  switch (random.int(7)) {
    case 0:
      return [...left, 'has', ...hasTarget(random)];
    case 1:
      return [...left, 'like', random.pick(['"a*"', '"*"', '"\\*x"'])];
    case 2:
      return [...left, 'is', ...type(random), ...(random.chance(50) ? ['in', ...sum(random, depth)] : [])];
    case 3:
    case 4:
      return [...left, random.pick(['==', '!=', '<', '<=', '>', '>=', 'in']), ...sum(random, depth)];
    default:
      return left;
  }
}

function hasTarget(random: Random): Words {
  if (random.chance(30)) return [random.pick(TEXTS)];
  return list(random, 0, () => []).concat(
    random.pick(['a', 'a.b', 'owner.manager.department', 'a.bb.c.d.e']).split(/(\.)/),
  );
}

function sum(random: Random, depth: number): Words {
  return chain(random, random.pick(['+', '-']), 15, () => chain(random, '*', 10, () => unary(random, depth)));
}

function unary(random: Random, depth: number): Words {
  const operator = random.pick(['', '', '', '', '!', '-']);
  const count = operator === '' ? 0 : random.between(1, 3);
  return [...Array.from({ length: count }, () => operator), ...member(random, depth)];
}

function member(random: Random, depth: number): Words {
  const words = [...primary(random, depth)];
  // A name or a literal takes no access by itself but these.
  if (words.length > 1 && words[0] !== '(' && words[0] !== '{') return words;
  while (random.chance(35)) words.push(...access(random, depth));
  return words;
}

function access(random: Random, depth: number): Words {
  switch (random.int(4)) {
    case 0:
      return ['[', random.pick(['"x"', '"two words"']), ']'];
    case 1:
      return [
        '.',
        random.pick(['contains', 'containsAll', 'containsAny', 'getTag', 'hasTag']),
        '(',
        ...expr(random, depth - 1),
        ')',
      ];
    default:
      return ['.', random.pick(NAMES)];
  }
}

function primary(random: Random, depth: number): Words {
  switch (random.int(depth > 0 ? 12 : 7)) {
    case 0:
      return [random.pick(TEXTS)];
    case 1:
      return [random.pick(['1', '007', '12345', 'true', 'false'])];
    case 2:
      return uid(random);
    case 3:
    case 4:
    case 5:
    case 6:
      return [random.pick(['principal', 'action', 'resource', 'context'])];
    case 7:
      return ['[', ...list(random, 4, () => expr(random, depth - 1)), ']'];
    case 8:
      return record(random, depth - 1);
    case 9:
      return [random.pick(['ip', 'decimal', 'datetime', 'duration']), '(', ...expr(random, depth - 1), ')'];
    default:
      return ['(', ...expr(random, depth - 1), ')'];
  }
}

function record(random: Random, depth: number): Words {
  const names = ['a', 'in', '"two words"', 'department', 'like2', '"日本"'].filter(() => random.chance(45));
  const fields = names.map((name) => [name, ':', ...expr(random, depth)]);
  const words = fields.flatMap((field, i) => (i === 0 ? field : [',', ...field]));
  return ['{', ...words, ...(fields.length > 0 && random.chance(20) ? [','] : []), '}'];
}
