/**
 * Program — the functions that decide the requests of one action: policies written out, and indexes of policies of one skeleton.
 *
 *     full(principal, action, resource, context, run, satisfied)  → Outcome
 *     decide(principal, action, resource, context)                → boolean
 *
 * Long because it has the whole of a program: the two functions, alone and of several actions, and policies in each of three ways.
 *
 * V8 does not optimize a function beyond some size, so policies are written out in blocks.
 *
 * A dispatcher has the same two functions for several actions at once, one case each, so that no call of a function that is not known before stands
 * between a request and its policies: V8 predicts such calls badly and inlines none of them. What has no case goes to `plans`. Where requests must
 * fit a schema, the functions give `undefined` for those that may not, and for what has no case. Further functions (request.ts) begin with the request itself.
 */
import type { Expression, Program, Statement } from 'estree';
import { CompilerBug } from '../../src/value/unreachable.ts';
import type { Ir, IrPolicy } from '../ir/ir.ts';
import { cheapestFirst } from '../optimize/cheapest-first.ts';
import type { RequestTypes } from '../plan/request-types.ts';
import type { Comparison } from '../share/leading-equality.ts';
import { Constants } from './constants.ts';
import { emitRequestFunctions } from './entry-functions.ts';
import * as b from './estree.ts';
import { Names } from './names.ts';
import type { Fields } from './node-class.ts';
import { emitPolicy } from './policy.ts';
import type { OfRow } from './policy-body.ts';
import type { Mode, ProgramOptions } from './program-options.ts';
import { OWN_NAMES, PARAMETERS, RUNTIME_NAMES } from './reserved.ts';
import { ScanLoop } from './scan-loop.ts';

/** A policy that is written out. */
export interface Inline {
  readonly kind: 'inline';
  readonly policy: IrPolicy;
  /** Place in the list of rows that the program is loaded with. */
  readonly row: number;
  /** Such as `line 12`. */
  readonly where: string;
  /** Whether the policy was validated. */
  readonly validated: boolean;
}

/** Policies of one skeleton, which are rows. */
export interface IndexLookup {
  readonly kind: 'indexLookup';
  readonly policy: IrPolicy;
  /** Place in the list of indexes that the program is loaded with. */
  readonly index: number;
  readonly where: string;
  /** Whether all of them were validated. */
  readonly validated: boolean;
  /** The key of the skeleton. */
  readonly skeleton: string;
}

/** The links of a template. */
export interface LinkLookup extends Omit<IndexLookup, 'kind' | 'skeleton'> {
  readonly kind: 'linkLookup';
}

/** Policies of one skeleton that bind neither principal nor resource. */
export interface ColumnScan extends Omit<IndexLookup, 'kind'> {
  readonly kind: 'columnScan';
  readonly leadingEquality: Comparison | undefined;
}

export type PlanNode = Inline | IndexLookup | LinkLookup | ColumnScan;

/** Policies in one function. */
const BLOCK_SIZE = 64;

/** Lists that are worth two loops each: with more of them V8 has too much to read. */
const LISTS_OF_TWO_LOOPS = 4;

/** Outcomes remember so many policies by number; the others by row. */
const NUMBERED = 512;

/** The body of a function of `runtime`, `rows` and `indexes`, which returns `{ full, decide }`, or the one that is asked for. */
export function emitProgram(parts: readonly PlanNode[], fields: Fields, options: ProgramOptions): Program {
  return new ProgramEmitter(fields, options).emit(parts);
}

/** The parts that requests of one action need; `number` is that of the action's node. */
export interface DispatchCase {
  readonly number: number;
  readonly parts: readonly PlanNode[];
  /** Of which types principal and resource must be, where requests must fit a schema; there are some of each. */
  readonly types: RequestTypes | undefined;
}

/** The body of a function of `runtime`, `rows`, `indexes` and DISPATCHER_NAMES, which returns `{ full, decide, isAllowed, isAuthorized }`. */
export function emitDispatcher(cases: readonly DispatchCase[], fields: Fields, options: ProgramOptions): Program {
  return new ProgramEmitter(fields, options).emitDispatcher(cases);
}

class ProgramEmitter {
  readonly #fields: Fields;
  readonly #options: ProgramOptions;
  readonly #names = new Names([...OWN_NAMES, ...RUNTIME_NAMES]);
  readonly #runtime = new Set<string>();
  #lists = 0;
  readonly #constants = new Constants(this.#names, this.#runtime);

  constructor(fields: Fields, options: ProgramOptions) {
    this.#fields = fields;
    this.#options = options;
  }

  emit(parts: readonly PlanNode[]): Program {
    this.#lists = parts.filter(({ kind }) => kind === 'columnScan').length;
    const { only } = this.#options;
    const full = only === 'decide' ? [] : this.#full(parts);
    const decide = only === 'full' ? [] : this.#decide(parts);
    return this.#program([...full, ...decide], only === undefined ? ['full', 'decide'] : [only]);
  }

  emitDispatcher(cases: readonly DispatchCase[]): Program {
    this.#lists = cases.flatMap(({ parts }) => parts).filter(({ kind }) => kind === 'columnScan').length;
    const done = b.returns(b.id('satisfied'));
    const full = ({ parts, types }: DispatchCase) => [...guard(types), ...this.#parts(parts, 'full'), done];
    const decide = ({ parts, types }: DispatchCase) => [
      ...guard(types),
      ...this.#parts(forbidsFirst(parts), 'decide'),
      DENY,
    ];
    return this.#program(
      [
        ...this.#switch('full', [...PARAMETERS, 'errorLog', 'satisfied'], cases, full),
        ...this.#switch('decide', PARAMETERS, cases, decide),
        ...emitRequestFunctions(isChecked(cases)),
      ],
      ['full', 'decide', 'isAllowed', 'isAuthorized'],
    );
  }

  /** A function for each case, small enough for V8 to take the place of its call, and one that chooses among them. */
  #switch(
    name: string,
    params: readonly string[],
    cases: readonly DispatchCase[],
    body: (each: DispatchCase) => Statement[],
  ): Statement[] {
    const byPlan = b.call(b.member(b.id('plans'), name), ...params.map(b.id));
    const other = b.returns(isChecked(cases) ? b.nothing : byPlan);
    const functions = cases.map((each) => {
      const own = this.#names.fresh(name);
      const call = b.call(b.id(own), ...params.map(b.id));
      return { func: b.func(own, params, body(each)), choice: b.ofCase(b.literal(each.number), [b.returns(call)]) };
    });
    const choice = functions.map((each) => each.choice);
    return [
      ...functions.map(({ func }) => func),
      b.func(name, params, [b.choose(b.member(b.member(b.id('action'), '$plan'), 'number'), choice), other]),
    ];
  }

  #program(functions: readonly Statement[], names: readonly string[]): Program {
    const runtime = [...this.#runtime].sort();
    const prelude = runtime.length === 0 ? [] : [b.unpack(runtime, b.id('runtime'))];
    const result = b.returns(b.shorthands(names));
    return {
      type: 'Program',
      sourceType: 'script',
      body: [...prelude, ...this.#constants.declarations, ...functions, result],
    };
  }

  #full(parts: readonly PlanNode[]): Statement[] {
    const params = [...PARAMETERS, 'errorLog', 'satisfied'];
    const done = b.returns(b.id('satisfied'));
    const blocks = inBlocks(parts);
    if (blocks.length === 1) return [b.func('full', params, [...this.#parts(parts, 'full'), done])];
    const functions = blocks.map((block) => {
      const name = this.#names.fresh('full');
      return { name, statement: b.func(name, params, [...this.#parts(block, 'full'), done]) };
    });
    const calls = functions.map(({ name }) => b.assign('satisfied', b.call(b.id(name), ...params.map(b.id))));
    return [...functions.map(({ statement }) => statement), b.func('full', params, [...calls, done])];
  }

  /** Forbids first: one that is satisfied decides; then the first satisfied permit does. */
  #decide(parts: readonly PlanNode[]): Statement[] {
    const ordered = forbidsFirst(parts);
    if (this.#options.partition === true)
      return [b.func('decide', PARAMETERS, [...this.#parts(parts, 'decide', b.literal(true)), DENY])];
    if (ordered.length <= BLOCK_SIZE) return [b.func('decide', PARAMETERS, [...this.#parts(ordered, 'decide'), DENY])];
    const statements: Statement[] = [];
    const calls = (['forbid', 'permit'] as const).flatMap((effect) =>
      inBlocks(byEffect(parts, effect)).map((block) => {
        const name = this.#names.fresh(effect === 'forbid' ? 'forbids' : 'permits');
        const body = this.#parts(block, 'decide', b.literal(true));
        statements.push(b.func(name, PARAMETERS, [...body, DENY]));
        return b.ifThen(b.call(b.id(name), ...PARAMETERS.map(b.id)), b.returns(b.literal(effect === 'permit')));
      }),
    );
    return [...statements, b.func('decide', PARAMETERS, [...calls, DENY])];
  }

  #parts(parts: readonly PlanNode[], mode: Mode, answer?: Expression): Statement[] {
    return parts.map((part) => {
      const statement = this.#part(part, mode, answer);
      return b.commented(`${part.policy.effect} ${JSON.stringify(part.policy.id)}, ${part.where}`, statement);
    });
  }

  #part(part: PlanNode, mode: Mode, answer: Expression | undefined): Statement {
    switch (part.kind) {
      case 'inline':
        return this.#inline(part, mode, answer);
      case 'indexLookup':
        return this.#index(part, mode, answer);
      case 'linkLookup':
        return this.#links(part, mode, answer);
      case 'columnScan':
        return this.#list(part, mode, answer);
    }
  }

  #inline(part: Inline, mode: Mode, answer: Expression | undefined): Statement {
    const row = this.#constants.row(part.row, part.policy.id);
    const then = mode === 'full' ? this.#satisfy(part.row, row) : this.#answer(part, answer);
    return this.#policy(part, mode, { row, paramOf: heldBy(row) }, this.#scopeAndCondition(part), then);
  }

  #index(part: IndexLookup, mode: Mode, answer: Expression | undefined): Statement {
    const index = indexOf(part);
    const row = b.id('row');
    const then = mode === 'full' ? addTo('satisfied', row) : this.#answer(part, answer);
    const body = this.#policy(part, mode, { row, paramOf: heldBy(row) }, this.#scopeAndCondition(part), then);
    return b.forChain('rowId', index.first, index.next, [b.constant('row', index.row), body]);
  }

  /**
   * Of a link there is no more to ask than what the index finds it by, and what its template says: that holds for all links of a request or for
   * none, so that one is enough for a decision.
   */
  #links(part: LinkLookup, mode: Mode, answer: Expression | undefined): Statement {
    const index = indexOf(part);
    const parts = [...this.#scope(part).map(withoutSlots), part.policy.condition];
    const own = { row: index.row, paramOf: slotOutsideScope };
    if (mode !== 'full') {
      const body = this.#policy(part, mode, own, parts, this.#answer(part, answer));
      return b.ifThen(b.differ(index.first, b.literal(0)), body);
    }
    const link = b.call(b.member(b.id('satisfied'), 'link'), index.itself, ROW_ID);
    const body = this.#policy(part, mode, own, parts, b.assign('satisfied', link));
    return b.forChain('rowId', index.first, index.next, [body]);
  }

  /** The scope asks for types alone, the same for all rows. */
  #list(part: ColumnScan, mode: Mode, answer: Expression | undefined): Statement {
    const loop = new ScanLoop(this.#names, this.#fields, this.#runtime, part.leadingEquality?.param);
    const then = mode === 'full' ? addTo('satisfied', loop.row) : this.#answer(part, answer);
    const body = () => this.#policy(part, mode, loop, [part.policy.condition], then);
    const loops = this.#lists > LISTS_OF_TWO_LOOPS ? 1 : 2;
    return this.#policy(part, mode, OF_NO_ROW, this.#scope(part), loop.over(this.#candidates(part), loops, body));
  }

  #candidates({ index, leadingEquality }: ColumnScan): Expression {
    const lists = b.at(b.id('indexes'), b.literal(index));
    if (leadingEquality === undefined) return b.member(lists, 'all');
    const { variable, attribute } = leadingEquality;
    return b.call(b.member(lists, 'withValue'), b.member(b.id(variable), this.#fields.of(attribute)));
  }

  /** `satisfied = satisfied.next[n] ?? satisfied.grow(n, row)`. */
  #satisfy(number: number, row: Expression): Statement {
    const satisfied = b.id('satisfied');
    if (this.#options.partition === true || number >= NUMBERED)
      return b.assign('satisfied', b.call(b.member(satisfied, 'add'), row));
    const known = b.at(b.member(satisfied, 'next'), b.literal(number));
    const grown = b.call(b.member(satisfied, 'grow'), b.literal(number), row);
    return b.assign('satisfied', b.logical('??', known, grown));
  }

  #answer(part: PlanNode, answer = b.literal(part.policy.effect === 'permit')): Statement {
    return b.returns(answer);
  }

  #scopeAndCondition(part: PlanNode): readonly (Ir | undefined)[] {
    return [...this.#scope(part), part.policy.condition];
  }

  #scope({ policy }: PlanNode): readonly (Ir | undefined)[] {
    return [policy.principal, this.#options.testAction ? policy.action : undefined, policy.resource];
  }

  /** What of a policy is to hold, and then `satisfied`. */
  #policy(
    { policy, validated }: PlanNode,
    mode: Mode,
    own: OfRow,
    parts: readonly (Ir | undefined)[],
    satisfied: Statement,
  ): Statement {
    const label = this.#names.fresh(policy.id);
    const context = {
      names: this.#names,
      constants: this.#constants,
      runtime: this.#runtime,
      field: (attribute: string) => this.#fields.of(attribute),
      own,
      noteErrors: mode === 'full',
      wellTyped: validated ? this.#options.wellTyped : undefined,
    };
    return b.labelled(label, [...emitPolicy(context, label, policy, parts), satisfied]);
  }
}

/** What fills the parameters of a row that holds it itself. */
function heldBy(row: Expression): OfRow['paramOf'] {
  return (index) => b.at(b.member(row, 'params'), b.literal(index));
}

const ROW_ID = b.id('rowId');

/** A index, its slots for a request one after another, and what is in them. */
function indexOf({
  index,
}: IndexLookup | LinkLookup): Readonly<Record<'itself' | 'first' | 'next' | 'row', Expression>> {
  const itself = b.at(b.id('indexes'), b.literal(index));
  const ofRow = (method: string) => b.call(b.member(itself, method), ROW_ID);
  const first = b.call(b.member(itself, 'first'), b.id('principal'), b.id('resource'));
  return { itself, first, next: ofRow('next'), row: ofRow('row') };
}

/** What a scope asks besides what the slots of its template do: indexes settle that. */
function withoutSlots(scope: Ir | undefined): Ir | undefined {
  if (scope?.op === 'and') return { ...scope, operands: scope.operands.filter((operand) => !asksSlot(operand)) };
  return scope !== undefined && asksSlot(scope) ? undefined : scope;
}

function asksSlot(ir: Ir): boolean {
  return (ir.op === 'eq' || ir.op === 'mem') && ir.right.op === 'param' && ir.right.slot !== undefined;
}

function slotOutsideScope(): never {
  throw new CompilerBug('a slot outside the scope');
}

/** For a scope that only asks for types: it cannot err and has no parameters. */
const OF_NO_ROW: OfRow = { row: b.nothing, paramOf: () => b.nothing };

function addTo(name: string, row: Expression): Statement {
  return b.assign(name, b.call(b.member(b.id(name), 'add'), row));
}

/** Whether requests must fit a schema. */
function isChecked(cases: readonly DispatchCase[]): boolean {
  return cases.some(({ types }) => types !== undefined);
}

/** Leaves requests that may not fit the schema undecided. */
function guard(types: RequestTypes | undefined): Statement[] {
  if (types === undefined) return [];
  const none = (name: string, among: readonly string[]) =>
    among.map((type) => b.differ(b.member(b.id(name), '$type'), b.literal(type))).reduce(b.and);
  const { principals, resources, needsContext } = types;
  const context = needsContext ? [b.same(b.id('context'), b.id('emptyContext'))] : [];
  const unfit = [none('principal', principals), none('resource', resources), ...context].reduce(b.or);
  return [b.ifThen(unfit, b.returns(b.nothing))];
}

const DENY = b.returns(b.literal(false));

function forbidsFirst(parts: readonly PlanNode[]): readonly PlanNode[] {
  return [...byEffect(parts, 'forbid'), ...byEffect(parts, 'permit')];
}

/** For the decision alone. */
function byEffect(parts: readonly PlanNode[], effect: IrPolicy['effect']): readonly PlanNode[] {
  return cheapestFirst(parts.filter((part) => part.policy.effect === effect));
}

function inBlocks(parts: readonly PlanNode[]): (readonly PlanNode[])[] {
  const blocks: (readonly PlanNode[])[] = [];
  for (let start = 0; start < parts.length; start += BLOCK_SIZE) blocks.push(parts.slice(start, start + BLOCK_SIZE));
  return blocks.length === 0 ? [[]] : blocks;
}
