/**
 * App — the lists of a user, the buttons that the policies allow, and the panel of decisions.
 */
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import {
  AccessContext,
  Can,
  type Decided,
  reasonOf,
  type Store,
  storeOf,
  useDecision,
  usePolicies,
} from './authorization.tsx';

interface List {
  readonly id: string;
  readonly owner: string;
  readonly name: string;
  readonly archived: boolean;
  readonly tasks: readonly { readonly id: number; readonly name: string; readonly done: boolean }[];
}

interface State {
  readonly users: readonly string[];
  readonly lists: readonly List[];
  readonly entities: readonly object[];
}

/** What the server said about a click. */
interface Click extends Decided {
  readonly number: number;
  readonly error?: string | undefined;
}

const APPLICATION = { type: 'Application', id: 'TinyTodo' } as const;
const listOf = (id: string) => ({ type: 'List', id }) as const;

type Send = (method: string, path: string, body?: object) => Promise<void>;

export function App() {
  const [user, setUser] = useState('andrew');
  const [state, setState] = useState<State>();
  const [store, setStore] = useState<{ readonly store: Store; readonly version: number }>();
  const [clicks, setClicks] = useState<readonly Click[]>([]);

  const send = useCallback<Send>(
    async (method, path, body) => {
      const response = await fetch(path, {
        method,
        headers: { 'x-user': user, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const answer = (await response.json()) as State & { readonly error?: string };
      const header = response.headers.get('x-decision');
      const said = header === null ? undefined : JSON.parse(header);
      if (said !== undefined)
        setClicks((before) => [
          {
            number: before.length + 1,
            ...{
              action: said.action,
              decision: said.decision,
              policies: said.determiningPolicies,
              micros: said.micros,
            },
            resource: path.replace('/api/', ''),
            error: response.ok ? undefined : answer.error,
          },
          ...before,
        ]);
      if (!response.ok) return;
      setState(answer);
      setStore((before) => ({ store: storeOf(answer.entities), version: (before?.version ?? 0) + 1 }));
    },
    [user],
  );

  useEffect(() => void send('GET', '/api/state'), [send]);

  if (state === undefined || store === undefined) return <p className="loading">Loading …</p>;
  return (
    <AccessContext value={{ user, ...store }}>
      <header>
        <h1>
          Tiny<span>Todo</span>
        </h1>
        <nav aria-label="users">
          {state.users.map((name) => (
            <button
              key={name}
              type="button"
              className={name === user ? 'user current' : 'user'}
              onClick={() => setUser(name)}
            >
              {name}
            </button>
          ))}
        </nav>
      </header>
      <main>
        <section className="lists">
          {state.lists.map((list) => (
            <ListCard key={list.id} list={list} users={state.users} send={send} />
          ))}
          <Can action="CreateList" resource={APPLICATION} otherwise={<p className="hint">You may not start lists.</p>}>
            <OneField label="New list" onText={(name) => send('POST', '/api/lists', { name })} />
          </Can>
        </section>
        <Panel clicks={clicks} lists={state.lists} />
      </main>
    </AccessContext>
  );
}

function ListCard({
  list,
  users,
  send,
}: {
  readonly list: List;
  readonly users: readonly string[];
  readonly send: Send;
}) {
  const path = `/api/lists/${list.id}`;
  const resource = listOf(list.id);
  return (
    <article className={list.archived ? 'card archived' : 'card'} data-list={list.name}>
      <h2>
        {list.name} <small>by {list.owner}</small>
        {list.archived && <em>archived</em>}
      </h2>
      <ul>
        {list.tasks.map((task) => (
          <li key={task.id} className={task.done ? 'done' : ''}>
            <Can
              action="UpdateTask"
              resource={resource}
              otherwise={<span className="box">{task.done ? '✓' : ''}</span>}
            >
              <button
                type="button"
                className="box"
                aria-label={`done: ${task.name}`}
                onClick={() => send('PATCH', `${path}/tasks/${task.id}`, { done: !task.done })}
              >
                {task.done ? '✓' : ''}
              </button>
            </Can>
            {task.name}
          </li>
        ))}
      </ul>
      <Can action="CreateTask" resource={resource}>
        <OneField label="New task" onText={(name) => send('POST', `${path}/tasks`, { name })} />
      </Can>
      <footer>
        <Can action="EditShare" resource={resource}>
          <select
            aria-label="share"
            value=""
            onChange={(event) => send('POST', `${path}/share`, { whom: event.target.value })}
          >
            <option value="">Share with …</option>
            {users
              .filter((name) => name !== list.owner)
              .map((name) => (
                <option key={name}>{name}</option>
              ))}
          </select>
        </Can>
        <Can action="UpdateList" resource={resource}>
          <button type="button" onClick={() => send('POST', `${path}/archive`)}>
            Archive
          </button>
        </Can>
        <Can action="DeleteList" resource={resource}>
          <button type="button" className="danger" onClick={() => send('DELETE', path)}>
            Delete
          </button>
        </Can>
        {/* Always there, to see what the server says. */}
        <button type="button" className="quiet" onClick={() => send('DELETE', path)}>
          Try to delete
        </button>
      </footer>
    </article>
  );
}

function OneField({ label, onText }: { readonly label: string; readonly onText: (text: string) => void }) {
  const [text, setText] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() === '') return;
    onText(text.trim());
    setText('');
  };
  return (
    <form onSubmit={submit}>
      <input
        aria-label={label}
        placeholder={`${label} …`}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit">Add</button>
    </form>
  );
}

const SHOWN_ACTIONS = ['GetList', 'CreateTask', 'UpdateTask', 'UpdateList', 'EditShare', 'DeleteList'] as const;

function Panel({ clicks, lists }: { readonly clicks: readonly Click[]; readonly lists: readonly List[] }) {
  const changes = usePolicies();
  return (
    <aside>
      <h2>Decisions of the server</h2>
      <ol>
        {clicks.slice(0, 6).map((click) => (
          <li key={click.number} className={click.decision} data-testid="decision">
            <b>{click.decision}</b> {click.action} <code>{click.resource}</code>
            <small>{click.micros} µs</small>
            <Reasons of={click} />
          </li>
        ))}
      </ol>
      <h2>What this page asked</h2>
      {lists.map((list) => (
        <table key={list.id}>
          <caption>{list.name}</caption>
          <tbody>
            {SHOWN_ACTIONS.map((action) => (
              <Row key={action} action={action} list={list} />
            ))}
          </tbody>
        </table>
      ))}
      {changes > 0 && <p className="hint">Policies replaced {changes} times.</p>}
    </aside>
  );
}

function Row({ action, list }: { readonly action: (typeof SHOWN_ACTIONS)[number]; readonly list: List }) {
  const decided = useDecision(action, listOf(list.id));
  if (decided === undefined) return null;
  return (
    <tr className={decided.decision}>
      <td>{action}</td>
      <td>
        <b>{decided.decision}</b>
      </td>
      <td>
        <Reasons of={decided} />
      </td>
      <td>{decided.micros.toFixed(2)} µs</td>
    </tr>
  );
}

function Reasons({ of: { decision, policies } }: { readonly of: Decided }) {
  if (policies.length === 0) return <p>{decision === 'deny' ? 'no policy allows it' : ''}</p>;
  return (
    <p>
      {policies.map((policy) => (
        <span key={policy} title={reasonOf(policy)}>
          {policy}
        </span>
      ))}
    </p>
  );
}
