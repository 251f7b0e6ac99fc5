/**
 * Documents — rows, as a database would give them, and who may do what with them.
 */
import { entityBuilders } from 'cedarmill/runtime';
import authz, { schema } from './documents.cedar';

const ROWS = [
  { id: 'plan', owner: 'ann', public: false, text: 'the plan' },
  { id: 'news', owner: 'ann', public: true, text: 'the news' },
];

const { User, Doc } = entityBuilders(schema);
const entityOf = (row) => Doc(row.id, { attrs: { owner: User.uid(row.owner), public: row.public } });

/** What a user sees: the rows that may be viewed, each with what else is allowed. */
export function documentsFor(user) {
  return ROWS.map((row) => ({ ...row, allowed: allowedActions(user, row) })).filter(({ allowed }) =>
    allowed.includes('view'),
  );
}

function allowedActions(user, row) {
  const doc = entityOf(row);
  return authz.allowedActions({ principal: User.uid(user), resource: doc.uid }, [doc]);
}

/** The row, or the status of a refusal. A document that is not there looks like one that nobody may see. */
export function guarded(user, action, id) {
  if (user === null) return { status: 401 };
  const row = ROWS.find((each) => each.id === id);
  if (row === undefined) return { status: 403 };
  const doc = entityOf(row);
  const isAllowed = authz.isAllowed({ principal: User.uid(user), action, resource: doc.uid }, [doc]);
  return isAllowed ? { status: 200, row } : { status: 403 };
}
