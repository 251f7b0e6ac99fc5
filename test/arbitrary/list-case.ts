/**
 * List case — a case for lists: half of them in a schema drawn at random, half in one whose rows have a column of every kind, and two texts.
 *
 * Types of a schema drawn at random have few attributes, and seldom a text.
 */
import { parseSchema } from '../../src/index.ts';
import { arbitraryCase, type Case, type CaseSize, caseIn } from './case.ts';
import type { Random } from './random.ts';
import { worldOf } from './world.ts';

const { schema: SCHEMA } = parseSchema(`
  entity Team in [Team];
  entity User in [Team] { name: String, level: Long, manager?: User };
  entity Folder in [Folder] { owner: User, name: String };
  entity Doc in [Folder] {
    title: String, label?: String, size: Long, rank?: Long, public: Bool, hidden?: Bool, owner: User, reviewer?: User, words: Set<String>,
    readers?: Set<User>, numbers: Set<Long>, due: datetime, left?: duration, price: decimal, meta: { lang: String, note?: String, depth: Long },
  } tags String;
  action view, edit appliesTo { principal: User, resource: [Doc, Folder, User], context: { text: String, n: Long, words: Set<String>, who?: User } };
`);

/** Requests are cheap beside tables, and those that ask for the same list are left out. */
const SIZE: CaseSize = { policies: 4, requests: 24, fuel: 2 };

export function arbitraryListCase(random: Random): Case {
  return random.chance(50)
    ? arbitraryCase(random, 'typed', SIZE)
    : caseIn(random, worldOf(random, SCHEMA!), 'typed', SIZE);
}
