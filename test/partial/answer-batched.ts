/**
 * Answer batched — authorization with a loader over recorded entities.
 */
import { authorizeBatched, InsufficientRounds } from '../../src/partial/batched.ts';
import type { LoadedEntity } from '../../src/partial/loaded-entities.ts';
import type { Entities, Entity } from '../../src/value/entities.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import type { Question } from './adapter.ts';
import { type RequestJson, readEntities, readRequest, readSets } from './questions.ts';

export async function answerBatched(question: Question): Promise<unknown> {
  const { schema, policies } = readSets(question);
  const request = readRequest(question.request as RequestJson, schema);
  const entities = readEntities(question.entities, schema);
  const rounds: string[][] = [];
  const load = async (uids: readonly EntityUid[]) => {
    rounds.push(uids.map(String).sort());
    return answered(uids, entities);
  };
  try {
    const maxRounds = question.maxIterations!;
    const options = { until: 'decision', maxRounds, ask: 'mentioned' } as const;
    const { response } = await authorizeBatched(policies, request, load, schema, options);
    return { decision: response.decision, rounds };
  } catch (error) {
    if (error instanceof InsufficientRounds) return { failure: 'batched' };
    throw error;
  }
}

/** With all ancestors, as the official loader gives them. */
function answered(uids: readonly EntityUid[], entities: Entities): LoadedEntity[] {
  const asked = new Set(uids.map(({ key }) => key));
  const all = [...entities];
  const byKey = new Map(all.map((entity) => [entity.uid.key, entity]));
  return all
    .filter(({ uid }) => asked.has(uid.key))
    .map((entity) => ({ ...entity, ancestors: ancestorsOf(entity, byKey) }));
}

function ancestorsOf(entity: Entity, byKey: ReadonlyMap<string, Entity>): EntityUid[] {
  const found = new Map<string, EntityUid>();
  const stack = [entity];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    for (const parent of at.parents) {
      if (found.has(parent.key)) continue;
      found.set(parent.key, parent);
      const next = byKey.get(parent.key);
      if (next !== undefined) stack.push(next);
    }
  }
  return [...found.values()];
}
