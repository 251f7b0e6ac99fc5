/**
 * Links — up to a million links of one template, by `==` and by `in`: what a system is like that keeps each grant as a link.
 */
import { entity, Generator, range, requestsFor, uid } from './generator.ts';
import type { LinkJson, Scenario } from './scenario.ts';

const SCHEMA = `
entity Group;
entity User in [Group];
entity Folder;
entity Document in [Folder];
action read appliesTo { principal: User, resource: Document };
`;

const TEXT = '@id("grant") permit (principal == ?principal, action == Action::"read", resource == ?resource);';
const TEXT_IN = '@id("grant") permit (principal in ?principal, action == Action::"read", resource in ?resource);';

/** Users and documents of which half the pairs are linked. */
export function links(size: number): Scenario {
  return granted('links', size, TEXT, 'User', 'Document');
}

/** Users are in three groups and documents in three folders; a link is between a group and a folder. */
export function linksIn(size: number): Scenario {
  return granted('links-in', size, TEXT_IN, 'Group', 'Folder');
}

function granted(name: string, size: number, text: string, from: string, to: string): Scenario {
  const generator = new Generator(size);
  const side = Math.ceil(Math.sqrt(2 * size));
  const some = (type: string) => [...new Set(range(3).map(() => generator.below(side)))].map((i) => uid(type, `${i}`));
  const entities = range(side).flatMap((i) => [
    entity('Group', `${i}`, {}, []),
    entity('Folder', `${i}`, {}, []),
    entity('User', `${i}`, {}, some('Group')),
    entity('Document', `${i}`, {}, some('Folder')),
  ]);
  const made: LinkJson[] = range(size).map((i) => {
    // Two pairs in three of a row of pairs, in an order that scatters them over both sides.
    const pair = i * 2 + (i % 2);
    const values = {
      '?principal': uid(from, `${pair % side}`),
      '?resource': uid(to, `${Math.floor(pair / side) % side}`),
    };
    return { templateId: 'grant', newId: `grant ${i}`, values };
  });
  return {
    name,
    size,
    text,
    links: made,
    schema: SCHEMA,
    entities,
    requests: range(requestsFor(side)).map(() => ({
      principal: uid('User', `${generator.below(side)}`),
      action: uid('Action', 'read'),
      resource: uid('Document', `${generator.below(side)}`),
    })),
    reads: [],
  };
}
