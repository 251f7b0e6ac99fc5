/**
 * Trie — a tree of words: equal sequences of words lead to the same node, and no text of them is put together.
 *
 * Technique: an inline cache of one word in each node; as a rule the next policy has the same word.
 */

export type Word = string | number | bigint;

export class TrieNode<T> {
  /** What a sequence of words that ends here stands for. */
  value: T | undefined = undefined;
  #word: Word | undefined = undefined;
  #next: TrieNode<T> | undefined = undefined;
  /** All children, if there are several. */
  #all: Map<Word, TrieNode<T>> | undefined = undefined;

  /** The child for a word. */
  after(word: Word): TrieNode<T> {
    return word === this.#word ? this.#next! : this.#find(word);
  }

  #find(word: Word): TrieNode<T> {
    if (this.#word !== undefined) this.#all ??= new Map([[this.#word, this.#next!]]);
    const next = this.#all?.get(word) ?? new TrieNode<T>();
    this.#all?.set(word, next);
    this.#word = word;
    this.#next = next;
    return next;
  }
}
