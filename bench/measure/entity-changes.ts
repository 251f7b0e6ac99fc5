/**
 * Entity changes — attributes and parents that change in a large store, of one entity and of one with many below it.
 */
import { compile, EntityStore } from '../../src/index.ts';
import { entity, range, uid } from '../scenario/generator.ts';
import type { EntityJson, RequestJson } from '../scenario/scenario.ts';
import { type Change, type Changing, handled } from './changing.ts';

/** Users of one team. */
const MEMBERS = 1000;
const DEPARTMENTS = 20;

const TEXT = `
permit (principal in Department::"department 3", action == Action::"view", resource) when { principal.level > 3 };
permit (principal, action == Action::"view", resource) when { principal in resource.team && principal.level > 7 };
forbid (principal, action, resource) when { principal.suspended };
`;

/** A store of `size` users, of which an engine has been asked about each; a thousand in each team. */
export function changingEntities(size: number): Changing {
  const teams = Math.ceil(size / MEMBERS);
  const store = new EntityStore();
  for (const team of range(teams)) store.upsert(teamIn(team, team));
  for (let i = 0; i < size; i++) store.upsert(user(i, i % 10, i % teams));
  for (const team of range(teams)) store.upsert(document(team));
  const engine = compile(TEXT);
  for (let i = 0; i < size; i++) engine.isAuthorized(handled(viewBy(i, i % teams), store), store);
  return { engine, store, changes: changes(store, size, teams) };
}

function* changes(store: EntityStore, size: number, teams: number): IterableIterator<Change> {
  for (let n = 0; ; n++) {
    // By a prime, so that they are scattered over the store.
    const i = (n * 7919) % size;
    const asked = handled(viewBy(i, (i + n) % teams), store);
    yield {
      mode: 'attributes of one entity',
      asked,
      apply: () => store.upsert(user(i, (i + n + 5) % 10, i % teams)),
    };
    yield { mode: 'parents of one entity', asked, apply: () => store.upsert(user(i, 9, (i + n) % teams)) };
    yield {
      mode: `parents of a group with ${MEMBERS.toLocaleString('en-US')} below`,
      asked,
      apply: () => store.upsert(teamIn((i + n) % teams, n)),
    };
  }
}

function user(i: number, level: number, team: number): EntityJson {
  return entity('User', `user ${i}`, { level, suspended: level === 0 }, [uid('Team', `team ${team}`)]);
}

function teamIn(team: number, department: number): EntityJson {
  return entity('Team', `team ${team}`, {}, [uid('Department', `department ${department % DEPARTMENTS}`)]);
}

function document(team: number): EntityJson {
  return entity('Document', `document ${team}`, { team: { __entity: uid('Team', `team ${team}`) } }, []);
}

function viewBy(i: number, team: number): RequestJson {
  return {
    principal: uid('User', `user ${i}`),
    action: uid('Action', 'view'),
    resource: uid('Document', `document ${team}`),
  };
}
