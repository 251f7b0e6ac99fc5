/**
 * Policy changes — policies and links that come and go in a large set.
 */
import {
  compile,
  EntityStore,
  EntityUid,
  type Policy,
  PolicySet,
  parsePolicies,
  type TemplateLink,
  withAnnotatedId,
} from '../../src/index.ts';
import { range, uid } from '../scenario/generator.ts';
import type { RequestJson } from '../scenario/scenario.ts';
import { type Change, type Changing, handled } from './changing.ts';
import {
  MOST_SHAPES,
  policiesText,
  policyText,
  requestFor,
  SAME_ACTION,
  SUBJECTS,
  subjects,
  userOf,
} from './realistic.ts';

const REALISTIC = { shapes: MOST_SHAPES, actions: 20 };
const TEMPLATES = 10;

/** A set of `size`: nine in ten are static policies of 200 shapes for 20 actions, the others links of ten templates. */
export function changingPolicies(size: number): Changing {
  const statics = Math.ceil(size * 0.9);
  const text = policiesText(statics, REALISTIC) + range(TEMPLATES).map(templateText).join('\n');
  const set = PolicySet.of(parsePolicies(text).policies.map(withAnnotatedId));
  for (let i = 0; i < size - statics; i++) set.link(linkOf(i));
  const store = EntityStore.from(subjects());
  return { engine: compile(set), store, changes: changes(set, store, statics) };
}

function* changes(set: PolicySet, store: EntityStore, statics: number): IterableIterator<Change> {
  const asked = (i: number) => handled(requestFor(i, REALISTIC), store);
  for (let n = 0; ; n++) {
    const added = statics + n;
    yield { mode: 'add a policy', asked: asked(added), apply: () => set.add(parsed(policyText(added, REALISTIC))) };
    // By a prime, so that they are scattered over the set.
    const removed = (n * 7919) % statics;
    yield* standing(set, `policy-${removed}`, (id) => {
      return { mode: 'remove a policy', asked: asked(removed), apply: () => set.remove(id) };
    });
    const replaced = (n * 7919 + 1) % statics;
    yield* standing(set, `policy-${replaced}`, (id) => {
      const by = replaced + SAME_ACTION * REALISTIC.actions;
      const apply = () => {
        set.remove(id);
        set.add(parsed(policyText(by, REALISTIC, id)));
      };
      return { mode: 'replace a policy', asked: asked(by), apply };
    });
    const linked = handled(linkedRequest(added), store);
    yield { mode: 'link a template', asked: linked, apply: () => set.link(linkOf(added)) };
    yield { mode: 'unlink it', asked: linked, apply: () => set.unlink(linkOf(added).id) };
  }
}

/** What was removed stays away. */
function* standing(set: PolicySet, id: string, change: (id: string) => Change): IterableIterator<Change> {
  if (set.has(id)) yield change(id);
}

function parsed(text: string): Policy {
  return withAnnotatedId(parsePolicies(text).policies[0]!);
}

function templateText(i: number): string {
  return `@id("template-${i}") permit (principal == ?principal, action == Action::"act-${i}", resource == ?resource)
when { principal.level >= ${i} };`;
}

/** The link of a template that lets through exactly the request of the same number. */
function linkOf(i: number): TemplateLink {
  const { principal, resource } = linkedRequest(i);
  const slotEnv = {
    principal: new EntityUid(principal.type, principal.id),
    resource: new EntityUid(resource.type, resource.id),
  };
  return { templateId: `template-${i % TEMPLATES}`, id: `link-${i}`, slotEnv };
}

function linkedRequest(i: number): RequestJson {
  return {
    principal: userOf(i),
    action: uid('Action', `act-${i % TEMPLATES}`),
    resource: uid('Document', `document-${Math.floor(i / TEMPLATES) % SUBJECTS}`),
    context: { mfa: true },
  };
}
