/**
 * Module dispatcher — the program of a module compiled ahead of time: a dispatcher whose functions stand for sets of action groups.
 *
 * Other than in `dispatcher.ts`, the functions themselves test nothing of a schema: for what the cases leave undecided there is no other program.
 */
import type { Program, Statement } from 'estree';
import { append } from '../../src/value/append.ts';
import type { DispatchCase } from '../plan/dispatch-case.ts';
import type { ModulePlan } from '../plan/module-plan.ts';
import { type Entries, emitEntries, emitGuard, emitSwitch, entryNames } from './dispatcher.ts';
import * as b from './estree.ts';
import { PlanNodeEmitter } from './plan-node.ts';
import { emitDecide, emitFull, FULL_PARAMETERS, programOf } from './program.ts';
import { PARAMETERS } from './reserved.ts';

/** `entries` says how requests are read. */
export function emitModuleDispatcher(
  { nodes, sets, cases }: Pick<ModulePlan, 'nodes' | 'sets' | 'cases'>,
  entries: Entries,
  sourceMarks: boolean,
): Program {
  const { fields, checked, calls } = entries;
  const emitter = new PlanNodeEmitter(nodes, fields, { testAction: false, sourceMarks });
  const statements: Statement[] = [];
  const functions = sets.map((set) => {
    const [full, decide] = [emitter.names.fresh('full'), emitter.names.fresh('decide')];
    emitter.testAction = set.testAction;
    append(statements, emitFull(emitter, set.nodes, full));
    append(statements, emitDecide(emitter, set.nodes, decide));
    return { full, decide };
  });
  const choose = (name: 'full' | 'decide', params: readonly string[]) =>
    emitSwitch(
      name,
      params,
      checked,
      cases.map(({ set, types }, i) => {
        const call = b.returns(b.call(b.id(functions[set]![name]), ...params.map(b.id)));
        return { number: i + 1, body: [...emitGuard(types), call] };
      }),
    );
  const dispatched = cases.map(
    ({ set, types }, i): DispatchCase => ({ number: i + 1, nodes: sets[set]!.nodes, types }),
  );
  const all = [
    ...statements,
    choose('full', FULL_PARAMETERS),
    choose('decide', PARAMETERS),
    ...emitEntries(dispatched, entries, emitter),
    b.constant('fulls', b.array(functions.map(({ full }) => b.id(full)))),
    b.constant('decides', b.array(functions.map(({ decide }) => b.id(decide)))),
  ];
  return programOf(emitter, all, ['full', 'decide', 'fulls', 'decides', ...entryNames(fields, calls)]);
}
