/**
 * GitHub — users and teams with roles on repositories, and through organizations; the data model of the OOPSLA 2024 paper on Cedar.
 */
import { type Applies, entity, Generator, range, ref, requestsFor, uid } from './generator.ts';
import type { LinkJson, Scenario, UidJson } from './scenario.ts';

const ROLES = [
  { role: 'readers', action: '== Action::"read"', name: 'read' },
  { role: 'triagers', action: 'in Action::"triage"', name: 'triage' },
  { role: 'writers', action: 'in Action::"write"', name: 'write' },
  { role: 'maintainers', action: 'in Action::"maintain"', name: 'maintain' },
  { role: 'admins', action: 'in Action::"admin"', name: 'admin' },
] as const;
const ORGANIZATION_ROLES = ROLES.filter(({ role }) => role !== 'triagers' && role !== 'maintainers');

const DIRECT = ROLES.map(
  ({ role, action, name }) =>
    `@id("${name}") permit (principal, action ${action}, resource) when { principal in resource.${role} };`,
);
const INHERITED = ORGANIZATION_ROLES.map(
  ({ role, action, name }) =>
    `@id("owner-${name}") permit (principal, action ${action}, resource) when { principal in resource.owner.${role} };`,
);
const TEMPLATES = ROLES.map(
  ({ action, name }) => `@id("${name}") permit (principal in ?principal, action ${action}, resource == ?resource);`,
);

const schema = (repository: string) => `
entity User in [Organization, Team, OrgPermission, RepoPermission];
entity Team in [Team, RepoPermission];
entity Organization in [OrgPermission] = { readers: OrgPermission, writers: OrgPermission, admins: OrgPermission };
entity Repository = { owner: Organization ${repository} };
entity OrgPermission;
entity RepoPermission;
action admin appliesTo { principal: User, resource: Repository };
action maintain in [admin] appliesTo { principal: User, resource: Repository };
action write in [maintain] appliesTo { principal: User, resource: Repository };
action triage in [write] appliesTo { principal: User, resource: Repository };
action read in [triage] appliesTo { principal: User, resource: Repository };
`;

const NAMES = ROLES.map(({ name }) => name);
const APPLIES: readonly Applies[] = NAMES.map((action) => ({ action, principal: 'User', resource: 'Repository' }));

/** Who may read may be named by who may do more: an action is in the next stronger. */
const actions = NAMES.map((name, i) =>
  entity('Action', name, {}, i + 1 < NAMES.length ? [uid('Action', NAMES[i + 1]!)] : []),
);

export function github(size: number): Scenario {
  const generator = new Generator(size);
  const repositories = range(size).flatMap((i) => {
    const roles = ROLES.map(({ role }) => [role, ref('RepoPermission', `repo_${i}_${role}`)]);
    const attrs = { owner: ref('Organization', `org_${generator.below(size)}`), ...Object.fromEntries(roles) };
    const permissions = ROLES.map(({ role }) => entity('RepoPermission', `repo_${i}_${role}`, {}, []));
    return [entity('Repository', `repo_${i}`, attrs, []), ...permissions];
  });
  const roleOf = (i: number) => uid('RepoPermission', `repo_${i}_${generator.pick(ROLES).role}`);
  const uses = () => range(size).filter(() => generator.connected());
  const data = [...people(generator, size, () => uses().map(roleOf)), ...repositories, ...actions];
  return {
    name: 'github',
    size,
    text: [...DIRECT, ...INHERITED].join('\n'),
    links: [],
    schema: schema(ROLES.map(({ role }) => `, ${role}: RepoPermission`).join('')),
    entities: data,
    requests: generator.requests(requestsFor(size), APPLIES, data),
    reads: ['owner', ...ROLES.map(({ role }) => role)],
  };
}

/** The same with a link for each role that a user or team has on a repository. */
export function githubTemplates(size: number): Scenario {
  const generator = new Generator(size);
  const repositories = range(size).map((i) =>
    entity('Repository', `repo_${i}`, { owner: ref('Organization', `org_${generator.below(size)}`) }, []),
  );
  const persons = people(generator, size, () => []);
  const links: LinkJson[] = [];
  for (const { uid: person } of persons) {
    if (person.type !== 'User' && person.type !== 'Team') continue;
    for (const repository of generator.some('Repository', 'repo_', size)) {
      const templateId = generator.pick(NAMES);
      const values = { '?principal': person, '?resource': repository };
      links.push({ templateId, newId: `${templateId} ${person.id} ${repository.id}`, values });
    }
  }
  const data = [...persons, ...repositories, ...actions];
  return {
    name: 'github-templates',
    size,
    text: [...TEMPLATES, ...INHERITED].join('\n'),
    links,
    schema: schema(''),
    entities: data,
    requests: generator.requests(requestsFor(size), APPLIES, data),
    reads: ['owner', ...ORGANIZATION_ROLES.map(({ role }) => role)],
  };
}

/** Organizations with their permissions, teams and users; `uses` are the roles on repositories that one of them has. */
function people(generator: Generator, size: number, uses: () => UidJson[]): Scenario['entities'] {
  const numbers = range(size);
  const orgRole = (i: number) => uid('OrgPermission', `org_${i}_${generator.pick(ORGANIZATION_ROLES).role}`);
  const orgRoles = () => numbers.filter(() => generator.connected()).map(orgRole);
  const organizations = numbers.flatMap((i) => {
    const permissions = ORGANIZATION_ROLES.map(({ role }) => `org_${i}_${role}`);
    const attrs = Object.fromEntries(
      ORGANIZATION_ROLES.map(({ role }, n) => [role, ref('OrgPermission', permissions[n]!)]),
    );
    return [
      entity('Organization', `org_${i}`, attrs, orgRoles()),
      ...permissions.map((id) => entity('OrgPermission', id, {}, [])),
    ];
  });
  const teams = numbers.map((i) => entity('Team', `team_${i}`, {}, [...generator.some('Team', 'team_', i), ...uses()]));
  const users = numbers.map((i) => {
    const parents = [...uses(), ...generator.some('Team', 'team_', size)];
    return entity('User', `user_${i}`, {}, [
      ...parents,
      ...generator.some('Organization', 'org_', size),
      ...orgRoles(),
    ]);
  });
  return [...organizations, ...teams, ...users];
}
