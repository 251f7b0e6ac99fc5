/**
 * Name text — names and uids are read as the parser with all its tables reads them, and refused with its first message.
 */
import { array, assert, constantFrom, oneof, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntityUid, readName } from '../../../../src/parser/text/name-text.ts';
import { type Parsed, parseEntityUid, parseName } from '../../../../src/parser/text/text.ts';

const TOKENS = ['User', 'a', '__cedar', 'if', 'true', 'false', 'in', 'is', 'permit', 'principal', '::', '"x"', '"\\q"'];
const OTHERS = [
  '"\\n"',
  '"',
  "'",
  '{',
  '}',
  ':',
  ',',
  '1',
  '.',
  '(',
  ')',
  '?principal',
  '?x',
  ' ',
  '\n',
  '// c\n',
  '=',
  '&&',
  '#',
  'é',
];

/** Mostly uids and names, some with something between their parts. */
const between = oneof({ weight: 6, arbitrary: constantFrom('', '', ' ') }, constantFrom(...OTHERS));
const almost = tuple(
  array(constantFrom('User', 'a', 'in', 'principal', '__cedar'), { minLength: 1, maxLength: 3 }),
  between,
  constantFrom('', '::"x"', '::"\\n"', '::"\\q"', '::', '::{a: 1}'),
  between,
).map(([names, first, rest, last]) => `${names.join('::')}${first}${rest}${last}`);
const soup = array(oneof(constantFrom(...TOKENS, ...OTHERS), string({ maxLength: 3 })), { maxLength: 7 });
const texts = oneof(
  almost,
  soup.map((parts) => parts.join('')),
);

function firstOf<T>(parsed: Parsed<T>) {
  return parsed.ok ? parsed : { ok: false, problem: parsed.diagnostics[0]!.message };
}

describe('readName, readEntityUid', () => {
  it('accept what the parser accepts, and say its first message of all else', () => {
    const met = { names: 0, uids: 0, refused: new Set<string>() };
    assert(
      property(texts, (text) => {
        const [name, uid] = [readName(text, 'Name'), readEntityUid(text)];
        expect(name).toEqual(firstOf(parseName(text, 'Name')));
        expect(uid).toEqual(firstOf(parseEntityUid(text)));
        if (name.ok) met.names++;
        if (uid.ok) met.uids++;
        if (!uid.ok) met.refused.add(uid.problem.replace(/`.*`/, '`…`'));
      }),
      { numRuns: Number(process.env.CEDARMILL_CASES ?? 3000) },
    );
    expect(met.names).toBeGreaterThan(20);
    expect(met.uids).toBeGreaterThan(20);
    expect(met.refused.size).toBeGreaterThan(4);
  });

  it.each([
    ['User', 'unexpected end of input'],
    ['User::"a" b', 'unexpected token `b`'],
    ["User::'a'", 'invalid token'],
    ['in::"a"', 'this identifier is reserved and cannot be used: in'],
  ])('%s is refused with one sentence', (text, problem) => {
    expect(readEntityUid(text)).toEqual({ ok: false, problem });
  });
});
