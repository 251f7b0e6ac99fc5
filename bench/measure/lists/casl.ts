/**
 * CASL — the same rules as an ability of one user, and the query that `accessibleBy` makes of it.
 *
 * `accessibleBy` is in the packages for Mongoose and Prisma, which need these. It is a call of `rulesToCondition` of CASL itself, with the functions below,
 * which are those of `@casl/mongoose` 9: the query is that of MongoDB.
 */
import { createMongoAbility, type MongoAbility } from '@casl/ability';
import { rulesToCondition } from '@casl/ability/extra';

/** CASL has no policies: rules are made for each user, with the user's data in them. */
export function abilityOf(user: string): MongoAbility {
  return createMongoAbility([
    { action: 'view', subject: 'Doc', conditions: { isPublic: true } },
    { action: 'view', subject: 'Doc', conditions: { ownerId: user } },
    { action: 'view', subject: 'Doc', conditions: { viewerIds: user } },
    { action: 'view', subject: 'Doc', inverted: true, conditions: { label: { $regex: '^secret' } } },
    { action: 'view', subject: 'Doc', inverted: true, conditions: { size: { $gt: 9000 }, ownerId: { $ne: user } } },
  ]);
}

type Rule = ReturnType<MongoAbility['rulesFor']>[number];

const HOOKS = {
  and: (conditions: object[]): object => ({ $and: conditions }),
  or: (conditions: object[]): object => ({ $or: conditions }),
  empty: (): object => ({}),
};

function queryOf({ conditions, inverted }: Rule): object {
  return inverted ? { $nor: [conditions] } : (conditions as object);
}

/** The documents that may be viewed. Throws where there are none. */
export function accessibleBy(ability: MongoAbility): object {
  const query = rulesToCondition(ability.rulesFor('view', 'Doc'), queryOf, HOOKS);
  if (query === null) throw new Error('nothing may be viewed');
  return query;
}
