/**
 * State — whether what sets and stores say of themselves is what they should hold.
 */
import type { EntityStore } from '../../../src/engine/entity-store.ts';
import type { PolicySet } from '../../../src/syntax/policy-set.ts';
import { printPolicy } from '../../../src/syntax/print.ts';
import { type Entity, sameEntity } from '../../../src/value/entities.ts';
import type { LiveSet, LiveStore } from './live.ts';
import type { EntitySpec, Name } from './operation.ts';
import { entityOf, type PlainSet, policyOf, slotEnvOf, storedOf, uidOf } from './plain-data.ts';

export interface Wrong {
  readonly expected: unknown;
  readonly actual: unknown;
}

/** Ids and texts, and what links are of. */
export function contentOf(set: PolicySet): string {
  const links = [...set.links()].map(({ id, templateId, slotEnv }) => [id, templateId, textOf(slotEnv)]);
  return JSON.stringify([
    [...set.staticPolicies()].map(({ id }) => [id, printPolicy(set.get(id)!)]),
    [...set.templates()].map(({ id }) => [id, printPolicy(set.get(id)!)]),
    links,
  ]);
}

export function contentOfPlain({ statics, templates, links }: PlainSet): string {
  const linked = [...links].map(([id, { templateId, slots }]) => [id, templateId, textOf(slotEnvOf(slots))]);
  const texts = (policies: ReadonlyMap<string, string>) =>
    Array.from(policies, ([id, text]) => [id, printPolicy(policyOf({ id, text }))]);
  return JSON.stringify([texts(statics), texts(templates), linked]);
}

function textOf({ principal, resource }: ReturnType<typeof slotEnvOf>): string {
  return `${principal} ${resource}`;
}

/** A name stands for the absence of its entity. */
export function isStoredAs(store: EntityStore, spec: EntitySpec | Name, schema: boolean): boolean {
  if (typeof spec === 'string') return store.get(uidOf(spec)) === undefined;
  const stored = store.get(uidOf(spec.uid));
  return stored !== undefined && isSame(stored, spec, schema);
}

/** Values of many levels are not compared: that takes the stack, too. */
function isSame(stored: Entity, spec: EntitySpec, schema: boolean): boolean {
  const { nested } = spec;
  if (nested === undefined) return sameEntity(stored, entityOf(spec, schema));
  const { nested: _, ...flat } = spec;
  const attrs = new Map(stored.attrs);
  return attrs.delete(nested.name) && sameEntity({ ...stored, attrs }, entityOf(flat, schema));
}

export function differenceOfStore(store: LiveStore | undefined): Wrong | undefined {
  if (store === undefined) return undefined;
  const { real, plain } = store;
  const stored = [...real];
  const expected = storedOf(plain);
  if (real.size !== expected.length || stored.length !== expected.length)
    return { expected: expected.map(({ uid }) => `${uid}`), actual: [real.size, ...stored.map(({ uid }) => `${uid}`)] };
  const byKey = new Map(stored.map((entity) => [entity.uid.key, entity]));
  for (const spec of plain.entities.values()) {
    const entity = byKey.get(uidOf(spec.uid).key);
    const got = real.get(uidOf(spec.uid));
    if (
      entity === undefined ||
      got === undefined ||
      !isSame(entity, spec, plain.schema) ||
      !isSame(got, spec, plain.schema)
    )
      return { expected: spec, actual: [entity, got] };
  }
  return undefined;
}

export function differenceOfSet(set: LiveSet | undefined): Wrong | undefined {
  if (set === undefined) return undefined;
  const [actual, expected] = [contentOf(set.real), contentOfPlain(set.plain)];
  const size = set.plain.statics.size + set.plain.links.size;
  if (actual !== expected) return { expected, actual };
  return set.real.size === size ? undefined : { expected: size, actual: set.real.size };
}
