/**
 * List — a list of entities changed in place, as the application that owns it may do between two calls.
 */
import { unreachable } from '../../../src/value/unreachable.ts';
import type { LiveList } from './live.ts';
import type { EntitySpec, ListChange } from './operation.ts';
import { dataOf, uidOf } from './plain-data.ts';

export function changeList(list: LiveList | undefined, change: ListChange): void {
  if (list === undefined) return;
  if (change.does === 'push') {
    list.real.push(dataOf(change.entity));
    list.plain = [...list.plain, change.entity];
    return;
  }
  const spec = list.plain[change.at];
  if (spec === undefined) return;
  if (change.does === 'drop') {
    list.real.splice(change.at, 1);
    list.plain = list.plain.toSpliced(change.at, 1);
    return;
  }
  list.plain = list.plain.with(change.at, changedSpec(spec, change));
  changeData(list.real, change);
}

type InPlace = Exclude<ListChange, { does: 'push' | 'drop' }>;

function changedSpec(spec: EntitySpec, change: InPlace): EntitySpec {
  switch (change.does) {
    case 'put':
      return change.entity;
    case 'attribute': {
      const { [change.name]: _, ...others } = spec.attrs;
      return { ...spec, attrs: change.value === undefined ? others : { ...others, [change.name]: change.value } };
    }
    case 'parents':
      return { ...spec, parents: change.parents };
    case 'rename':
      return { ...spec, uid: change.uid };
    default:
      return unreachable(change);
  }
}

/** Objects stay the same as far as that is possible. */
function changeData(data: Record<string, unknown>[], change: InPlace): void {
  const entity = data[change.at]!;
  switch (change.does) {
    case 'put':
      data[change.at] = dataOf(change.entity);
      return;
    case 'attribute': {
      const attrs = entity.attrs as Record<string, unknown>;
      if (change.value === undefined) delete attrs[change.name];
      else attrs[change.name] = change.value;
      return;
    }
    case 'parents':
      (entity.parents as object[]).splice(
        0,
        Number.POSITIVE_INFINITY,
        ...change.parents.map(uidOf).map(({ type, id }) => ({ type, id })),
      );
      return;
    case 'rename':
      (entity.uid as { id: string }).id = uidOf(change.uid).id;
      return;
    default:
      unreachable(change);
  }
}
