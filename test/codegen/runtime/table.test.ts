/**
 * Table — rows are found by what they demand, in whatever order they come and go.
 */
import { describe, expect, test } from 'vitest';
import { inEntity, Node } from '../../../codegen/runtime/node.ts';
import { NodeSet } from '../../../codegen/runtime/node-set.ts';
import { Table, type TableBound, TableKeys, type TableRow } from '../../../codegen/runtime/table.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { Random } from '../../arbitrary/random.ts';

const BOUNDS = ['any', 'eq', 'in'] as const;
const ENTITIES = 40;

/** Each entity is below some of those before it. */
function hierarchy(random: Random): readonly Node[] {
  const nodes: Node[] = [];
  for (let i = 0; i < ENTITIES; i++) {
    const node = new Node(new EntityUid('E', `${i}`), undefined);
    const above = nodes.filter(() => random.int(8) === 0);
    node.$ancestors = NodeSet.of(new Set(above));
    node.$bit = 1;
    node.$mask = above.length === 0 ? 0 : 1;
    nodes.push(node);
  }
  return nodes;
}

function rowOf(id: string, principal: Node | undefined, resource: Node | undefined): TableRow {
  return { id, effect: 'permit', order: 0, holes: [], principal, resource, next: undefined, sites: () => [] };
}

function meets(bound: TableBound, entity: Node, demand: Node | undefined): boolean {
  return bound === 'any' || (bound === 'eq' ? entity === demand : inEntity(entity, demand!));
}

function found(table: Table, principal: Node, resource: Node): string[] {
  const ids: string[] = [];
  for (let row = table.first(principal, resource); row !== undefined; row = table.next(row)) ids.push(row.id);
  return ids.sort();
}

describe('table', () => {
  for (const p of BOUNDS) {
    for (const r of BOUNDS) {
      test(`principal ${p}, resource ${r}: gives exactly the rows whose demands are met`, () => {
        const random = new Random(1);
        const nodes = hierarchy(random);
        const some = (bound: TableBound) => (bound === 'any' ? undefined : nodes[random.int(ENTITIES)]);
        const table = new Table(p, r, new TableKeys(), []);
        const rows: TableRow[] = [];
        for (let step = 0; step < 3000; step++) {
          // First there are more and more of them, then fewer and fewer.
          if (rows.length > 0 && random.int(3000) < step) {
            const [gone] = rows.splice(random.int(rows.length), 1);
            expect(table.find(gone!.principal, gone!.resource, gone!.id)).toBe(gone);
            table.remove(gone!);
          } else {
            const row = rowOf(`${step}`, some(p), some(r));
            rows.push(row);
            table.add(row);
          }
          const [principal, resource] = [nodes[random.int(ENTITIES)]!, nodes[random.int(ENTITIES)]!];
          const met = rows.filter((row) => meets(p, principal, row.principal) && meets(r, resource, row.resource));
          expect(found(table, principal, resource)).toEqual(met.map(({ id }) => id).sort());
        }
      });
    }
  }

  test('a row that is not there is not removed', () => {
    const node = new Node(new EntityUid('E', 'a'), undefined);
    const table = new Table('eq', 'any', new TableKeys(), [rowOf('here', node, undefined)]);
    table.remove(rowOf('here', node, undefined));
    expect(found(table, node, node)).toEqual(['here']);
    expect(table.find(node, undefined, 'there')).toBeUndefined();
  });
});
