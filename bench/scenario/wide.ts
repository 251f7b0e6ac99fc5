/**
 * Wide — many policies of one action that no index of scopes can cut, for each asks for attributes: of one shape, or of many.
 */
import { entity, Generator, range, requestsFor, uid } from './generator.ts';
import type { Scenario } from './scenario.ts';

const SCHEMA = `
entity User = { team: String, level: Long, country: String, active: Bool };
entity Document = { label: String, size: Long, team: String, draft: Bool };
action read appliesTo { principal: User, resource: Document };
`;

/** What a policy of `wide` demands; written out so that the rival by hand may loop over it. */
export interface Demand {
  readonly id: string;
  readonly team: string;
  readonly level: number;
  readonly label: string;
}

export function demandsOf(size: number): Demand[] {
  return range(size).map((i) => ({ id: `p${i}`, team: `team ${i % 997}`, level: i % 7, label: `label ${i % 1009}` }));
}

/** Policies that differ only in what they compare with; the order of levels comes first, which no index of equals can cut either. */
export function wide(size: number): Scenario {
  return alike('wide', size, (team, level, label) => [level, team, label]);
}

/** The same demands, the team first: most are of another team. */
export function teams(size: number): Scenario {
  return alike('teams', size, (team, level, label) => [team, level, label]);
}

function alike(
  name: string,
  size: number,
  inOrder: (team: string, level: string, label: string) => string[],
): Scenario {
  const text = demandsOf(size).map(({ id, team, level, label }) => {
    const clauses = inOrder(
      `principal.team == "${team}"`,
      `principal.level >= ${level}`,
      `resource.label == "${label}"`,
    );
    return `@id("${id}") permit (principal, action == Action::"read", resource)
       when { ${clauses.join(' && ')} };`;
  });
  return around(name, size, text);
}

/** Conditions of which policies of `wide-shapes` have some, in varying order: so that hardly two are alike. */
const CONDITIONS = [
  (i: number) => `principal.team == "team ${i % 997}"`,
  (i: number) => `principal.level >= ${i % 7}`,
  (i: number) => `principal.country != "country ${i % 13}"`,
  () => 'principal.active',
  (i: number) => `resource.label == "label ${i % 1009}"`,
  (i: number) => `resource.size < ${i % 1000}`,
  () => 'resource.team == principal.team',
  () => '!resource.draft',
];

export function wideShapes(size: number): Scenario {
  const generator = new Generator(size);
  const text = range(size).map((i) => {
    const order = range(CONDITIONS.length).sort(() => generator.random() - 0.5);
    const chosen = order.slice(0, 3 + generator.below(4)).map((n) => CONDITIONS[n]!(i));
    return `@id("p${i}") permit (principal, action == Action::"read", resource) when { ${chosen.join(' && ')} };`;
  });
  return around('wide-shapes', size, text);
}

function around(name: string, size: number, text: readonly string[]): Scenario {
  const generator = new Generator(size);
  const users = range(50).map((i) => {
    // Few match: a first policy that is satisfied would end the decision.
    const team = `team ${i % 10 === 0 ? 7 : generator.below(2000)}`;
    return entity('User', `${i}`, { team, level: i % 7, country: `country ${i % 13}`, active: i % 3 > 0 }, []);
  });
  const documents = range(50).map((i) => {
    const label = `label ${i % 10 === 0 ? 7 : generator.below(2000)}`;
    return entity(
      'Document',
      `${i}`,
      { label, size: generator.below(1000), team: `team ${i}`, draft: i % 5 === 0 },
      [],
    );
  });
  const entities = [...users, ...documents];
  return {
    name,
    size,
    text: text.join('\n'),
    links: [],
    schema: SCHEMA,
    entities,
    requests: range(requestsFor(50)).map(() => ({
      principal: generator.pick(users).uid,
      action: uid('Action', 'read'),
      resource: generator.pick(documents).uid,
    })),
    reads: ['team', 'level', 'country', 'active', 'label', 'size', 'draft'],
  };
}
