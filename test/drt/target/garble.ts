/**
 * Garble — text with a token or a few characters changed, so that parsers must say what they accept.
 */
import type { Random } from '../../arbitrary/random.ts';

const TOKENS = [
  ...[
    'permit',
    'forbid',
    'when',
    'unless',
    'principal',
    'action',
    'resource',
    'context',
    'true',
    'false',
    'if',
    'then',
    'else',
    'in',
    'is',
    'like',
    'has',
  ],
  ...[
    '(',
    ')',
    '{',
    '}',
    '[',
    ']',
    ',',
    ';',
    ':',
    '::',
    '.',
    '@',
    '==',
    '!=',
    '<',
    '<=',
    '>',
    '>=',
    '&&',
    '||',
    '!',
    '-',
    '+',
    '*',
    '/',
    '%',
    '=',
    '?',
    '|',
    '&',
  ],
  ...['0', '1', '9223372036854775807', '9223372036854775808', '-9223372036854775808', '007', '1.5', '0x1'],
  ...[
    '""',
    '"a"',
    '"\\n"',
    '"\\x41"',
    '"\\xff"',
    '"\\u{1F600}"',
    '"\\u{110000}"',
    '"\\u{}"',
    '"\\q"',
    '"\\*"',
    '"',
    "'a'",
  ],
  ...[
    'User::"a"',
    'NS::User',
    '__cedar',
    '__cedar::Long',
    '?principal',
    '?resource',
    '?context',
    '//x\n',
    '//x\r',
    '//x\u2028',
    '/*',
    '\n',
    '\t',
    '\u00a0',
    '\ufeff',
    'é',
    '😀',
  ],
  ...[
    'ip("1.2.3.4")',
    'decimal("1.0")',
    '.contains(1)',
    '.isEmpty()',
    '.foo()',
    'foo()',
    'entity',
    'namespace',
    'type',
    'Set<Long>',
    'tags',
    'enum',
    'appliesTo',
    '__proto__',
    'Bool',
  ],
];

/** What may stand between any two tokens, and what looks like it. */
const BLANKS = ['//x\n', '//x\r', '//x\r\n', '//x\u2028', '/*x*/', '\t', '\u00a0', '\ufeff', '\v', '\f'];

const TOKEN = /"(?:[^"\\]|\\.)*"|[A-Za-z_]\w*|\d+|::|[=!<>]=|&&|\|\||\s+|./gsu;

export function garbled(random: Random, text: string): string {
  const tokens = text.match(TOKEN) ?? [''];
  for (let n = random.between(1, 2); n > 0; n--) {
    const i = random.int(tokens.length);
    switch (random.int(6)) {
      case 0:
        tokens.splice(i, 1);
        break;
      case 1:
        tokens.splice(i, 0, random.pick(TOKENS), ' ');
        break;
      case 2:
        tokens[i] = random.pick(TOKENS);
        break;
      case 3:
        tokens.splice(i, 0, tokens[random.int(tokens.length)]!);
        break;
      case 4:
        tokens.splice(i, 0, random.pick(BLANKS));
        break;
      default:
        tokens[i] = gnawed(random, tokens[i]!);
    }
  }
  return tokens.join('');
}

/** One character less, or another. */
function gnawed(random: Random, token: string): string {
  const characters = [...token];
  const i = random.int(characters.length);
  characters.splice(
    i,
    1,
    ...(random.chance(50) ? [] : [random.pick(['a', '0', '"', '\\', '*', '-', 'é', '\0', '{', '\u0301'])]),
  );
  return characters.join('');
}
