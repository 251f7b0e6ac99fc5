/**
 * Plan node — the statements that run the policies of one node of a plan: written out, looked up, linked or scanned.
 */
import type { Expression, Statement } from 'estree';
import { CompilerBug, unreachable } from '../../src/value/unreachable.ts';
import { type Ir, nodesIn } from '../ir/ir.ts';
import { isCheaperThanFinding } from '../optimize/cheapest-first.ts';
import { SCANS_OF_TWO_LOOPS } from '../plan/limits.ts';
import type { Fields } from '../plan/node-fields.ts';
import type { ColumnScan, IndexLookup, Inline, LinkLookup, PlanNode } from '../plan/plan.ts';
import type { Bound } from '../plan/scope-bound.ts';
import { NUMBERED_AT_MOST } from '../runtime/limits.ts';
import { Constants } from './constants.ts';
import * as b from './estree.ts';
import { Names } from './names.ts';
import { emitPolicy } from './policy.ts';
import type { OfRow } from './policy-body.ts';
import type { Mode, ProgramOptions } from './program-options.ts';
import { OWN_NAMES, RUNTIME_NAMES } from './reserved.ts';
import { ScanLoop } from './scan-loop.ts';
import { marked, WHOLE_POLICY } from './source-mark.ts';

export class PlanNodeEmitter {
  readonly names = new Names([...OWN_NAMES, ...RUNTIME_NAMES]);
  readonly #fields: Fields;
  readonly #options: ProgramOptions;
  /** Whether what is emitted next tests the action. */
  testAction: boolean;
  readonly #runtime = new Set<string>();
  readonly #constants = new Constants(this.names, this.#runtime);
  readonly #loopsOfScan: 1 | 2;
  /** For each inline node its position among the program's rows; for each other node its position among the indexes. */
  readonly #numbers = new Map<PlanNode, number>();

  /** `nodes` are all of the program. */
  constructor(nodes: readonly PlanNode[], fields: Fields, options: ProgramOptions) {
    this.#fields = fields;
    this.#options = options;
    this.testAction = options.testAction;
    let [rows, indexes] = [0, 0];
    for (const node of nodes) this.#numbers.set(node, node.kind === 'inline' ? rows++ : indexes++);
    this.#loopsOfScan = nodes.filter(({ kind }) => kind === 'columnScan').length > SCANS_OF_TWO_LOOPS ? 1 : 2;
  }

  /** What the statements of all nodes need before them: functions of the runtime, and constants. */
  get prelude(): Statement[] {
    const runtime = [...this.#runtime].sort();
    const unpack = runtime.length === 0 ? [] : [b.unpack(runtime, b.id('runtime'))];
    return [...unpack, ...this.#constants.declarations];
  }

  /** Unpacks a function of the runtime that the program calls besides what its nodes do. */
  useRuntime(name: string): void {
    this.#runtime.add(name);
  }

  /** In `decide`, `answer` is what a satisfied policy decides; default: by its effect. */
  emit(nodes: readonly PlanNode[], mode: Mode, answer?: Expression): Statement[] {
    const statements = nodes.map((node) => {
      const statement = this.#node(node, mode, answer);
      return b.commented(`${node.policy.effect} ${JSON.stringify(node.policy.id)}, ${node.where}`, statement);
    });
    return [...this.#indexBits(nodes), ...statements];
  }

  /** The bits of the indexes that may have rows for the principal and for the resource, where indexes of the nodes have rows that bind them by `in`. */
  #indexBits(nodes: readonly PlanNode[]): Statement[] {
    const bound = BITS_OF.filter(({ scope }) => nodes.some((node) => boundOf(node, scope) === 'in'));
    return bound.map(({ scope, bits }) => {
      this.#runtime.add('indexBits');
      return b.constant(bits, b.call(b.id('indexBits'), b.id(scope)));
    });
  }

  #node(node: PlanNode, mode: Mode, answer: Expression | undefined): Statement {
    switch (node.kind) {
      case 'inline':
        return this.#inline(node, mode, answer);
      case 'indexLookup':
        return this.#lookup(node, mode, answer);
      case 'linkLookup':
        return this.#links(node, mode, answer);
      case 'columnScan':
        return this.#scan(node, mode, answer);
      default:
        return unreachable(node);
    }
  }

  #inline(node: Inline, mode: Mode, answer: Expression | undefined): Statement {
    const row = this.#constants.row(this.#numberOf(node), node.policy.id);
    const then = mode === 'full' ? this.#satisfy(this.#numberOf(node), row) : this.#answer(node, answer);
    return this.#policy(node, mode, { row, paramOf: openLiteral }, this.#scopeAndCondition(node), then);
  }

  #lookup(node: IndexLookup, mode: Mode, answer: Expression | undefined): Statement {
    const index = this.#indexOf(node);
    const then = mode === 'full' ? addTo('satisfied', index.row) : this.#answer(node, answer);
    const paramOf = (param: number) => b.at(this.#constants.column(this.#numberOf(node), param), ROW_ID);
    const { before, ofEach } = mode === 'full' ? { before: [], ofEach: this.#partsOfRow(node) } : this.#split(node);
    const body = this.#policy(node, mode, { row: index.row, paramOf }, ofEach, then);
    const search = b.forChain('rowId', index.first, index.next, [body]);
    return ifMayFind(index, before.length === 0 ? search : this.#policy(node, mode, OF_NO_ROW, before, search));
  }

  /** What is the same for all rows, as far as it comes first and costs little, is asked before any row is looked for. Only errors are told row by row. */
  #split(node: IndexLookup): Readonly<Record<'before' | 'ofEach', readonly Ir[]>> {
    const parts = this.#partsOfRow(node).flatMap((part) => (part?.op === 'and' ? part.operands : (part ?? [])));
    const first = parts.findIndex((part) => readsParams(part) || !isCheaperThanFinding(part));
    const end = first < 0 ? parts.length : first;
    return { before: parts.slice(0, end), ofEach: parts.slice(end) };
  }

  /**
   * The index has settled what the slots of a link ask. What its template asks besides holds for all links of a request or for none, so one link is
   * enough for a decision.
   */
  #links(node: LinkLookup, mode: Mode, answer: Expression | undefined): Statement {
    const index = this.#indexOf(node);
    const parts = this.#partsOfRow(node);
    const own = { row: index.row, paramOf: openLiteral };
    if (mode !== 'full') {
      const body = this.#policy(node, mode, own, parts, this.#answer(node, answer));
      return ifMayFind(index, b.ifThen(b.differ(index.first, b.literal(0)), body));
    }
    const link = b.call(b.member(b.id('satisfied'), 'link'), index.itself, ROW_ID);
    const body = this.#policy(node, mode, own, parts, b.assign('satisfied', link));
    return ifMayFind(index, b.forChain('rowId', index.first, index.next, [body]));
  }

  #indexOf(node: IndexLookup | LinkLookup): EmittedIndex {
    const itself = this.#constants.index(this.#numberOf(node));
    const ofRow = (method: string) => b.call(b.member(itself, method), ROW_ID);
    const first = b.call(b.member(itself, 'first'), b.id('principal'), b.id('resource'));
    const bits = BITS_OF.filter(({ scope }) => boundOf(node, scope) === 'in').map(
      ({ bits: name }): Expression => b.id(name),
    );
    const mayFind = bits.length === 0 ? undefined : bits.reduce(b.bitAnd, b.member(itself, 'bit'));
    return { itself, first, next: ofRow('next'), row: ofRow('row'), mayFind };
  }

  /** The scope asks for types alone, the same for all rows. */
  #scan(node: ColumnScan, mode: Mode, answer: Expression | undefined): Statement {
    const loop = new ScanLoop(this.names, this.#fields, this.#runtime, node.leadingEquality?.param);
    const then = mode === 'full' ? addTo('satisfied', loop.row) : this.#answer(node, answer);
    const body = () => this.#policy(node, mode, loop, [node.policy.condition], then);
    return this.#policy(
      node,
      mode,
      OF_NO_ROW,
      this.#scope(node),
      loop.over(this.#candidates(node), this.#loopsOfScan, body),
    );
  }

  #candidates(node: ColumnScan): Expression {
    const { leadingEquality } = node;
    const columns = this.#constants.index(this.#numberOf(node));
    if (leadingEquality === undefined) return b.member(columns, 'all');
    const { variable, attribute } = leadingEquality;
    return b.call(b.member(columns, 'withValue'), b.member(b.id(variable), this.#fields.of(attribute)));
  }

  #numberOf(node: PlanNode): number {
    return this.#numbers.get(node)!;
  }

  /** `satisfied = satisfied.next[n] ?? satisfied.grow(n, row)`. */
  #satisfy(number: number, row: Expression): Statement {
    const satisfied = b.id('satisfied');
    if (this.#options.partition === true || number >= NUMBERED_AT_MOST)
      return b.assign('satisfied', b.call(b.member(satisfied, 'add'), row));
    const known = b.at(b.member(satisfied, 'next'), b.literal(number));
    const grown = b.call(b.member(satisfied, 'grow'), b.literal(number), row);
    return b.assign('satisfied', b.logical('??', known, grown));
  }

  #answer(node: PlanNode, answer = b.literal(node.policy.effect === 'permit')): Statement {
    return b.returns(answer);
  }

  #scopeAndCondition(node: PlanNode): readonly (Ir | undefined)[] {
    return [...this.#scope(node), node.policy.condition];
  }

  /** Without what the index has settled: its rows are those whose demands are met. */
  #partsOfRow(node: IndexLookup | LinkLookup): readonly (Ir | undefined)[] {
    const { principal, resource, condition } = node.policy;
    const action = this.testAction ? node.policy.action : undefined;
    return [withoutDemand(principal), action, withoutDemand(resource), condition];
  }

  #scope({ policy }: PlanNode): readonly (Ir | undefined)[] {
    return [policy.principal, this.testAction ? policy.action : undefined, policy.resource];
  }

  /** What of a policy is to hold, and then `satisfied`. */
  #policy(
    { policy, validated }: PlanNode,
    mode: Mode,
    own: OfRow,
    parts: readonly (Ir | undefined)[],
    satisfied: Statement,
  ): Statement {
    const label = this.names.fresh(policy.id);
    const context = {
      names: this.names,
      constants: this.#constants,
      runtime: this.#runtime,
      field: (attribute: string) => this.#fields.of(attribute),
      own,
      noteErrors: mode === 'full',
      sourceMarks: this.#options.sourceMarks === true,
      wellTyped: validated ? this.#options.wellTyped : undefined,
    };
    const last = context.sourceMarks ? marked(WHOLE_POLICY, satisfied) : satisfied;
    return b.labelled(label, [...emitPolicy(context, label, policy, parts), last]);
  }
}

const ROW_ID = b.id('rowId');

/** An index, the ids of its rows for a request one after another, and the rows. */
interface EmittedIndex {
  readonly itself: Expression;
  readonly first: Expression;
  readonly next: Expression;
  readonly row: Expression;
  /** Zero if it surely has no row for the request; `undefined` if only `first` tells. */
  readonly mayFind: Expression | undefined;
}

function ifMayFind({ mayFind }: EmittedIndex, search: Statement): Statement {
  return mayFind === undefined ? search : b.ifThen(b.differ(mayFind, b.literal(0)), search);
}

/** Where a program keeps the bits of indexes. */
const BITS_OF = [
  { scope: 'principal', bits: 'principalBits' },
  { scope: 'resource', bits: 'resourceBits' },
] as const;

/** How the rows that a node looks up bind principal or resource; `undefined` if it looks nothing up. */
function boundOf(node: PlanNode, scope: 'principal' | 'resource'): Bound['kind'] | undefined {
  if (node.kind === 'linkLookup') return node.template[scope].kind;
  return node.kind === 'indexLookup' ? node.policies[0]?.[scope].kind : undefined;
}

/** What a scope asks beside what it demands (plan/scope-bound.ts): the type of the entity. */
function withoutDemand(scope: Ir | undefined): Ir | undefined {
  if (scope?.op === 'and') return { ...scope, operands: scope.operands.filter((operand) => !isDemand(operand)) };
  return scope !== undefined && isDemand(scope) ? undefined : scope;
}

function isDemand({ op }: Ir): boolean {
  return op === 'eq' || op === 'mem';
}

function readsParams(ir: Ir): boolean {
  return nodesIn([ir]).some(({ op }) => op === 'param');
}

/** What is written out has its literals, and slots stand in scopes alone. */
function openLiteral(): never {
  throw new CompilerBug('a parameter where there is none');
}

/** For a scope that only asks for types: it cannot err and has no parameters. */
const OF_NO_ROW: OfRow = { row: b.nothing, paramOf: () => b.nothing };

function addTo(name: string, row: Expression): Statement {
  return b.assign(name, b.call(b.member(b.id(name), 'add'), row));
}
