/**
 * App — the API. Each route names the action and the resource that it is about, and nothing happens unless the policies allow it.
 */
import { getRequestListener } from '@hono/node-server';
import { EntityStore } from 'cedarmill/runtime';
import { type Context, Hono } from 'hono';
import authz, { type Actions, type Request, schema } from '../policies/policies.cedar';
import { Database } from './database.ts';

const database = await Database.open();
const store = EntityStore.from(database.entities(), { schema });
const APPLICATION = { type: 'Application', id: 'TinyTodo' } as const;

/** Who asks. A real application has a session here. */
function userOf(context: Context): string {
  const user = context.req.header('x-user') ?? '';
  if (!database.users().includes(user)) throw new Refused(401, 'sign in');
  return user;
}

class Refused extends Error {
  readonly status: 401 | 403 | 404;
  readonly policies: readonly string[];

  constructor(status: 401 | 403 | 404, message: string, policies: readonly string[] = []) {
    super(message);
    this.status = status;
    this.policies = policies;
  }
}

/** Throws unless the policies allow it; says what the decision was, what made it and what it cost. */
function require<A extends keyof Actions>(context: Context, request: Request<A>): void {
  const begin = performance.now();
  const { decision, determiningPolicies } = authz.isAuthorized(request as Request, store);
  const micros = Math.round((performance.now() - begin) * 1000);
  context.header('x-decision', JSON.stringify({ action: request.action, decision, determiningPolicies, micros }));
  if (decision === 'deny') throw new Refused(403, 'the policies do not allow it', determiningPolicies);
}

/** The request for an action on the list of the path. */
function onList<A extends Exclude<keyof Actions, 'CreateList' | 'GetLists'>>(context: Context, action: A) {
  const id = context.req.param('id') ?? '';
  const list = database.list(id);
  // Whoever may not see a list is not told whether it is there.
  if (list === undefined) throw new Refused(403, 'the policies do not allow it');
  require(context, {
    principal: { type: 'User', id: userOf(context) },
    action,
    resource: { type: 'List', id },
  } as Request<A>);
  return list;
}

/** Everything that a user may look at, and the entities that the page asks the same policies about. */
function stateFor(user: string) {
  const principal = { type: 'User', id: user } as const;
  const visible = [...authz.allowedResources({ principal, action: 'GetList', resource: 'List' }, store)];
  const ids = new Set(visible.map(({ id }) => id));
  return {
    users: database.users(),
    lists: database.lists().filter(({ id }) => ids.has(id)),
    entities: [...store]
      .filter(({ uid }) => uid.type !== 'List' || ids.has(uid.id))
      .filter(({ uid }) => uid.type !== 'Action'),
  };
}

/** The database has changed: the policies are asked about what it holds now. */
function changed(context: Context) {
  store.replaceAll(database.entities());
  return context.json(stateFor(userOf(context)));
}

const app = new Hono();

app.get('/api/users', (context) => context.json(database.users()));

app.get('/api/state', (context) => {
  const user = userOf(context);
  require(context, { principal: { type: 'User', id: user }, action: 'GetLists', resource: APPLICATION });
  return context.json(stateFor(user));
});

app.post('/api/lists', async (context) => {
  const user = userOf(context);
  require(context, { principal: { type: 'User', id: user }, action: 'CreateList', resource: APPLICATION });
  database.createList(user, String((await context.req.json()).name));
  return changed(context);
});

app.delete('/api/lists/:id', (context) => {
  database.deleteList(onList(context, 'DeleteList').id);
  return changed(context);
});

app.post('/api/lists/:id/archive', (context) => {
  database.archive(onList(context, 'UpdateList').id, true);
  return changed(context);
});

app.post('/api/lists/:id/tasks', async (context) => {
  const { id } = onList(context, 'CreateTask');
  database.createTask(id, String((await context.req.json()).name));
  return changed(context);
});

app.patch('/api/lists/:id/tasks/:task', async (context) => {
  const { id } = onList(context, 'UpdateTask');
  database.updateTask(id, Number(context.req.param('task')), (await context.req.json()).done === true);
  return changed(context);
});

app.post('/api/lists/:id/share', async (context) => {
  const { id } = onList(context, 'EditShare');
  const { whom } = await context.req.json();
  if (!database.users().includes(whom)) throw new Refused(404, 'there is no such user');
  database.share(id, whom, 'editors');
  return changed(context);
});

app.onError((error, context) => {
  if (!(error instanceof Refused)) throw error;
  return context.json({ error: error.message, policies: error.policies }, error.status);
});

export const listener = getRequestListener(app.fetch);
