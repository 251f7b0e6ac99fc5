/**
 * Mutate — a text a little changed: characters, ranges, words of the languages, and parts of other texts.
 */

const WORDS = [
  ...[
    'permit',
    'forbid',
    'when',
    'unless',
    'principal',
    'action',
    'resource',
    'context',
    '?principal',
    'if',
    'then',
    'else',
  ],
  ...[
    'true',
    'false',
    'in',
    'is',
    'has',
    'like',
    '&&',
    '||',
    '!',
    '==',
    '!=',
    '<=',
    '::',
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ',',
    ';',
    '.',
    ':',
    '@',
    '*',
    '-',
    '+',
  ],
  ...[
    '"',
    '\\"',
    '\\u{',
    '\\n',
    '\\*',
    '"x"',
    'T::"x"',
    '.contains(',
    '.getTag(',
    'ip(',
    'decimal(',
    'datetime("2024-01-01")',
    'duration("1d")',
  ],
  ...[
    '9223372036854775807',
    '9223372036854775808',
    '-1',
    '0',
    '1e3',
    '1.5',
    'null',
    '__cedar',
    '__entity',
    '__extn',
    '__expr',
    '__proto__',
    'constructor',
  ],
  ...[
    'entity',
    'type',
    'namespace',
    'enum',
    'appliesTo',
    'tags',
    'Set<',
    'Long',
    'Record',
    '"type":',
    '"id":',
    '"attrs":',
    '"Value":',
    '"Var":',
    '"left":',
  ],
  ...['//', '\n', '\r', '\t', ' ', '\u0000', '\ud800', '\u{1F600}', 'é', '\u2028', '\ufeff'],
];

/** Longer texts are cut. */
const LONGEST = 4096;

/** Numbers from 0 to below `n`. */
export type Random = (n: number) => number;

export function mutated(text: string, other: string, random: Random): string {
  let result = text;
  for (let times = 1 + random(4); times > 0; times--) result = once(result, other, random);
  return result.slice(0, LONGEST);
}

function once(text: string, other: string, random: Random): string {
  const at = random(text.length + 1);
  const length = Math.min(text.length - at, 1 + random(random(2) === 0 ? 4 : 64));
  const [before, range, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
  switch (random(8)) {
    case 0:
      return before + after;
    case 1:
      return before + range + range + after;
    case 2:
      return before + String.fromCharCode(32 + random(95)) + range.slice(1) + after;
    case 3: {
      const start = random(other.length + 1);
      return before + other.slice(start, start + 1 + random(64)) + range + after;
    }
    case 4: {
      const target = random(text.length + 1);
      const rest = before + after;
      return rest.slice(0, target) + range + rest.slice(target);
    }
    case 5:
      return before + range.repeat(2 + random(20)) + after;
    default:
      return before + WORDS[random(WORDS.length)]! + (random(2) === 0 ? range : '') + after;
  }
}
