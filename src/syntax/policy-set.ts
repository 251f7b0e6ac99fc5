/**
 * Policy set — static policies, templates and links, to which things are added and from which they are removed.
 *
 * A link stays data (a template's id and slot values); `policies()` gives what it stands for. Ids of static policies, templates and links are one
 * namespace.
 *
 * Long because all that can be done to a set is one thing. Technique: two-phase commit. Engines take part in each change: all prepare it, or it does not happen; then all follow it.
 *
 * Spec:  Cedar.Spec.Template: Templates, TemplateLinkedPolicies, linkPolicies
 */
import { CedarmillError } from '../value/cedarmill-error.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import { type Annotations, annotationsOf } from './annotations.ts';
import type { CorePolicy } from './core-policy.ts';
import { desugarPolicy, isTemplate, linkPolicy, slotsOf, slotValue } from './desugar.ts';
import { Links } from './links.ts';
import { Listeners } from './listeners.ts';
import type { Policy, SlotId, TemplateLink } from './policy.ts';
import { PolicySetError } from './policy-set-error.ts';

/** What `onChange` listeners are told, after it happened. */
export type PolicyChange =
  | { readonly kind: 'add' | 'remove'; readonly policy: CorePolicy }
  | { readonly kind: 'addTemplate' | 'removeTemplate'; readonly template: CorePolicy }
  | { readonly kind: 'link' | 'unlink'; readonly link: TemplateLink; readonly template: CorePolicy }
  /** Everything is another; `policies` holds what is there then. */
  | { readonly kind: 'replace'; readonly policies: PolicySet };

/**
 * Who must follow each change, or it does not happen. An engine is one.
 *
 * Order: every participant prepares; every one begins; the set changes; every one commits; then the listeners of `onChange` are told.
 */
export interface ChangeParticipant {
  /** Does all that may fail, and changes nothing that can be seen. If it throws, nobody's state has changed. */
  prepare(change: PolicyChange): PreparedChange;
}

export interface PreparedChange {
  /** From here on the participant is out of date until `commit` returned. Assignments only: it cannot fail. */
  begin(): void;
  /** Follows. A participant whose `commit` throws stays out of date, and derives its state again from the set before its next answer. */
  commit(): void;
}

/** A policy or template as written and as it means. */
interface Entry {
  readonly policy: Policy;
  readonly core: CorePolicy;
}

interface TemplateEntry extends Entry {
  readonly id: string;
  readonly slots: readonly SlotId[];
  /** The same at a glance. */
  readonly takes: { readonly principal: boolean; readonly resource: boolean };
  /** The number of its links. */
  links: number;
}

export class PolicySet {
  #statics = new Map<string, Entry>();
  #templates = new Map<string, TemplateEntry>();
  #links = new Links<TemplateEntry>();
  readonly #participants = new Set<ChangeParticipant>();
  #isPreparing = false;
  readonly #listeners = new Listeners<[change: PolicyChange]>();

  /** A set of the given policies and templates. Throws PolicySetError if two have the same id. */
  static of(policies: Iterable<Policy>): PolicySet {
    const set = new PolicySet();
    for (const policy of policies) {
      if (isTemplate(policy)) set.addTemplate(policy);
      else set.add(policy);
    }
    return set;
  }

  /** Adds a static policy. */
  add(policy: Policy): void {
    if (isTemplate(policy)) {
      throw new PolicySetError(
        'notStatic',
        policy.id,
        `policy \`${policy.id}\` is a template: add it with \`addTemplate\``,
      );
    }
    this.#requireFree(policy.id);
    const core = desugarPolicy(policy);
    this.#change({ kind: 'add', policy: core }, () => this.#statics.set(policy.id, { policy, core }));
  }

  /** Adds a template: a policy with at least one slot. */
  addTemplate(template: Policy): void {
    const { id } = template;
    const slots = slotsOf(template);
    if (slots.length === 0) {
      throw new PolicySetError('notATemplate', id, `policy \`${id}\` has no slots, so it is not a template`);
    }
    this.#requireFree(id);
    const core = desugarPolicy(template);
    const takes = { principal: slots.includes('?principal'), resource: slots.includes('?resource') };
    const entry = { id, policy: template, core, slots, takes, links: 0 };
    this.#change({ kind: 'addTemplate', template: core }, () => this.#templates.set(id, entry));
  }

  /** Links a template: every slot of it, and no other, must have a value. */
  link(link: TemplateLink): void {
    const template = this.#templates.get(link.templateId);
    if (template === undefined) {
      const message = `failed to find a template with id \`${link.templateId}\``;
      throw new PolicySetError('unknownTemplate', link.templateId, message);
    }
    requireSlots(template, link);
    this.#requireFree(link.id);
    const { id, slotEnv } = link;
    this.#change({ kind: 'link', link, template: template.core }, () => {
      this.#links.add(id, template, slotEnv);
      template.links++;
    });
  }

  unlink(id: string): void {
    const link = this.#links.get(id);
    if (link === undefined) throw new PolicySetError('unknownLink', id, `there is no link with id \`${id}\``);
    const template = this.#templates.get(link.templateId)!;
    this.#change({ kind: 'unlink', link, template: template.core }, () => {
      this.#links.remove(id);
      template.links--;
    });
  }

  /** Removes a static policy. */
  remove(id: string): void {
    const entry = this.#statics.get(id);
    if (entry === undefined) {
      throw new PolicySetError('unknownPolicy', id, `there is no static policy with id \`${id}\``);
    }
    this.#change({ kind: 'remove', policy: entry.core }, () => this.#statics.delete(id));
  }

  /** Removes a template that nothing is linked to. */
  removeTemplate(id: string): void {
    const entry = this.#templates.get(id);
    if (entry === undefined) throw new PolicySetError('unknownTemplate', id, `there is no template with id \`${id}\``);
    if (entry.links > 0) {
      throw new PolicySetError('templateInUse', id, `template \`${id}\` still has links`);
    }
    this.#change({ kind: 'removeTemplate', template: entry.core }, () => this.#templates.delete(id));
  }

  /** Makes the policies, templates and links of another set those of this one, in one change. The other set stays its own. */
  replace(policies: PolicySet): void {
    const next = policies.#copy();
    this.#change({ kind: 'replace', policies: next }, () => {
      this.#statics = next.#statics;
      this.#templates = next.#templates;
      this.#links = next.#links;
    });
  }

  #copy(): PolicySet {
    const copy = new PolicySet();
    copy.#statics = new Map(this.#statics);
    for (const [id, entry] of this.#templates) copy.#templates.set(id, { ...entry });
    for (const { id, templateId, slotEnv } of this.#links.all())
      copy.#links.add(id, copy.#templates.get(templateId)!, slotEnv);
    return copy;
  }

  /** Has `participant` take part in each change, until the function it gives is called. */
  enlist(participant: ChangeParticipant): () => void {
    this.#participants.add(participant);
    return () => {
      this.#participants.delete(participant);
    };
  }

  /**
   * Calls `listener` after each change, until the function it gives is called. The change is complete, whatever a listener throws: all others are
   * told, and the first error is thrown afterwards.
   */
  onChange(listener: (change: PolicyChange) => void): () => void {
    return this.#listeners.add(listener);
  }

  /** Everything that takes part in authorization: static policies, then links, each in the order of their adding. */
  *policies(): IterableIterator<CorePolicy> {
    for (const { core } of this.#statics.values()) yield core;
    for (const link of this.#links.all()) yield linkPolicy(this.#templates.get(link.templateId)!.core, link);
  }

  *staticPolicies(): IterableIterator<CorePolicy> {
    for (const { core } of this.#statics.values()) yield core;
  }

  *templates(): IterableIterator<CorePolicy> {
    for (const { core } of this.#templates.values()) yield core;
  }

  links(): IterableIterator<TemplateLink> {
    return this.#links.all();
  }

  /**
   * Calls `each` for each link, with what `valueFor` makes of the entities that fill its slots: each is asked about once, however many links name
   * it.
   */
  eachLink<V>(
    valueFor: (uid: EntityUid) => V,
    each: (id: string, templateId: string, principal: V | undefined, resource: V | undefined) => void,
  ): void {
    this.#links.each(valueFor, (id, template, principal, resource) => each(id, template.id, principal, resource));
  }

  /** Static policies and templates as they were written. */
  *written(): IterableIterator<Policy> {
    for (const { policy } of this.#statics.values()) yield policy;
    for (const { policy } of this.#templates.values()) yield policy;
  }

  /** The static policy or template of that id, as it was written. */
  get(id: string): Policy | undefined {
    return (this.#statics.get(id) ?? this.#templates.get(id))?.policy;
  }

  /**
   * The annotations of a policy, of a template, or of the template of a link, by name; one without a value is the empty text.
   *
   * Throws `PolicySetError` for an id that is not in the set.
   */
  annotations(id: string): Annotations {
    const policy = this.get(id) ?? this.get(this.linkOf(id)?.templateId ?? '');
    if (policy === undefined) throw new PolicySetError('unknownPolicy', id, `there is no policy with id \`${id}\``);
    return annotationsOf(policy.annotations);
  }

  /** The link of that id. */
  linkOf(id: string): TemplateLink | undefined {
    return this.#links.get(id);
  }

  template(id: string): CorePolicy | undefined {
    return this.#templates.get(id)?.core;
  }

  has(id: string): boolean {
    return this.#statics.has(id) || this.#templates.has(id) || this.#links.has(id);
  }

  /** The number of static policies and links. */
  get size(): number {
    return this.#statics.size + this.#links.size;
  }

  #requireFree(id: string): void {
    if (this.has(id)) throw new PolicySetError('duplicateId', id, `duplicate template or policy id \`${id}\``);
  }

  /** INVARIANT: a change is complete, for the set and all who follow it, or it has not happened. */
  #change(change: PolicyChange, apply: () => void): void {
    const prepared = this.#prepare(change);
    requireStack(STACK_OF_A_CHANGE);
    for (const each of prepared) each.begin();
    apply();
    for (const each of prepared) commit(each);
    this.#listeners.tell(change);
  }

  #prepare(change: PolicyChange): readonly PreparedChange[] {
    if (this.#isPreparing)
      throw new CedarmillError(
        'changeWithinChange',
        'a policy set cannot be changed while another change of it is prepared',
      );
    this.#isPreparing = true;
    try {
      return [...this.#participants].map((participant) => participant.prepare(change));
    } finally {
      this.#isPreparing = false;
    }
  }
}

function requireSlots({ slots, takes }: TemplateEntry, { id, slotEnv }: TemplateLink): void {
  if ((slotEnv.principal !== undefined) === takes.principal && (slotEnv.resource !== undefined) === takes.resource)
    return;
  const missing = slots.filter((slot) => slotValue(slotEnv, slot) === undefined);
  const extra = SLOTS.filter((slot) => slotValue(slotEnv, slot) !== undefined && !slots.includes(slot));
  const parts = [
    ...missing.map((slot) => `slot \`${slot}\` of the template has no value`),
    ...extra.map((slot) => `the template has no slot \`${slot}\``),
  ];
  throw new PolicySetError('wrongSlotValues', id, parts.join('; '), { missing, extra });
}

const SLOTS = ['?principal', '?resource'] as const;

/** Calls inside one another that a change of the set needs, with room to spare. */
const STACK_OF_A_CHANGE = 32;

/** Throws `RangeError` while nothing has changed if the stack lacks room for that many calls. */
function requireStack(calls: number): number {
  return calls === 0 ? 0 : 1 + requireStack(calls - 1);
}

/** A participant that cannot follow derives its state again (`PreparedChange.commit`), so its error is not the caller's. */
function commit(change: PreparedChange): void {
  try {
    change.commit();
  } catch {}
}
