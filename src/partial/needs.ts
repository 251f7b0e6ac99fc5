/**
 * Needs — what a decision can read: which attributes, tags and ancestors of entities of which types, and how far from the request.
 *
 * Taken from the residuals of a request of which nothing is known but its types, so that policies about other actions are left out.
 *
 * Spec:  Cedar.Validation.Levels, of which this is the data
 */
import type { Schema } from '../schema/schema.ts';
import { attributesOfEntry, entityTypesOf, type Type } from '../validator/type.ts';
import { mayDescend } from '../validator/typecheck/descent.ts';
import type { EntityType } from '../value/entity-uid.ts';
import { lookUp } from './dereference.ts';
import { nodes, operands, type Residual, type ResidualOf } from './residual.ts';

/** What is read of the entities of one type. */
export class TypeNeeds {
  readonly attributes = new Set<string>();
  /** The names of the tags; `'any'` if a name is computed. */
  tags: Set<string> | 'any' = new Set();
  /** The types of the ancestors that are asked about. */
  readonly ancestors = new Set<EntityType>();
}

export class Needs {
  readonly byType = new Map<EntityType, TypeNeeds>();
  /** The attributes of the context; `'all'` if it is taken as a whole. */
  context: Set<string> | 'all' = new Set();
  /** How many look-ups follow one another at most: the level of the policies. */
  depth = 0;
  readonly #schema: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  addAll(residuals: Iterable<Residual>): this {
    for (const residual of residuals) this.#add(residual);
    return this;
  }

  #add(root: Residual): void {
    this.depth = Math.max(this.depth, depthOf(root));
    const taken = new Set<Residual>();
    for (const node of nodes(root)) {
      if ((node.kind === 'getAttr' || node.kind === 'hasAttr') && isContext(node.expr)) {
        taken.add(node.expr);
        if (this.context !== 'all') this.context.add(node.kind === 'getAttr' ? node.attr : node.attrs[0]!);
      }
      if (isContext(node) && !taken.has(node)) this.context = 'all';
      this.#read(node);
    }
  }

  #read(node: Residual): void {
    if (node.kind === 'getAttr') this.#path(node.expr.type, [node.attr]);
    if (node.kind === 'hasAttr') this.#path(node.expr.type, node.attrs);
    if (node.kind !== 'binaryApp' || lookUp(node) === undefined) return;
    for (const type of entityTypesOf(node.left.type) ?? []) {
      if (node.op === 'mem') this.#ancestors(type, node.right.type);
      else this.#tag(type, node.right);
    }
  }

  /** The attributes along a path: those of entities count, those of records are part of one. */
  #path(type: Type, path: readonly string[]): void {
    let at: Type | undefined = type;
    for (const attr of path) {
      if (at?.kind === 'entity') this.#of(at.name).attributes.add(attr);
      at = this.#attributeType(at, attr);
    }
  }

  #attributeType(type: Type | undefined, attr: string): Type | undefined {
    if (type?.kind === 'record') return type.attributes.get(attr)?.type;
    if (type?.kind !== 'entity') return undefined;
    return attributesOfEntry(this.#schema.entityTypes.get(type.name)).get(attr)?.type;
  }

  #ancestors(below: EntityType, right: Type): void {
    const above = entityTypesOf(right.kind === 'set' ? right.element : right) ?? [...this.#schema.entityTypes.keys()];
    const { ancestors } = this.#of(below);
    for (const type of above) if (mayDescend(below, type, this.#schema)) ancestors.add(type);
  }

  #tag(type: EntityType, key: Residual): void {
    const needs = this.#of(type);
    if (key.kind !== 'val') needs.tags = 'any';
    else if (needs.tags !== 'any') needs.tags.add(String(key.value));
  }

  #of(type: EntityType): TypeNeeds {
    let needs = this.byType.get(type);
    if (needs === undefined) {
      needs = new TypeNeeds();
      this.byType.set(type, needs);
    }
    return needs;
  }
}

function isContext(r: Residual): r is ResidualOf<'var'> {
  return r.kind === 'var' && r.name === 'context';
}

/** How many look-ups in entities stand one inside of another at most. */
export function depthOf(root: Residual): number {
  return new Depths().of(root);
}

class Depths {
  readonly #shared = new Map<Residual, number>();

  of(r: Residual): number {
    if (!r.shared) return this.#compute(r);
    const depth = this.#shared.get(r) ?? this.#compute(r);
    this.#shared.set(r, depth);
    return depth;
  }

  #compute(r: Residual): number {
    let deepest = 0;
    for (const operand of operands(r)) deepest = Math.max(deepest, this.of(operand));
    const isLookUp = lookUp(r) !== undefined && entityTypesOf(lookUp(r)!.of.type) !== undefined;
    return deepest + (isLookUp ? stepsOf(r) : 0);
  }
}

/** An extended `has` may step from entity to entity. */
function stepsOf(r: Residual): number {
  return r.kind === 'hasAttr' ? r.attrs.length : 1;
}
