/**
 * Own object mutants — bugs in the short cuts of own objects over stores. A claim of test/src/engine/own-object-claims.ts finds each; differential testing comes
 * by their places too seldom for a trial.
 */
import type { Patch } from '../drt/bundle.ts';

export interface OwnObjectMutant extends Patch {
  /** What is wrong. */
  readonly name: string;
}

export const OWN_OBJECT_MUTANTS: readonly OwnObjectMutant[] = [
  {
    name: 'two references of own objects to one entity that the store does not know are different entities',
    path: 'codegen/runtime/graph/own-object-reader.ts',
    before: 'if ($uid!.id === id && $uid!.type === type) return nodes[i];',
    after: 'if ($uid!.id === id && $uid!.type === type && i < 0) return nodes[i];',
  },
  {
    name: 'an own resource that refers to the principal refers to another entity',
    path: 'codegen/runtime/graph/own-object-reader.ts',
    before: 'if (principal?.reading.type === type && principal.source.id === id) return principal.node;',
    after:
      'if (principal?.reading.type === type && principal.source.id === id && principal.values.length < 0) return principal.node;',
  },
  {
    name: 'the ancestors of own objects stay as they were when their parent was first met',
    path: 'codegen/runtime/graph/own-object-reader.ts',
    before: 'if (known !== undefined && known.ofParent === parent.$ancestors) return known;',
    after: 'if (known !== undefined) return known;',
  },
  {
    name: 'an own object is another entity than what a store refers to by its uid',
    path: 'codegen/runtime/graph/own-object-reader.ts',
    before: 'if (own.reading.type.handles?.has(own.source.id) === true) return false;',
    after: 'if (own.reading.type.handles?.get(own.source.id)?.entity !== undefined) return false;',
  },
  {
    name: 'an own object whose parent is the other own object is not below the parents of that',
    path: 'codegen/runtime/graph/own-object-reader.ts',
    before: 'return node === this.#principal?.node || node === this.#resource?.node ? undefined : node;',
    after: 'return node;',
  },
  {
    name: 'an own object with several parents is below the ancestors of the first alone',
    path: 'codegen/runtime/graph/own-object-reader.ts',
    before: 'const { mask, ancestors } = nodes === undefined ? this.#aboveOne(first) : this.#aboveAll(nodes);',
    after: 'const { mask, ancestors } = this.#aboveOne(first);',
  },
  {
    name: 'an entity that the store does not know has the type of one of the request before',
    path: 'codegen/runtime/graph/own-object-reader.ts',
    before: 'node.$type = type;',
    after: 'node.$type ??= type;',
  },
  {
    name: 'the state of the store is that before the last getter',
    path: 'codegen/emit/own-object-functions.ts',
    before: '...contextOfUids(options),\n      b.ifThen(b.or(isOutdated(name), b.not(link)), UNDECIDED),',
    after:
      "b.constant('linked', link),\n      ...contextOfUids(options),\n      b.ifThen(b.or(isOutdated(name), b.not(b.id('linked'))), UNDECIDED),",
  },
  {
    name: 'errors tell of the object of a request within the request',
    path: 'codegen/emit/own-object-functions.ts',
    before: "    b.expression(b.call(b.member(READER, 'renew'))),\n",
    after: '',
  },
  {
    name: 'an absent attribute is that of the object before',
    path: 'codegen/runtime/graph/own-object.ts',
    before: 'this.values = reading.absent.slice();',
    after: 'this.values = reading.absent as unknown[];',
  },
  {
    name: 'types that the store has met since are not known',
    path: 'codegen/runtime/graph/own-object-reader.ts',
    before: 'if (this.#typesVersion === store.typesVersion) return;',
    after: 'if (this.#typesVersion !== -1) return;',
  },
];
