/**
 * Holders — a store of entities, a set of links, a set of policies, each as large as one likes, and engines that have been asked about them.
 */
import { compile, type Engine, EntityStore, EntityUid, PolicySet, parsePolicies } from '../../../src/index.ts';
import { entity, range, uid } from '../../scenario/generator.ts';
import { MOST_SHAPES, policiesText, requestFor, subjects } from '../realistic.ts';

export type Kind = 'entities' | 'links' | 'policies';

export interface Held {
  /** What is measured alone. */
  readonly alone: EntityStore | PolicySet;
  /** Makes an engine and asks it until everything in it is made. */
  readonly asked: () => Engine;
}

export const HOLDERS: Readonly<Record<Kind, (count: number) => Held>> = { entities, links, policies };

const TEAMS = 1000;

/** Users with two attributes and ten ancestors: a team, its three departments, and the two regions of each. */
function entities(count: number): Held {
  const store = new EntityStore();
  for (const i of range(TEAMS)) {
    const departments = [0, 1, 2].map((k) => uid('Department', `${(i + k) % 100}`));
    store.upsert(entity('Team', `${i}`, {}, departments));
  }
  for (const i of range(100)) {
    store.upsert(entity('Department', `${i}`, {}, [uid('Region', `${2 * i}`), uid('Region', `${2 * i + 1}`)]));
  }
  for (let i = 0; i < count; i++) {
    const attrs = { level: i % 100, department: `department-${i % 50}` };
    store.upsert(entity('User', `user-${i}`, attrs, [uid('Team', `${i % TEAMS}`)]));
  }
  const text = `permit (principal in Region::"5", action, resource)
    when { principal.level > 3 && principal.department == "department-3" };`;
  return {
    alone: store,
    asked: () => {
      const engine = compile(text);
      for (let i = 0; i < count; i++) {
        const principal = store.handle({ type: 'User', id: `user-${i}` });
        engine.isAllowed({ principal, action: 'Action::"view"', resource: 'Document::"any"' }, store);
      }
      return engine;
    },
  };
}

/** Links of one template, a hundred for each user and ten for each document. */
function links(count: number): Held {
  const text = 'permit (principal == ?principal, action, resource == ?resource);';
  const set = PolicySet.of(parsePolicies(text).policies);
  for (let i = 0; i < count; i++) {
    const slotEnv = {
      principal: new EntityUid('User', `user-${i % Math.ceil(count / 100)}`),
      resource: new EntityUid('Document', `document-${Math.floor(i / 10)}`),
    };
    set.link({ templateId: 'policy0', id: `link-${i}`, slotEnv });
  }
  const request = { principal: 'User::"user-0"', action: 'Action::"view"', resource: 'Document::"document-0"' };
  return { alone: set, asked: () => answering(compile(set), request) };
}

/** Policies of 200 shapes, all about one action. */
function policies(count: number): Held {
  const realistic = { shapes: MOST_SHAPES, actions: 1 };
  const set = PolicySet.of(parsePolicies(policiesText(count, realistic)).policies);
  return { alone: set, asked: () => answering(compile(set), requestFor(0, realistic), EntityStore.from(subjects())) };
}

function answering(engine: Engine, request: Parameters<Engine['isAllowed']>[0], store = new EntityStore()): Engine {
  engine.isAuthorized(request, store);
  return engine;
}
