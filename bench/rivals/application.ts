/**
 * Application — the scenarios' data as plain objects with ancestors worked out, for engines that know no hierarchies.
 */
import { keyOf, referred, type Scenario, type UidJson } from '../scenario/scenario.ts';

export interface PlainObject {
  readonly kind: string;
  readonly id: string;
  /** Keys of all that it is in, without itself. */
  readonly ancestors: readonly string[];
  /** References as keys, lists of references as lists of keys. */
  readonly [attribute: string]: unknown;
}

export interface PlainRequest {
  readonly principal: PlainObject;
  readonly action: string;
  readonly resource: PlainObject;
}

export function plainRequests({ entities, requests }: Scenario): PlainRequest[] {
  const byKey = new Map(entities.map((entity) => [keyOf(entity.uid), entity]));
  const made = new Map<string, PlainObject>();
  const objectOf = (uid: UidJson): PlainObject => {
    const key = keyOf(uid);
    const known = made.get(key);
    if (known !== undefined) return known;
    const { attrs, parents } = byKey.get(key)!;
    const ancestors = new Set<string>();
    const open = [...parents];
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      if (ancestors.has(keyOf(next))) continue;
      ancestors.add(keyOf(next));
      open.push(...(byKey.get(keyOf(next))?.parents ?? []));
    }
    const plain = Object.entries(attrs).map(([name, value]) => [name, plainValue(value)]);
    const object = { ...Object.fromEntries(plain), kind: uid.type, id: key, ancestors: [...ancestors] } as PlainObject;
    made.set(key, object);
    return object;
  };
  const plainValue = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plainValue);
    if (typeof value !== 'object' || value === null || !('__entity' in value)) return value;
    const uid = referred(value);
    return uid.type === 'Organization' ? objectOf(uid) : keyOf(uid);
  };
  return requests.map(({ principal, action, resource }) => ({
    principal: objectOf(principal),
    action: action.id,
    resource: objectOf(resource),
  }));
}
