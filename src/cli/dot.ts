/**
 * Dot — a hierarchy of entities as a graph for Graphviz: a cluster for each type, an edge from each entity to each of its parents.
 *
 * Docs: Graphviz, "DOT Language". Types, entities and edges are sorted, so the same entities give the same text.
 */
import type { Entities } from '../value/entities.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { escapeDebug } from '../value/quote.ts';

export function entitiesToDot(entities: Entities): string {
  const all = [...entities].sort((a, b) => compare(a.uid.key, b.uid.key));
  const types = [...new Set(all.map(({ uid }) => uid.type))].sort(compare);
  const clusters = types.flatMap((type) => [
    `\tsubgraph "cluster_${type}" {`,
    `\t\tlabel=${id(type)}`,
    ...all.filter(({ uid }) => uid.type === type).map(({ uid }) => node(uid)),
    '\t}',
  ]);
  const edges = all.flatMap(({ uid, parents }) =>
    [...parents].map((parent) => `\t${id(String(uid))} -> ${id(String(parent))}`).sort(compare),
  );
  return ['strict digraph {', '\tordering="out"', '\tnode[shape=box]', ...clusters, ...edges, '}', ''].join('\n');
}

function node(uid: EntityUid): string {
  return `\t\t${id(String(uid))} [label=${id(escapeDebug(uid.id))}]`;
}

function id(text: string): string {
  return `"${escapeDebug(text)}"`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
