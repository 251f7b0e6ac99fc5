/**
 * Policy set — the set that applications hold: it reads what they give, in whatever form, and refuses what it cannot be.
 *
 * The set it extends (`syntax/policy-set.ts`) is strict: it takes parsed policies and entity uids only.
 */

import { isTemplate } from '../syntax/desugar.ts';
import type { Policy, TemplateLink } from '../syntax/policy.ts';
import { PolicySet as StrictPolicySet } from '../syntax/policy-set.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import { type OnePolicyInput, type PolicyInput, policiesFromInput } from './input/policy-input.ts';
import { type UidInput, uidFromInput } from './input/uid-input.ts';

/** A link with the values of its slots in any form in which an entity may be named. */
export interface LinkInput {
  readonly id: string;
  readonly templateId: string;
  readonly slotEnv: { readonly principal?: UidInput | undefined; readonly resource?: UidInput | undefined };
}

/**
 * Static policies, templates and links, to which things are added and from which they are removed. Engines follow the set; a change is complete, or
 * it is refused and has not happened.
 *
 *     const set = PolicySet.of('@id("share") permit(principal == ?principal, action, resource);');
 *     set.link({ id: 'alice', templateId: 'share', slotEnv: { principal: 'User::"alice"' } });
 *     set.size   // 1
 */
export class PolicySet extends StrictPolicySet {
  /**
   * A set of these policies, templates and links.
   *
   * Throws `PolicySyntaxError` for what does not parse and `PolicySetError` if two have the same id.
   */
  static override of(policies: PolicyInput | Iterable<Policy>): PolicySet {
    const set = new PolicySet();
    const { policies: all, links } = policiesFromInput(listed(policies));
    for (const policy of all) {
      if (isTemplate(policy)) set.addTemplate(policy);
      else set.add(policy);
    }
    for (const link of links) set.link(link);
    return set;
  }

  /**
   * Adds a static policy: a parsed one, or one in Cedar text or JSON. Its id is that of its `@id`, else a free one of `policy0`, `policy1`, …
   *
   *     engine.policies.add('@id("owner") permit(principal, action, resource) when { resource.owner == principal };');
   */
  override add(policy: OnePolicyInput): void {
    super.add(readOne(policy, 'add', this));
  }

  /** Adds a template, in the same forms. */
  override addTemplate(template: OnePolicyInput): void {
    super.addTemplate(readOne(template, 'addTemplate', this));
  }

  /**
   * Links a template: every slot of it, and no other, must have a value. The value is a uid in any form.
   *
   * Throws `DataError` with the path to a value that names no entity, and `PolicySetError`.
   */
  override link(link: LinkInput): void {
    super.link(linkFrom(link));
  }

  /**
   * Makes these the policies, templates and links of the set, in the forms that `of` takes: in one change, or it throws and nothing has changed.
   *
   *     set.replace(['@id("a") permit(principal, action, resource);']);
   */
  override replace(policies: PolicyInput | Iterable<Policy>): void {
    super.replace(policies instanceof StrictPolicySet ? policies : PolicySet.of(policies));
  }
}

function readOne(input: unknown, call: string, set: StrictPolicySet): Policy {
  const { policies, links } = policiesFromInput(input);
  const [policy] = policies;
  if (policy === undefined || policies.length > 1 || links.length > 0)
    throw new UsageError(
      `\`${call}\` takes one policy, got ${policies.length}`,
      'add them one by one, or make a set of them',
    );
  return typeof input === 'string' && /^policy\d+$/.test(policy.id) ? { ...policy, id: freeId(set) } : policy;
}

function freeId(set: StrictPolicySet): string {
  for (let n = set.size; ; n++) if (!set.has(`policy${n}`)) return `policy${n}`;
}

/** Iterables other than lists and texts, such as what `written()` of another set gives. */
function listed(policies: PolicyInput | Iterable<Policy>): unknown {
  const isIterable = typeof policies === 'object' && policies !== null && Symbol.iterator in policies;
  return isIterable ? [...policies] : policies;
}

const SLOTS = ['principal', 'resource'] as const;
const LINK_FORM = '`{ id, templateId, slotEnv: { principal, resource } }`';

function linkFrom(link: LinkInput): TemplateLink {
  if (typeof link !== 'object' || link === null) throw new UsageError('a link was expected', `give ${LINK_FORM}`);
  const { id, templateId, slotEnv } = link;
  if (typeof id !== 'string' || typeof templateId !== 'string')
    throw new UsageError('`id` and `templateId` of a link are strings', `give ${LINK_FORM}`);
  if (typeof slotEnv !== 'object' || slotEnv === null)
    throw new UsageError(`link \`${id}\` has no \`slotEnv\``, `give ${LINK_FORM}`);
  return { id, templateId, slotEnv: slotsFrom(id, slotEnv) };
}

function slotsFrom(id: string, slotEnv: LinkInput['slotEnv']): TemplateLink['slotEnv'] {
  const unknown = Object.keys(slotEnv).find((name) => !(SLOTS as readonly string[]).includes(name));
  if (unknown !== undefined)
    throw new UsageError(`link \`${id}\` has a value for \`${unknown}\``, 'slots are `principal` and `resource`');
  const [principal, resource] = SLOTS.map((slot) => slotFrom(slotEnv, slot));
  return { ...(principal !== undefined && { principal }), ...(resource !== undefined && { resource }) };
}

function slotFrom(slotEnv: LinkInput['slotEnv'], slot: (typeof SLOTS)[number]) {
  const value = Object.hasOwn(slotEnv, slot) ? slotEnv[slot] : undefined;
  return value === undefined ? undefined : uidFromInput(value, `slotEnv.${slot}`);
}
