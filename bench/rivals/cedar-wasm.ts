/**
 * Cedar-wasm — the official build, which keeps policies between calls but no entities: it gets them in every call.
 *
 * With all data, as an application would call it, and with the smallest data that give the right answer: principal, resource and what they lead
 * to, ancestors as direct parents, only the attributes that some policy reads.
 */
import { createRequire } from 'node:module';
import type { Oracle } from '../oracle.ts';
import { loop } from '../monomorphic.ts';
import { type EntityJson, keyOf, type RequestJson, type Scenario, type UidJson } from '../scenario/scenario.ts';

type Cedar = typeof import('@cedar-policy/cedar-wasm/nodejs');
type Answer = ReturnType<Cedar['isAuthorized']>;

export function cedarWasm(scenario: Scenario): Oracle[] {
  const { name, text, links, entities, requests } = scenario;
  const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as Cedar;
  const policies = policiesOf(cedar, text, links);
  const known = cedar.preparsePolicySet(name, policies);
  if (known.type === 'failure') throw new Error(known.errors.map(({ message }) => message).join());
  const slices = requests.map((request) => sliceOf(request, scenario));
  const oracle = (mode: string, answer: (i: number) => Answer): Oracle => ({
    engine: 'cedar-wasm',
    mode,
    run: loop('answer(i)', { answer }, requests.length),
    allows: (i) => allowed(answer(i)),
  });
  const stateful = (data: (i: number) => unknown) => (i: number) =>
    cedar.statefulIsAuthorized({ context: {}, ...requests[i]!, preparsedPolicySetId: name, entities: data(i) } as never);
  return [
    oracle('full, smallest data', stateful((i) => slices[i])),
    oracle('full, all data', stateful(() => entities)),
    oracle('full, all data and policies', (i) => cedar.isAuthorized({ context: {}, ...requests[i]!, policies, entities } as never)),
  ];
}

/** With these entities in the call, for each request. */
export function cedarWasmWith({ name, text, links, requests }: Scenario, mode: string, lists: readonly unknown[]): Oracle {
  const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as Cedar;
  const known = cedar.preparsePolicySet(name, policiesOf(cedar, text, links));
  if (known.type === 'failure') throw new Error(known.errors.map(({ message }) => message).join());
  const answer = (i: number) =>
    cedar.statefulIsAuthorized({
      context: {},
      ...requests[i]!,
      preparsedPolicySetId: name,
      entities: lists[i],
    } as never);
  const run = loop('answer(i)', { answer }, requests.length);
  return { engine: 'cedar-wasm', mode, run, allows: (i) => allowed(answer(i)) };
}

function allowed(answer: Answer): boolean {
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join());
  return answer.response.decision === 'allow';
}

/** Templates have to be given apart, and all by their ids. */
function policiesOf(cedar: Cedar, text: string, links: Scenario['links']): never {
  const parts = cedar.policySetTextToParts(text);
  if (parts.type === 'failure') throw new Error(parts.errors.map(({ message }) => message).join());
  const byId = (texts: readonly string[]) =>
    Object.fromEntries(texts.map((each) => [/@id\("([^"]*)"\)/.exec(each)![1]!, each]));
  return {
    staticPolicies: byId(parts.policies),
    templates: byId(parts.policy_templates),
    templateLinks: links,
  } as never;
}

function sliceOf({ principal, action, resource }: RequestJson, { entities, reads }: Scenario): unknown {
  const byKey = indexOf(entities);
  const slice = new Map<string, EntityJson>();
  const open = [principal, action, resource];
  for (let uid = open.pop(); uid !== undefined; uid = open.pop()) {
    const found = byKey.get(keyOf(uid));
    if (found === undefined || slice.has(keyOf(uid))) continue;
    const read = reads.filter((name) => name in found.attrs).map((name) => [name, found.attrs[name]] as const);
    slice.set(keyOf(uid), { uid, attrs: Object.fromEntries(read), parents: ancestorsOf(found, byKey) });
    // Policies reach from the resource to its owner.
    for (const [name, value] of read) if (name === 'owner') open.push((value as { __entity: UidJson }).__entity);
  }
  return [...slice.values()];
}

const indexes = new WeakMap<readonly EntityJson[], ReadonlyMap<string, EntityJson>>();

function indexOf(entities: readonly EntityJson[]): ReadonlyMap<string, EntityJson> {
  let index = indexes.get(entities);
  if (index === undefined) {
    index = new Map(entities.map((entity) => [keyOf(entity.uid), entity]));
    indexes.set(entities, index);
  }
  return index;
}

function ancestorsOf({ parents }: EntityJson, byKey: ReadonlyMap<string, EntityJson>): UidJson[] {
  const found = new Map<string, UidJson>();
  const open = [...parents];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(keyOf(next))) continue;
    found.set(keyOf(next), next);
    open.push(...(byKey.get(keyOf(next))?.parents ?? []));
  }
  return [...found.values()];
}
