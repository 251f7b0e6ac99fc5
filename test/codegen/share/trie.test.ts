/**
 * Place — that the same words lead to the same place, and no others do.
 */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { TrieNode, type Word } from '../../../codegen/share/trie.ts';

const words: fc.Arbitrary<Word[]> = fc.array(fc.constantFrom<Word>('a', 'b', '1', 1, 1n, 0, '', 'or'), {
  maxLength: 6,
});

test('two lists of words lead to one trieNode iff they are the same', () => {
  fc.assert(
    fc.property(fc.array(words), (lists) => {
      const start = new TrieNode<string>();
      for (const list of lists) {
        const trieNode = list.reduce((at, word) => at.after(word), start);
        const key = list.map((word) => `${typeof word} ${word}`).join('\n');
        expect(trieNode.value ?? key).toBe(key);
        trieNode.value = key;
      }
      for (const list of lists) {
        const trieNode = list.reduce((at, word) => at.after(word), start);
        expect(trieNode.value).toBe(list.map((word) => `${typeof word} ${word}`).join('\n'));
      }
    }),
  );
});
