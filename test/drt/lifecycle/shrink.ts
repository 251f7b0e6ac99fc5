/**
 * Shrink — the smallest sequence that shows the same kind of difference.
 *
 * Technique: delta debugging (ddmin, A. Zeller) over the list of operations, then over what stands in each: repetitions, callbacks, lists of entities
 * and policies, members.
 */
import type { Difference } from './machine.ts';
import type { EntitySpec, Operation, PolicySpec } from './operation.ts';
import { differenceOf } from './sequence.ts';

type Test = (operations: readonly Operation[]) => boolean;

/** Ends with the operation that shows the difference. Gives what it was given where that does not happen again, as near the end of a stack. */
export function shrunk(operations: readonly Operation[], kind: Difference['kind']): readonly Operation[] {
  const test: Test = (candidate) => {
    try {
      return differenceOf(candidate)?.kind === kind;
    } catch {
      return false;
    }
  };
  if (!test(operations)) return operations;
  let smallest = operations;
  for (let size = Number.POSITIVE_INFINITY; smallest.length < size; ) {
    size = smallest.length;
    smallest = simplified(fewer(smallest, test), test);
  }
  return smallest;
}

/** ddmin: leaves out parts of half of the length, a quarter, and so on down to one. */
function fewer(operations: readonly Operation[], test: Test): readonly Operation[] {
  let rest = operations;
  for (let length = Math.ceil(rest.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
    for (let at = rest.length - length; at > -length; at -= length) {
      const candidate = rest.toSpliced(Math.max(0, at), length + Math.min(0, at));
      if (candidate.length < rest.length && test(candidate)) rest = candidate;
    }
  }
  return rest;
}

/** Each operation in the simplest form that still shows it. */
function simplified(operations: readonly Operation[], test: Test): readonly Operation[] {
  let all = operations;
  for (let i = 0; i < all.length; i++) {
    for (let found = true; found; ) {
      const simpler = simplerForms(all[i]!).find((each) => test(all.with(i, each)));
      found = simpler !== undefined;
      if (simpler !== undefined) all = all.with(i, simpler);
    }
  }
  return all;
}

function simplerForms(operation: Operation): Operation[] {
  switch (operation.kind) {
    case 'deep':
    case 'shallow':
      return [operation.run];
    case 'replace':
      return without(operation.policies).map((policies: readonly PolicySpec[]) => ({ ...operation, policies }));
    case 'replaceAll':
      return without(operation.entities).map((entities) => ({ ...operation, entities }));
    case 'makeSet':
      return without(operation.policies).map((policies: readonly PolicySpec[]) => ({ ...operation, policies }));
    case 'makeStore':
      return [
        ...without(operation.entities).map((entities) => ({ ...operation, entities })),
        ...eachSimpler(operation.entities).map((entities) => ({ ...operation, entities })),
      ];
    case 'makeList':
      return [
        ...without(operation.entities).map((entities) => ({ ...operation, entities })),
        ...eachSimpler(operation.entities).map((entities) => ({ ...operation, entities })),
      ];
    case 'upsert':
      return simplerEntities(operation.entity).map((entity) => ({ ...operation, entity }));
    case 'ask':
      return simplerQuestions(operation);
    case 'makeEngine':
      return Object.keys(operation.options).map((name) => {
        const { [name]: _, ...options } = operation.options as Record<string, unknown>;
        return { ...operation, options };
      });
    default:
      return [];
  }
}

function simplerQuestions(operation: Extract<Operation, { kind: 'ask' }>): Operation[] {
  const { times, question, request, writes: _, ...rest } = operation;
  const { context: __, trap: ___, ...bare } = request;
  const found: Operation[] = [];
  if (operation.writes) found.push({ ...rest, times, question, request });
  if (times > 1) found.push({ ...operation, times: 1 });
  if (question === 'both') {
    found.push({ ...operation, question: 'isAllowed' });
    found.push({ ...operation, question: 'isAuthorized' });
  }
  if (request.context !== undefined) found.push({ ...operation, request: bare });
  for (const name of ['principal', 'action', 'resource'] as const) {
    if (request[name].form === 'text' || request[name].wrong !== undefined) continue;
    found.push({ ...operation, request: { ...request, [name]: { name: request[name].name, form: 'text' } } });
  }
  return found;
}

function simplerEntities({ nested, tags, ...entity }: EntitySpec): EntitySpec[] {
  const rest = { ...entity, ...(tags && { tags }), ...(nested && { nested }) };
  return [
    ...(nested ? [{ ...entity, ...(tags && { tags }) }] : []),
    ...(tags ? [{ ...entity, ...(nested && { nested }) }] : []),
    ...without(entity.parents).map((parents) => ({ ...rest, parents })),
    ...Object.keys(entity.attrs).map((name) => {
      const { [name]: _, ...attrs } = entity.attrs;
      return { ...rest, attrs };
    }),
  ];
}

function eachSimpler(entities: readonly EntitySpec[]): EntitySpec[][] {
  return entities.flatMap((entity, i) => simplerEntities(entity).map((simpler) => entities.with(i, simpler)));
}

function without<T>(list: readonly T[]): T[][] {
  return list.map((_, i) => list.toSpliced(i, 1));
}
