/**
 * Action lookup — the nodes of the actions that requests name, by text and by uid.
 *
 * Technique: polymorphic inline cache. An application asks for few actions, and to compare with each of them costs less than a hash table. Whoever asks for
 * more than it holds is answered by the graph, as for principals and resources: the cache is megamorphic then, and compares nothing.
 *
 * INVARIANT: it holds nodes of the graph only; who drops one clears it.
 */
import { ACTIONS_COMPARED_AT_MOST } from '../limits.ts';
import type { Node } from './node.ts';
import type { KnownNodes } from './uid-lookup.ts';

interface ByText {
  readonly text: string;
  readonly node: Node;
}

interface ByUid {
  readonly type: string;
  readonly id: string;
  readonly node: Node;
}

export class ActionLookup {
  readonly #graph: KnownNodes;
  #byText: ByText[] = [];
  #byUid: ByUid[] = [];
  #isMegamorphic = false;

  constructor(graph: KnownNodes) {
    this.#graph = graph;
  }

  /** `undefined` if the graph does not know it by this text. */
  ofText(text: string): Node | undefined {
    const known = this.#byText;
    for (let i = 0; i < known.length; i++) if (known[i]!.text === text) return known[i]!.node;
    const node = this.#graph.named.get(text);
    if (node !== undefined && this.#hasRoom(known)) known.push({ text, node });
    return node;
  }

  /** `undefined` if the graph has no node of it. */
  ofUid(type: string, id: string): Node | undefined {
    const known = this.#byUid;
    for (let i = 0; i < known.length; i++) if (known[i]!.id === id && known[i]!.type === type) return known[i]!.node;
    const handle = this.#graph.store.find(type, id);
    const node = handle && this.#graph.known(handle);
    if (node !== undefined && this.#hasRoom(known)) known.push({ type, id, node });
    return node;
  }

  #hasRoom(known: readonly unknown[]): boolean {
    if (this.#isMegamorphic || known.length < ACTIONS_COMPARED_AT_MOST) return !this.#isMegamorphic;
    this.clear();
    this.#isMegamorphic = true;
    return false;
  }

  clear(): void {
    this.#byText = [];
    this.#byUid = [];
    this.#isMegamorphic = false;
  }
}
