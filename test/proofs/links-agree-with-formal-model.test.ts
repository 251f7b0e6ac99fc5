/**
 * Links agree with formal model — a template and its slot values answer as the policy that the formal model makes of them.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isAuthorized } from '../../src/model/authorizer.ts';
import type { CorePolicy } from '../../src/syntax/core.ts';
import { linkPolicy } from '../../src/syntax/desugar.ts';
import type { Scope, SlotEnv, SlotId } from '../../src/syntax/policy.ts';
import { Entities } from '../../src/value/entities.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import { anyCase } from './arbitrary-case.ts';
import { formalEntities, formalPolicy, formalRequest } from './formal-data.ts';
import { formallyAuthorized, sorted } from './formal-model.ts';

/** The scope with a slot where its entity stood, and that entity. */
function slotted(scope: Scope, slot: SlotId): { readonly scope: Scope; readonly uid: EntityUid | undefined } {
  if (scope.kind === 'any' || scope.kind === 'is' || scope.entity.kind === 'slot') return { scope, uid: undefined };
  return { scope: { ...scope, entity: { kind: 'slot', slot, span: undefined } }, uid: scope.entity.uid };
}

function templateOf(policy: CorePolicy): { readonly template: CorePolicy; readonly slotEnv: SlotEnv } {
  const [principal, resource] = [slotted(policy.principal, '?principal'), slotted(policy.resource, '?resource')];
  return {
    template: { ...policy, principal: principal.scope, resource: resource.scope },
    slotEnv: { principal: principal.uid, resource: resource.uid },
  };
}

test('a link answers as the policy that the formal model substitutes', () => {
  let linked = 0;
  fc.assert(
    fc.property(anyCase, ({ request, entities, policies }) => {
      const templates = policies.map(templateOf);
      linked += templates.filter(({ slotEnv }) => slotEnv.principal ?? slotEnv.resource).length;
      const links = templates.map(({ template, slotEnv }, i) =>
        linkPolicy(template, { id: `link${i}`, templateId: template.id, slotEnv }),
      );
      const formal = templates.map(({ template, slotEnv }, i) => formalPolicy(template, `link${i}`, slotEnv));
      const answer = formallyAuthorized(formalRequest(request), formalEntities(entities), formal);
      expect(answer).toEqual(sorted(isAuthorized(request, Entities.from(entities), links)));
    }),
    { numRuns: 500 },
  );
  expect(linked).toBeGreaterThan(200);
});
