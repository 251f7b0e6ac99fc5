/**
 * Level — how many entities deep a policy looks.
 *
 * Variables and the context are at level 0; each attribute or tag taken from an entity adds one. Looking anything up in an entity (`.`, `has`, `in`,
 * tags) needs a level above the entity's own, so that level 0 allows no look-up at all. Literals may not be looked into at any level: which entities
 * to load could not be told from the request.
 *
 * Spec:  Cedar.Validation.Levels: TypedExpr.checkLevel, TypedExpr.checkEntityAccessLevel
 */

import type { Schema } from '../schema/schema.ts';
import type { BinaryOp } from '../syntax/core.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import { append } from '../value/append.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { policyEnvironments, type RequestEnvironment } from './environment.ts';
import { isEntity, type ValidationMode } from './type.ts';
import { typecheckPolicy } from './typecheck/typecheck.ts';
import { operands, type TypedExpr } from './typecheck/typed-expression.ts';
import { levelExceeded, literalDereference, type Problem } from './wording/validation-error.ts';

/** What a policy does beyond the level, in the environments where it passes. */
export function levelProblems(policy: CorePolicy, schema: Schema, mode: ValidationMode, level: number): Problem[] {
  const problems: Problem[] = [];
  for (const environment of policyEnvironments(policy, schema)) {
    const result = typecheckPolicy(policy, environment, schema, mode);
    if (result.kind !== 'failed') append(problems, new Levels(environment, level).problemsIn(result.expr));
  }
  return problems;
}

class Levels {
  readonly #environment: RequestEnvironment;
  readonly #allowed: number;
  readonly #problems: Problem[] = [];
  /** A typed tree may have a node in several places (typed-expression.ts). */
  readonly #checked = new Set<TypedExpr>();
  readonly #levels = new Map<TypedExpr, Map<string, number>>();

  constructor(environment: RequestEnvironment, allowed: number) {
    this.#environment = environment;
    this.#allowed = allowed;
  }

  problemsIn(expr: TypedExpr): Problem[] {
    this.#check(expr);
    return this.#problems;
  }

  #check(e: TypedExpr): void {
    if (this.#checked.has(e)) return;
    this.#checked.add(e);
    if (e.kind === 'and') {
      for (const tests of conjuncts(e)) {
        if (tests.length > 1) this.#checkChain(tests.filter(isTest));
        else this.#check(tests[0]!);
      }
      return;
    }
    const entity = lookedInto(e);
    if (entity !== undefined) this.#lookUp(e, entity);
    for (const operand of operands(e)) if (operand !== entity) this.#check(operand);
  }

  /** `has a.b.c` costs what its whole chain does; only what is left of the level is there for its receiver. */
  #checkChain(tests: readonly TypedHas[]): void {
    const { expr: receiver, span } = tests[0]!;
    const cost = tests.filter(({ expr }) => isEntityExpr(expr)).length;
    if (cost > this.#allowed) {
      this.#problems.push(levelExceeded(cost, this.#allowed, span));
      return;
    }
    if (!isEntityExpr(receiver)) this.#check(receiver);
    const first = tests.findIndex(({ expr }) => isEntityExpr(expr));
    if (first < 0) return;
    const path = tests.slice(0, first).map(({ attr }) => attr);
    const level = this.#levelOf(receiver, path.reverse()) + cost;
    if (level > this.#allowed) this.#problems.push(levelExceeded(level, this.#allowed, span));
  }

  #lookUp({ span }: TypedExpr, entity: TypedExpr): void {
    const level = this.#levelOf(entity, []);
    if (level >= this.#allowed) this.#problems.push(levelExceeded(level + 1, this.#allowed, span));
  }

  /** The level of an entity, or of the one that `path` leads to inside of a record; `path` has the last attribute first. */
  #levelOf(e: TypedExpr, path: readonly string[]): number {
    let levels = this.#levels.get(e);
    if (levels === undefined) {
      levels = new Map();
      this.#levels.set(e, levels);
    }
    const key = JSON.stringify(path);
    const level = levels.get(key) ?? this.#findLevel(e, path);
    levels.set(key, level);
    return level;
  }

  #findLevel(e: TypedExpr, path: readonly string[]): number {
    switch (e.kind) {
      case 'lit':
        return this.#levelOfLiteral(e);
      case 'slot':
        this.#problems.push(literalDereference(e.span));
        return 0;
      case 'ite':
        this.#check(e.test);
        return Math.max(this.#levelOf(e.then, path), this.#levelOf(e.else, path));
      case 'getAttr':
        return isEntityExpr(e.expr) ? this.#levelOf(e.expr, []) + 1 : this.#levelOf(e.expr, [...path, e.attr]);
      case 'binaryApp': {
        const level = this.#levelOf(e.left, []) + 1;
        this.#check(e.right);
        return level;
      }
      case 'record':
        return this.#levelOfField(e, path);
      default:
        // Nothing else makes entities or records but variables.
        return 0;
    }
  }

  #levelOfLiteral(e: TypedExpr & { kind: 'lit' }): number {
    const isOwnAction = e.value instanceof EntityUid && e.value.equals(this.#environment.action.uid);
    if (!isOwnAction) this.#problems.push(literalDereference(e.span));
    return 0;
  }

  /** Only the field that is taken counts; the others are looked at for themselves. */
  #levelOfField({ fields }: TypedExpr & { kind: 'record' }, path: readonly string[]): number {
    const taken = path.at(-1);
    for (const { name, expr } of fields) if (name !== taken) this.#check(expr);
    const field = fields.find(({ name }) => name === taken);
    return field === undefined ? 0 : this.#levelOf(field.expr, path.slice(0, -1));
  }
}

type TypedHas = TypedExpr & { readonly kind: 'hasAttr' };

/** The operands of a conjunction, those together that were written as one `has`; without recursion on its left spine. */
function conjuncts(e: TypedExpr & { readonly kind: 'and' }): TypedExpr[][] {
  const found: TypedExpr[][] = [];
  let after: TypedExpr[] = [];
  let node: TypedExpr = e;
  for (; node.kind === 'and'; node = node.left) {
    after.push(node.right);
    if (node.isChain) continue;
    found.push(after.reverse());
    after = [];
  }
  found.push([node, ...after.reverse()]);
  return found.reverse();
}

function isTest(e: TypedExpr): e is TypedHas {
  return e.kind === 'hasAttr';
}

/** The entity that this very operator looks into. */
function lookedInto(e: TypedExpr): TypedExpr | undefined {
  if (e.kind === 'binaryApp') return LOOK_UPS.has(e.op) ? e.left : undefined;
  return (e.kind === 'getAttr' || e.kind === 'hasAttr') && isEntityExpr(e.expr) ? e.expr : undefined;
}

const LOOK_UPS: ReadonlySet<BinaryOp> = new Set(['mem', 'hasTag', 'getTag']);

function isEntityExpr({ type }: TypedExpr): boolean {
  return type !== undefined && isEntity(type);
}
