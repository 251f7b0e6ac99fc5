/**
 * Dispatcher — one function for several actions: a switch on the number of the action's plan, a case each.
 *
 * No call of an unknown function stands between a request and its policies: V8 predicts such calls badly and inlines none of them. Actions without
 * a case go to `plans`. Where requests must fit a schema, the functions give `undefined` for those that may not, and for actions without a case.
 * Further functions (entry-functions.ts) take the request as the caller gives it.
 */
import type { Expression, Program, Statement } from 'estree';
import type { ContextLayout } from '../plan/context-layout.ts';
import type { DispatchCase } from '../plan/dispatch-case.ts';
import { CONTEXT_ATTRIBUTES_AT_MOST } from '../plan/limits.ts';
import type { Fields } from '../plan/node-fields.ts';
import type { RequestTypes } from '../plan/request-types.ts';
import { emitAttributeReader, readsCalls } from './attribute-reader.ts';
import { ENTRY_RUNTIME, emitContextReader, UNDECIDED } from './context-reader.ts';
import { CALL_FUNCTIONS, ENTRY_FUNCTIONS, emitCallFunctions, emitEntryFunctions } from './entry-functions.ts';
import * as b from './estree.ts';
import type { Names } from './names.ts';
import { callByOwn, emitOwnObjectFunctions } from './own-object-functions.ts';
import { PlanNodeEmitter } from './plan-node.ts';
import { emitDecide, emitFull, FULL_PARAMETERS, programOf } from './program.ts';
import type { CallOptions, ProgramOptions } from './program-options.ts';
import { PARAMETERS } from './reserved.ts';

/**
 * The body of a function of `runtime`, `rows`, `indexes` and DISPATCHER_NAMES, which returns `{ full, decide, isAllowed, isAuthorized }`. `layout` is what is
 * read of contexts where they need not fit a schema; none if they are left to others, as they are where a policy takes the context as a whole: context
 * nodes have no record.
 */
export function emitDispatcher(
  cases: readonly DispatchCase[],
  fields: Fields,
  options: ProgramOptions,
  layout: ContextLayout | undefined,
): Program {
  const emitter = new PlanNodeEmitter(
    cases.flatMap(({ nodes }) => nodes),
    fields,
    options,
  );
  const full = ({ nodes, types }: DispatchCase, own: string) => emitFull(emitter, nodes, own, emitGuard(types));
  const decide = ({ nodes, types }: DispatchCase, own: string) => emitDecide(emitter, nodes, own, emitGuard(types));
  const checked = isChecked(cases);
  const functions = [
    ...emitFunctions(emitter.names, 'full', FULL_PARAMETERS, cases, full),
    ...emitFunctions(emitter.names, 'decide', PARAMETERS, cases, decide),
    ...emitEntries(cases, { fields, layout, checked, calls: options.calls }, emitter),
  ];
  return programOf(emitter, functions, ['full', 'decide', ...entryNames(fields, options.calls)]);
}

/** A function for each case, small enough for V8 to inline, and one that chooses among them. */
function emitFunctions(
  names: Names,
  name: string,
  params: readonly string[],
  cases: readonly DispatchCase[],
  emit: (each: DispatchCase, own: string) => Statement[],
): Statement[] {
  const functions = cases.map((each) => {
    const own = names.fresh(name);
    const call = b.call(b.id(own), ...params.map(b.id));
    return { statements: emit(each, own), choice: { number: each.number, body: [b.returns(call)] } };
  });
  const choices = functions.map(({ choice }) => choice);
  return [...functions.flatMap(({ statements }) => statements), emitSwitch(name, params, isChecked(cases), choices)];
}

/** Chooses by the number of the action's plan. */
export function emitSwitch(
  name: string,
  params: readonly string[],
  checked: boolean,
  choices: readonly { readonly number: number; readonly body: Statement[] }[],
): Statement {
  const byPlan = b.call(b.member(b.id('plans'), name), ...params.map(b.id));
  const other = b.returns(checked ? b.nothing : byPlan);
  const cases = choices.map(({ number, body }) => b.ofCase(b.literal(number), body));
  return b.func(name, params, [b.choose(b.member(b.member(b.id('action'), '$plan'), 'number'), cases), other]);
}

/** What the functions that begin with a request are made for. */
export interface Entries {
  readonly fields: Fields;
  readonly layout: ContextLayout | undefined;
  readonly checked: boolean;
  readonly calls: CallOptions | undefined;
}

/** The names of the functions of `emitEntries`. */
export function entryNames(fields: Fields, calls: CallOptions | undefined): readonly string[] {
  return calls !== undefined && readsCalls(fields) ? [...ENTRY_FUNCTIONS, ...CALL_FUNCTIONS] : ENTRY_FUNCTIONS;
}

/** The functions that begin with a request as its asker has it. */
export function emitEntries(cases: readonly DispatchCase[], entries: Entries, emitter: PlanNodeEmitter): Statement[] {
  for (const name of ENTRY_RUNTIME) emitter.useRuntime(name);
  const { fields, layout, checked, calls } = entries;
  const { readers, contextOf } =
    checked && layout !== undefined
      ? checkedContexts(cases, fields, emitter.names)
      : openContexts(layout, fields, emitter.names);
  if (!readsCalls(fields)) return [...readers, ...emitEntryFunctions({ checked, contextOf, others: () => b.nothing })];
  const options = { checked, contextOf, others: callByOwn };
  const ofCalls =
    calls === undefined
      ? []
      : [...emitAttributeReader(calls.layouts, fields, emitter.names), ...emitCallFunctions(options)];
  return [...readers, ...emitOwnObjectFunctions(fields, options), ...emitEntryFunctions(options), ...ofCalls];
}

/** Functions that read contexts, and how one is read in a request for an action. */
interface ContextReaders {
  readonly readers: readonly Statement[];
  readonly contextOf: ((action: Expression) => Expression) | undefined;
}

/** Contexts are read alike for all actions. */
function openContexts(layout: ContextLayout | undefined, fields: Fields, names: Names): ContextReaders {
  if (layout === undefined) return { readers: [], contextOf: undefined };
  const contextOf = () => b.call(b.id('contextOf'), b.id('given'));
  return { readers: [emitContextReader('contextOf', layout, [layout], fields, names)], contextOf };
}

/** Contexts are read as the schema has them for the action: a function for each layout, found by the number of the action's plan. */
function checkedContexts(cases: readonly DispatchCase[], fields: Fields, names: Names): ContextReaders {
  const readers = new Map<string, { readonly name: string; readonly reader: Statement }>();
  const all = cases.flatMap(({ types }) => types?.context ?? []);
  const choices = cases.flatMap(({ number, types }) => {
    if (types === undefined || types.context.attributes.length > CONTEXT_ATTRIBUTES_AT_MOST) return [];
    const key = JSON.stringify(types.context);
    const name = readers.get(key)?.name ?? names.fresh('contextOf');
    if (!readers.has(key))
      readers.set(key, { name, reader: emitContextReader(name, types.context, all, fields, names) });
    return [b.ofCase(b.literal(number), [b.returns(b.call(b.id(name), b.id('given')))])];
  });
  const choose = b.func('contextOf', ['planNumber', 'given'], [b.choose(b.id('planNumber'), choices), UNDECIDED]);
  const number = (action: Expression) => b.member(b.member(action, '$plan'), 'number');
  const contextOf = (action: Expression) => b.call(b.id('contextOf'), number(action), b.id('given'));
  return { readers: [...Array.from(readers.values(), ({ reader }) => reader), choose], contextOf };
}

/** Whether requests must fit a schema. */
function isChecked(cases: readonly DispatchCase[]): boolean {
  return cases.some(({ types }) => types !== undefined);
}

/** Leaves requests that may not fit the schema undecided. */
export function emitGuard(types: RequestTypes | undefined): Statement[] {
  if (types === undefined) return [];
  const none = (name: string, among: readonly string[]) =>
    among.map((type) => b.differ(b.member(b.id(name), '$type'), b.literal(type))).reduce(b.and);
  const { principals, resources, needsContext } = types;
  const context = needsContext ? [b.same(b.id('context'), b.id('emptyContext'))] : [];
  const unfit = [none('principal', principals), none('resource', resources), ...context].reduce(b.or);
  return [b.ifThen(unfit, b.returns(b.nothing))];
}
