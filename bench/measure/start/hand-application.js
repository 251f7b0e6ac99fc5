/**
 * Hand application — the ten policies as a good engineer would write them.
 */
const keyOf = ({ type, id }) => `${type}::${id}`;

export class Application {
  #users = new Map();
  #documents = new Map();

  constructor(entities) {
    for (const { uid, attrs, parents } of entities) {
      if (uid.type === 'User') {
        this.#users.set(keyOf(uid), { ...attrs, roles: new Set(attrs.roles), teams: new Set(parents.map(keyOf)) });
      } else if (uid.type === 'Document') {
        const [owner, team] = [keyOf(attrs.owner.__entity), keyOf(attrs.team.__entity)];
        this.#documents.set(keyOf(uid), { ...attrs, owner, team });
      }
    }
  }

  isAllowed({ principal, action, resource }) {
    const user = this.#users.get(keyOf(principal));
    const document = this.#documents.get(keyOf(resource));
    if (user.suspended || (document.secret && user.level < 5)) return false;
    if (document.owner === keyOf(principal)) return true;
    return this.#permits(user, action.id, document);
  }

  #permits(user, action, document) {
    const member = user.teams.has(document.team);
    const staff = user.teams.has('Team::staff');
    switch (action) {
      case 'view':
        return document.public || member || staff || (user.department === document.department && !document.secret);
      case 'edit':
        return member && user.level >= 3;
      case 'comment':
        return (member && user.level >= 3) || (document.public && user.level >= 1);
      case 'audit':
        return staff || user.roles.has('auditor');
      default:
        return false;
    }
  }
}
