/**
 * Decision alone agrees with full answer — the early exit changes nothing.
 */
import { test } from 'vitest';
import { CompiledEngine } from '../../src/engine/compiled-engine.ts';
import { EntityStore } from '../../src/engine/entity-store.ts';
import { policySetOf } from '../drt/target/authorize.ts';
import { holds } from './holds.ts';

test('`isAllowed` is true iff `isAuthorized` allows', async () => {
  await holds({
    cases: 700,
    size: { policies: 8, requests: 6, fuel: 2 },
    check: (given) => {
      const engine = new CompiledEngine(policySetOf(given), {});
      const store = EntityStore.of(given.entities);
      const wrong = given.requests.find(
        (request) => engine.isAllowed(request, store) !== (engine.isAuthorized(request, store).decision === 'allow'),
      );
      if (wrong === undefined) return undefined;
      return {
        target: 'decision',
        oracle: 'isAllowed',
        what: `${wrong.principal} ${wrong.action} ${wrong.resource}`,
        expected: engine.isAuthorized(wrong, store),
        actual: engine.isAllowed(wrong, store),
      };
    },
  });
});
