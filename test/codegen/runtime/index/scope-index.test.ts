/**
 * Table — rows are found by what they demand, in whatever order they come and go.
 */
import { describe, expect, test } from 'vitest';
import { inEntity, Node } from '../../../../codegen/runtime/graph/node.ts';
import { NodeSet } from '../../../../codegen/runtime/graph/node-set.ts';
import { type IndexBound, IndexKeys } from '../../../../codegen/runtime/index/index-keys.ts';
import { NO_ROW } from '../../../../codegen/runtime/index/int-pair-multimap.ts';
import { LinkIndex } from '../../../../codegen/runtime/index/link-index.ts';
import { PolicyIndex, type PolicyIndexRow } from '../../../../codegen/runtime/index/policy-index.ts';
import type { Row } from '../../../../codegen/runtime/index/row.ts';
import type { Demands, ScopeIndex } from '../../../../codegen/runtime/index/scope-index.ts';
import { EntityUid } from '../../../../src/value/entity-uid.ts';
import { Random } from '../../../arbitrary/random.ts';

const BOUNDS = ['any', 'eq', 'in'] as const;
const ENTITIES = 40;

/** Each entity is below some of those before it. */
function hierarchy(random: Random): readonly Node[] {
  const nodes: Node[] = [];
  for (let i = 0; i < ENTITIES; i++) {
    const node = new Node(new EntityUid('E', `${i}`), undefined);
    const above = nodes.filter(() => random.int(8) === 0);
    node.$ancestors = NodeSet.of(new Set(above));
    node.$bit = 0;
    node.$mask = above.length === 0 ? 0 : 1;
    nodes.push(node);
  }
  return nodes;
}

interface Some extends Demands {
  readonly id: string;
}

/** An index of either kind, to which rows come and from which they go. */
interface Changing {
  readonly keys: IndexKeys;
  readonly index: ScopeIndex;
  row(rowId: number): Row;
  add(some: Some): void;
  remove(some: Some): void;
}

let orders = 0;

function ofLinks(p: IndexBound, r: IndexBound): Changing {
  const keys = new IndexKeys();
  const index = new LinkIndex(p, r, keys, { effect: 'permit', errorSites: () => [] });
  return {
    index,
    keys,
    row: (rowId) => index.row(rowId),
    add: ({ id, principal, resource }) => index.add(id, orders++, principal, resource),
    remove: ({ id, principal, resource }) => index.remove(id, principal, resource),
  };
}

function ofPolicies(p: IndexBound, r: IndexBound): Changing {
  const keys = new IndexKeys();
  const index = new PolicyIndex(p, r, keys, 1);
  const rows = new Map<Some, PolicyIndexRow>();
  return {
    index,
    keys,
    row: (rowId) => {
      expect(index.columns[0]![rowId]).toBe(index.row(rowId).params[0]);
      return index.row(rowId);
    },
    add: (some) => {
      const row = rowOf(some);
      rows.set(some, row);
      index.add(row);
    },
    remove: (some) => index.remove(rows.get(some) ?? rowOf(some)),
  };
}

function rowOf(some: Some): PolicyIndexRow {
  return { ...some, effect: 'permit', order: 0, params: [some.id], rowId: NO_ROW, errorSites: () => [] };
}

function meets(bound: IndexBound, entity: Node, demand: Node | undefined): boolean {
  return bound === 'any' || (bound === 'eq' ? entity === demand : inEntity(entity, demand!));
}

function found({ index, row }: Changing, principal: Node, resource: Node): string[] {
  const ids: string[] = [];
  for (let rowId = index.first(principal, resource); rowId !== NO_ROW; rowId = index.next(rowId))
    ids.push(row(rowId).id);
  return ids.sort();
}

const STEPS = 1000;

/** What emitted code tests before it asks the index. */
function bitsOf({ index, keys }: Changing, p: IndexBound, r: IndexBound, principal: Node, resource: Node): number {
  const ofPrincipal = p === 'in' ? keys.bitsOf(principal) : index.bit;
  const ofResource = r === 'in' ? keys.bitsOf(resource) : index.bit;
  return index.bit & ofPrincipal & ofResource;
}

describe.each([
  ['links', ofLinks],
  ['policies', ofPolicies],
])('an index of %s', (_, made) => {
  for (const p of BOUNDS) {
    for (const r of BOUNDS) {
      test(`principal ${p}, resource ${r}: gives exactly the rows whose demands are met`, () => {
        const random = new Random(1);
        const nodes = hierarchy(random);
        const some = (bound: IndexBound) => (bound === 'any' ? undefined : nodes[random.int(ENTITIES)]);
        const changing = made(p, r);
        const { add, remove } = changing;
        const rows: Some[] = [];
        for (let step = 0; step < STEPS; step++) {
          // First there are more and more of them, then fewer and fewer.
          if (rows.length > 0 && random.int(STEPS) < step) {
            const [gone] = rows.splice(random.int(rows.length), 1);
            remove(gone!);
          } else {
            const row = { id: `${step}`, principal: some(p), resource: some(r) };
            rows.push(row);
            add(row);
          }
          const [principal, resource] = [nodes[random.int(ENTITIES)]!, nodes[random.int(ENTITIES)]!];
          const met = rows.filter((row) => meets(p, principal, row.principal) && meets(r, resource, row.resource));
          expect(found(changing, principal, resource)).toEqual(met.map(({ id }) => id).sort());
          if (met.length > 0) expect(bitsOf(changing, p, r, principal, resource)).toBe(changing.index.bit);
        }
      });
    }
  }

  test('a row that is not there is not removed', () => {
    const node = new Node(new EntityUid('E', 'a'), undefined);
    const changing = made('eq', 'any');
    const { add, remove } = changing;
    add({ id: 'here', principal: node, resource: undefined });
    remove({ id: 'there', principal: node, resource: undefined });
    remove({ id: 'here', principal: new Node(new EntityUid('E', 'b'), undefined), resource: undefined });
    expect(found(changing, node, node)).toEqual(['here']);
  });
});
