/**
 * Program — the two functions that decide the requests of one action, made of the nodes of its plan.
 *
 *     full(principal, action, resource, context, errorLog, satisfied)  → SatisfiedSet
 *     decide(principal, action, resource, context)                     → boolean
 *
 * V8 does not optimize a function beyond some size, so a long plan is written in blocks, a function each.
 */
import type { Program, Statement } from 'estree';
import type { IrPolicy } from '../ir/ir.ts';
import { cheapestFirst } from '../optimize/cheapest-first.ts';
import { BLOCK_SIZE } from '../plan/limits.ts';
import type { Fields } from '../plan/node-fields.ts';
import type { PlanNode } from '../plan/plan.ts';
import * as b from './estree.ts';
import { PlanNodeEmitter } from './plan-node.ts';
import type { ProgramOptions } from './program-options.ts';
import { PARAMETERS } from './reserved.ts';

/** The parameters of `full`. */
export const FULL_PARAMETERS = [...PARAMETERS, 'errorLog', 'satisfied'];

/** The body of a function of `runtime`, `rows` and `indexes`, which returns `{ full, decide }`, or the one that is asked for. */
export function emitProgram(nodes: readonly PlanNode[], fields: Fields, options: ProgramOptions): Program {
  const { only, partition } = options;
  const emitter = new PlanNodeEmitter(nodes, fields, options);
  const full = only === 'decide' ? [] : emitFull(emitter, nodes, 'full');
  const decide = only === 'full' ? [] : (partition === true ? emitAny : emitDecide)(emitter, nodes, 'decide');
  return programOf(emitter, [...full, ...decide], only === undefined ? ['full', 'decide'] : [only]);
}

/** The functions behind what they need, and an object of those that are named. */
export function programOf(
  emitter: PlanNodeEmitter,
  functions: readonly Statement[],
  names: readonly string[],
): Program {
  return {
    type: 'Program',
    sourceType: 'script',
    body: [...emitter.prelude, ...functions, b.returns(b.shorthands(names))],
  };
}

/** The function `own` for the full answer; it begins with `guard`. */
export function emitFull(
  emitter: PlanNodeEmitter,
  nodes: readonly PlanNode[],
  own: string,
  guard: readonly Statement[] = [],
): Statement[] {
  const params = FULL_PARAMETERS;
  const done = b.returns(b.id('satisfied'));
  const blocks = inBlocks(nodes);
  if (blocks.length === 1) return [b.func(own, params, [...guard, ...emitter.emit(nodes, 'full'), done])];
  const functions = blocks.map((block) => {
    const name = emitter.names.fresh('full');
    return { name, statement: b.func(name, params, [...emitter.emit(block, 'full'), done]) };
  });
  const calls = functions.map(({ name }) => b.assign('satisfied', b.call(b.id(name), ...params.map(b.id))));
  return [...functions.map(({ statement }) => statement), b.func(own, params, [...guard, ...calls, done])];
}

/** The function `own` for the decision. Forbids first: one that is satisfied decides; then the first satisfied permit does. It begins with `guard`. */
export function emitDecide(
  emitter: PlanNodeEmitter,
  nodes: readonly PlanNode[],
  own: string,
  guard: readonly Statement[] = [],
): Statement[] {
  const ordered = forbidsFirst(nodes);
  if (ordered.length <= BLOCK_SIZE)
    return [b.func(own, PARAMETERS, [...guard, ...emitter.emit(ordered, 'decide'), DENY])];
  const statements: Statement[] = [];
  const calls = (['forbid', 'permit'] as const).flatMap((effect) =>
    inBlocks(byEffect(nodes, effect)).map((block) => {
      const name = emitter.names.fresh(effect === 'forbid' ? 'forbids' : 'permits');
      const body = emitter.emit(block, 'decide', b.literal(true));
      statements.push(b.func(name, PARAMETERS, [...body, DENY]));
      return b.ifThen(b.call(b.id(name), ...PARAMETERS.map(b.id)), b.returns(b.literal(effect === 'permit')));
    }),
  );
  return [...statements, b.func(own, PARAMETERS, [...guard, ...calls, DENY])];
}

/** The function `own` for policies of one effect: whether any is satisfied. */
function emitAny(emitter: PlanNodeEmitter, nodes: readonly PlanNode[], own: string): Statement[] {
  return [b.func(own, PARAMETERS, [...emitter.emit(nodes, 'decide', b.literal(true)), DENY])];
}

/** Nothing satisfied. */
const DENY = b.returns(b.literal(false));

/** The order for the decision alone: a forbid that is satisfied decides, and then the first satisfied permit does. */
function forbidsFirst(nodes: readonly PlanNode[]): readonly PlanNode[] {
  return [...byEffect(nodes, 'forbid'), ...byEffect(nodes, 'permit')];
}

/** For the decision alone. */
function byEffect(nodes: readonly PlanNode[], effect: IrPolicy['effect']): readonly PlanNode[] {
  return cheapestFirst(nodes.filter((node) => node.policy.effect === effect));
}

function inBlocks(nodes: readonly PlanNode[]): (readonly PlanNode[])[] {
  const blocks: (readonly PlanNode[])[] = [];
  for (let start = 0; start < nodes.length; start += BLOCK_SIZE) blocks.push(nodes.slice(start, start + BLOCK_SIZE));
  return blocks.length === 0 ? [[]] : blocks;
}
