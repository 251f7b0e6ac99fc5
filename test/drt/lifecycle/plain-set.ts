/**
 * Plain set — what a change makes of the plain data of a policy set, or that it must be refused.
 */
import { unreachable } from '../../../src/value/unreachable.ts';
import type { Operation, PolicySpec, SlotSpec } from './operation.ts';
import { EMPTY_SET, type PlainSet, slotsOfText, withEntry, withoutEntry } from './plain-data.ts';

type Change = Extract<Operation, { kind: 'add' | 'addTemplate' | 'remove' | 'removeTemplate' | 'link' | 'unlink' }>;

/** `undefined`: the set must refuse it. */
export function changedSet(set: PlainSet, change: Change): PlainSet | undefined {
  const { statics, templates, links } = set;
  switch (change.kind) {
    case 'add': {
      const { id, text } = change.policy;
      if (isTaken(set, id) || slotsOfText(text).length > 0) return undefined;
      return { ...set, statics: withEntry(statics, id, text) };
    }
    case 'addTemplate': {
      const { id, text } = change.policy;
      if (isTaken(set, id) || slotsOfText(text).length === 0) return undefined;
      return { ...set, templates: withEntry(templates, id, text) };
    }
    case 'remove':
      return statics.has(change.id) ? { ...set, statics: withoutEntry(statics, change.id) } : undefined;
    case 'removeTemplate': {
      const isUsed = [...links.values()].some(({ templateId }) => templateId === change.id);
      return templates.has(change.id) && !isUsed
        ? { ...set, templates: withoutEntry(templates, change.id) }
        : undefined;
    }
    case 'link': {
      const { id, templateId, slots } = change;
      const template = templates.get(templateId);
      if (template === undefined || isTaken(set, id) || !fills(slotsOfText(template), slots)) return undefined;
      return { ...set, links: withEntry(links, id, { templateId, slots }) };
    }
    case 'unlink':
      return links.has(change.id) ? { ...set, links: withoutEntry(links, change.id) } : undefined;
    default:
      return unreachable(change);
  }
}

/** A set of these alone. `undefined`: two have one id. */
export function setOfPolicies(policies: readonly PolicySpec[]): PlainSet | undefined {
  let set: PlainSet | undefined = EMPTY_SET;
  for (const policy of policies) {
    const kind: 'add' | 'addTemplate' = slotsOfText(policy.text).length > 0 ? 'addTemplate' : 'add';
    set = set && changedSet(set, { kind, set: 0, policy });
  }
  return set;
}

function isTaken({ statics, templates, links }: PlainSet, id: string): boolean {
  return statics.has(id) || templates.has(id) || links.has(id);
}

/** Each slot has a uid, and nothing else has one. */
function fills(slots: readonly string[], { principal, resource }: SlotSpec): boolean {
  if (principal?.wrong !== undefined || resource?.wrong !== undefined) return false;
  return (
    slots.includes('?principal') === (principal !== undefined) &&
    slots.includes('?resource') === (resource !== undefined)
  );
}
