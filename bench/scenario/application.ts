/**
 * Application — documents of a company, and requests as applications make them: with a context, by ids, with the entities that they are about in the call.
 *
 * Five policies, and a context of three attributes. The same with a policy that errs, and with extension values in the context.
 */
import { entity, Generator, range, ref, uid } from './generator.ts';
import type { EntityJson, RequestJson, Scenario, UidJson } from './scenario.ts';

const TYPES = `
entity Team in [Team];
entity Folder;
entity User in [Team] { role: String };
entity Document in [Folder] { owner: User, team: Team, tenant: String, public: Bool, level?: Long };
`;

const SCHEMA = `${TYPES}
action view, edit appliesTo { principal: User, resource: Document, context: { tenant: String, hour: Long, mfa: Bool } };
`;

const EXTENSION_SCHEMA = `${TYPES}
action view, edit appliesTo { principal: User, resource: Document, context: { ip: ipaddr, at: datetime, amount: decimal, age: duration } };
`;

const POLICIES = `
@id("owner") permit (principal, action, resource) when { resource.owner == principal };
@id("team") permit (principal, action == Action::"view", resource) when { principal in resource.team };
@id("public") permit (principal, action == Action::"view", resource) when { resource.public && context.mfa };
@id("editors") permit (principal, action == Action::"edit", resource)
when { principal.role == "editor" && resource.tenant == context.tenant };
@id("hours") forbid (principal, action, resource) when { context.hour < 6 && principal.role != "admin" };
`;

/** No document has a level. */
const ERRING = `${POLICIES}
@id("level") permit (principal, action == Action::"view", resource) when { resource.level > 3 };
`;

const EXTENSIONS = `
@id("network") permit (principal, action, resource) when { context.ip.isInRange(ip("10.0.0.0/8")) && context.at < datetime("2025-07-01") };
@id("small") permit (principal, action == Action::"view", resource)
when { context.amount.lessThan(decimal("20.5")) && context.age <= duration("1h") };
@id("old") forbid (principal, action, resource) when { context.age > duration("10h") && principal.role != "admin" };
`;

const ROLES = ['editor', 'reader', 'admin'];
const REQUESTS = 500;

/** As many documents, and half as many users. */
export function application(size: number): Scenario {
  return scenarioOf('application', size, SCHEMA, POLICIES, plainContext);
}

export function applicationErrors(size: number): Scenario {
  return scenarioOf('application-errors', size, SCHEMA, ERRING, plainContext);
}

export function applicationExtensions(size: number): Scenario {
  return scenarioOf('application-extensions', size, EXTENSION_SCHEMA, EXTENSIONS, extensionContext);
}

/** Asked with rows of the application in the place of uids. */
export function applicationOwn(size: number): Scenario {
  return scenarioOf('application-own', size, SCHEMA, POLICIES, plainContext);
}

/** With this many entities in the call (`callLists`). */
export function applicationList(size: number): Scenario {
  const scenario = scenarioOf('application-list', Math.max(20, size), SCHEMA, POLICIES, plainContext);
  return { ...scenario, size, requests: scenario.requests.slice(0, requestsAt(size)) };
}

/** Few where a list is long: each request has a list of its own. */
function requestsAt(size: number): number {
  return size <= 20 ? REQUESTS : size <= 1000 ? 60 : 6;
}

function scenarioOf(
  name: string,
  size: number,
  schema: string,
  text: string,
  contextOf: (generator: Generator) => Readonly<Record<string, unknown>>,
): Scenario {
  const generator = new Generator(size);
  const count = Math.max(4, Math.ceil(size / 2));
  const departments = range(Math.ceil(count / 8)).map((i) => entity('Team', `department-${i}`, {}, []));
  const teams = range(Math.ceil(count / 3)).map((i) =>
    entity('Team', `team-${i}`, {}, [generator.pick(departments).uid]),
  );
  const folders = range(Math.ceil(count / 3)).map((i) => entity('Folder', `folder-${i}`, {}, []));
  const users = range(count).map((i) =>
    entity('User', `user-${i}`, { role: generator.pick(ROLES) }, [generator.pick(teams).uid]),
  );
  const documents = range(size).map((i) =>
    entity(
      'Document',
      `document-${i}`,
      {
        owner: ref('User', generator.pick(users).uid.id),
        team: ref('Team', generator.pick([...teams, ...departments]).uid.id),
        tenant: generator.pick(['acme', 'globex']),
        public: generator.random() < 0.3,
      },
      [generator.pick(folders).uid],
    ),
  );
  const contexts = range(20).map(() => contextOf(generator));
  const requests: RequestJson[] = range(REQUESTS).map(() => {
    const resource = generator.pick(documents);
    const owner = (resource.attrs.owner as { readonly __entity: UidJson }).__entity;
    return {
      principal: generator.random() < 0.3 ? owner : generator.pick(users).uid,
      action: uid('Action', generator.pick(['view', 'edit'])),
      resource: resource.uid,
      context: generator.pick(contexts),
    };
  });
  const entities = [...departments, ...teams, ...folders, ...users, ...documents];
  const reads = ['owner', 'team', 'tenant', 'public', 'role', 'level'];
  return { name, size, text, links: [], schema, entities, requests, reads };
}

function plainContext(generator: Generator): Readonly<Record<string, unknown>> {
  return {
    tenant: generator.pick(['acme', 'globex']),
    hour: generator.below(24),
    mfa: generator.random() < 0.5,
  };
}

function extensionContext(generator: Generator): Readonly<Record<string, unknown>> {
  const extension = (fn: string, arg: string) => ({ __extn: { fn, arg } });
  return {
    ip: extension('ip', `${generator.random() < 0.5 ? 10 : 11}.0.0.${generator.below(255)}`),
    at: extension('datetime', `2025-${generator.random() < 0.5 ? '03' : '09'}-${10 + generator.below(18)}T12:00:00Z`),
    amount: extension('decimal', `${generator.below(40)}.${generator.below(10)}`),
    age: extension('duration', `${generator.below(12)}h${generator.below(60)}m`),
  };
}

/**
 * For each request the entities that come with it, new objects each time: the document, its folder, the user, the user's team, and the department of that;
 * or fewer of them; or others besides.
 */
export function callLists({ requests, entities }: Scenario, count: number): (readonly EntityJson[])[] {
  const byKey = new Map(entities.map((each) => [`${each.uid.type}::${each.uid.id}`, each]));
  const of = ({ type, id }: UidJson) => byKey.get(`${type}::${id}`)!;
  return requests.map(({ principal, resource }) => {
    const user = of(principal);
    const document = of(resource);
    const team = of(user.parents[0]!);
    const own = [document, user, team, of(team.parents[0]!), of(document.parents[0]!)].slice(0, count);
    const others = entities.filter((each) => !own.includes(each)).slice(0, count - own.length);
    return JSON.parse(JSON.stringify([...others, ...own])) as readonly EntityJson[];
  });
}
