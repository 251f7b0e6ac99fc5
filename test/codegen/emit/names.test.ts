/**
 * Names — that every word becomes an identifier, and no two the same.
 */
import { parse } from 'acorn';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Names } from '../../../codegen/emit/names.ts';

test.each([
  ['owner', 'owner'],
  ['Owner_9', 'Owner_9'],
  ['can view', 'can_view'],
  ['a -- b', 'a_b'],
  ['photo.jpg', 'photo_jpg'],
  ['$a', '_a'],
  ['9', '_9'],
  ['9a', '_9a'],
  ['a9', 'a9'],
  ['', 'x'],
  ['_', 'x'],
  ['é', 'x'],
  ['class', '_class'],
  ['undefined', '_undefined'],
  ['NaN', '_NaN'],
  ['classes', 'classes'],
  ['a'.repeat(41), 'a'.repeat(40)],
])('%j is named %s', (word, name) => expect(new Names().fresh(word)).toBe(name));

test('what is taken has a number behind it', () => {
  const names = new Names(['run', 'row2']);
  expect(['run', 'run', 'row', 'row', 'a b', 'a_b', 'run'].map((word) => names.fresh(word))).toEqual([
    'run2',
    'run3',
    'row',
    'row3',
    'a_b',
    'a_b2',
    'run4',
  ]);
});

test('all names are identifiers, and each is given once', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('a', 'a2', 'a22', 'if', '_if', 'x', ''));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 30 }), (words) => {
      const names = new Names(['a', 'row']);
      const given = words.map((each) => names.fresh(each));
      expect(new Set([...given, 'a', 'row']).size).toBe(given.length + 2);
      for (const name of given) parse(`const ${name} = 1;`, { ecmaVersion: 2022, sourceType: 'module' });
    }),
  );
});
