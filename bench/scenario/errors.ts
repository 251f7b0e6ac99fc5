/**
 * Errors — policies of which some err on some requests: an attribute is missing, or a number where text should be.
 */
import { entity, Generator, range, requestsFor, uid } from './generator.ts';
import type { Scenario } from './scenario.ts';

const TEXT = `
@id("level") permit (principal, action == Action::"read", resource) when { principal.level > 3 };
@id("team") permit (principal, action == Action::"read", resource) when { principal.team == resource.team };
@id("active") permit (principal, action == Action::"read", resource) when { principal.active };
@id("secret") forbid (principal, action == Action::"read", resource) when { resource.secret && !(principal.cleared) };
`;

const SCHEMA = `
entity User = { level?: Long, team?: String, active?: Bool, cleared?: Bool };
entity Document = { team: String, secret: Bool };
action read appliesTo { principal: User, resource: Document };
`;

/** `size` users, each of whom lacks one in ten of the attributes that policies read. */
export function errors(size: number): Scenario {
  const generator = new Generator(size);
  const has = () => generator.random() < 0.9;
  const users = range(size).map((i) => {
    const all = { level: i % 7, team: `team ${i % 5}`, active: i % 3 === 0, cleared: i % 2 === 0 };
    return entity('User', `${i}`, Object.fromEntries(Object.entries(all).filter(has)), []);
  });
  const documents = range(size).map((i) =>
    entity('Document', `${i}`, { team: `team ${i % 5}`, secret: i % 4 === 0 }, []),
  );
  return {
    name: 'errors',
    size,
    text: TEXT,
    links: [],
    schema: SCHEMA,
    entities: [...users, ...documents],
    requests: range(requestsFor(size)).map(() => ({
      principal: generator.pick(users).uid,
      action: uid('Action', 'read'),
      resource: generator.pick(documents).uid,
    })),
    reads: ['level', 'team', 'active', 'cleared', 'secret'],
  };
}
