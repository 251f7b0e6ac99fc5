/**
 * Actions — five hundred actions in fifty groups, a few policies for each group, and some for all.
 */
import { entity, Generator, range, requestsFor, uid } from './generator.ts';
import type { Scenario } from './scenario.ts';

const GROUPS = 50;
const ACTIONS = 500;

const groupPolicies = range(GROUPS).flatMap((i) => [
  `@id("level ${i}") permit (principal, action in Action::"group ${i}", resource) when { principal.level > ${i % 10} };`,
  `@id("owner ${i}") permit (principal, action == Action::"do ${i}", resource) when { resource.owner == principal };`,
]);
const TEXT = [
  ...groupPolicies,
  '@id("suspended") forbid (principal, action, resource) when { principal.suspended };',
].join('\n');

const SCHEMA = [
  'entity User = { level: Long, suspended: Bool };',
  'entity Thing = { owner: User };',
  ...range(GROUPS).map((i) => `action "group ${i}";`),
  ...range(ACTIONS).map(
    (i) => `action "do ${i}" in [Action::"group ${i % GROUPS}"] appliesTo { principal: User, resource: Thing };`,
  ),
].join('\n');

export function actions(size: number): Scenario {
  const generator = new Generator(size);
  const users = range(size).map((i) => entity('User', `${i}`, { level: i % 11, suspended: i % 20 === 0 }, []));
  const things = range(size).map((i) =>
    entity('Thing', `${i}`, { owner: { __entity: generator.pick(users).uid } }, []),
  );
  const all = range(ACTIONS).map((i) => entity('Action', `do ${i}`, {}, [uid('Action', `group ${i % GROUPS}`)]));
  const groups = range(GROUPS).map((i) => entity('Action', `group ${i}`, {}, []));
  return {
    name: 'actions',
    size,
    text: TEXT,
    links: [],
    schema: SCHEMA,
    entities: [...users, ...things, ...all, ...groups],
    requests: range(requestsFor(size)).map(() => ({
      principal: generator.pick(users).uid,
      action: generator.pick(all).uid,
      resource: generator.pick(things).uid,
    })),
    reads: ['level', 'suspended', 'owner'],
  };
}
