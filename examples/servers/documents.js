/**
 * Documents — the data of the examples: rows, as a database would give them, and their entities.
 */
const ROWS = new Map([
  ['plan', { id: 'plan', owner: 'ann', public: false, text: 'the plan' }],
  ['news', { id: 'news', owner: 'ann', public: true, text: 'the news' }],
]);

export function documentOf(id) {
  return ROWS.get(id);
}

export function entityOf({ id, owner, public: isPublic }) {
  return { uid: { type: 'Doc', id }, attrs: { owner: { type: 'User', id: owner }, public: isPublic }, parents: [] };
}

/** The status of a request for a document, by the engine's answer. A document that is not there looks like one that nobody may see. */
export function statusOf(authz, user, action, id) {
  if (user === undefined) return 401;
  const row = documentOf(id);
  if (row === undefined) return 403;
  const request = { principal: { type: 'User', id: user }, action, resource: { type: 'Doc', id } };
  return authz.isAllowed(request, [entityOf(row)]) ? 200 : 403;
}
