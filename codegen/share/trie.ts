/**
 * Place — where one is in a tree of words: two that wrote the same words are at the same place, without a text of them being put together.
 *
 * Each place remembers the word that was written there last; as a rule the next policy has it too.
 */

export type Word = string | number | bigint;

export class TrieNode<T> {
  /** What was left here. */
  value: T | undefined = undefined;
  #word: Word | undefined = undefined;
  #next: TrieNode<T> | undefined = undefined;
  /** All that follow, when they are more than one. */
  #all: Map<Word, TrieNode<T>> | undefined = undefined;

  /** The place behind this one and a word. */
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
