/**
 * Attributes — conditions of every kind: text and patterns, sets, records, numbers, addresses, decimals, times, and a context.
 */
import { entity, Generator, range, requestsFor, uid } from './generator.ts';
import type { RequestJson, Scenario } from './scenario.ts';

const SCHEMA = `
type Address = { city: String, zip: String };
entity User = { name: String, email: String, roles: Set<String>, home: Address, age: Long, credit: decimal };
entity Item = { path: String, tags: Set<String>, at: Address, price: Long, limit: decimal, released: datetime };
action view, buy, audit, ship appliesTo { principal: User, resource: Item, context: { ip: ipaddr, now: datetime, mfa: Bool } };
`;

const TEXT = `
@id("view") permit (principal, action == Action::"view", resource)
when { principal.email like "*@example.com" && resource.path like "/public/*" };
@id("tagged") permit (principal, action == Action::"view", resource)
when { resource.tags.containsAny(principal.roles) || principal.roles.contains("admin") };
@id("buy") permit (principal, action == Action::"buy", resource)
when { principal.age * 2 + 10 > resource.price && principal.credit.greaterThanOrEqual(resource.limit) };
@id("audit") permit (principal, action == Action::"audit", resource)
when { context.mfa && context.ip.isInRange(ip("10.0.0.0/8")) && principal.roles.containsAll(["auditor", "staff"]) };
@id("ship") permit (principal, action == Action::"ship", resource)
when { principal.home == resource.at && context.now >= resource.released };
@id("embargo") forbid (principal, action in [Action::"buy", Action::"ship"], resource)
when { context.now < resource.released && !principal.roles.contains("admin") };
`;

const ROLES = ['admin', 'auditor', 'staff', 'editor', 'transient', 'sales'];
const DAY = 86_400_000;

export function attributes(size: number): Scenario {
  const generator = new Generator(size);
  const some = () => ROLES.filter(() => generator.random() < 0.4);
  const address = () => ({ city: `city ${generator.below(3)}`, zip: `${generator.below(2)}` });
  const decimal = () => ({ __extn: { fn: 'decimal', arg: `${generator.below(100)}.${generator.below(10)}` } });
  const users = range(size).map((i) =>
    entity(
      'User',
      `${i}`,
      {
        name: `user ${i}`,
        email: `user${i}@${generator.random() < 0.5 ? 'example.com' : 'example.org'}`,
        roles: some(),
        home: address(),
        age: generator.below(90),
        credit: decimal(),
      },
      [],
    ),
  );
  const items = range(size).map((i) =>
    entity(
      'Item',
      `${i}`,
      {
        path: `/${generator.random() < 0.5 ? 'public' : 'private'}/item/${i}`,
        tags: some(),
        at: address(),
        price: generator.below(200),
        limit: decimal(),
        released: { __extn: { fn: 'datetime', arg: dateOf(generator.below(1000)) } },
      },
      [],
    ),
  );
  const contexts = range(20).map(() => ({
    ip: { __extn: { fn: 'ip', arg: `${generator.random() < 0.5 ? 10 : 11}.0.0.${generator.below(255)}` } },
    now: { __extn: { fn: 'datetime', arg: dateOf(generator.below(1000)) } },
    mfa: generator.random() < 0.8,
  }));
  const requests: RequestJson[] = range(requestsFor(size)).map(() => ({
    principal: generator.pick(users).uid,
    action: uid('Action', generator.pick(['view', 'buy', 'audit', 'ship'])),
    resource: generator.pick(items).uid,
    context: generator.pick(contexts),
  }));
  return {
    name: 'attributes',
    size,
    text: TEXT,
    links: [],
    schema: SCHEMA,
    entities: [...users, ...items],
    requests,
    reads: ['email', 'roles', 'home', 'age', 'credit', 'path', 'tags', 'at', 'price', 'limit', 'released'],
  };
}

function dateOf(days: number): string {
  return new Date(Date.UTC(2025, 0, 1) + days * DAY).toISOString().slice(0, 10);
}
