/**
 * Bindings — every operator and every reader of plain values is named there.
 */
import { expect, test } from 'vitest';
import * as operator from '../../../../codegen/runtime/evaluate/operator.ts';
import * as plainValue from '../../../../codegen/runtime/evaluate/plain-value.ts';
import { Graph } from '../../../../codegen/runtime/graph/graph.ts';
import { Node } from '../../../../codegen/runtime/graph/node.ts';
import { bindingsOf } from '../../../../codegen/runtime/program/bindings.ts';
import { HandleStore } from '../../../../codegen/runtime/store/store.ts';

test('emitted code may call all of them', () => {
  const graph = new Graph(new HandleStore(), { class: class extends Node {}, fields: [] }, { cache: {} as never });
  expect(bindingsOf(graph)).toMatchObject({ ...operator, ...plainValue });
});
