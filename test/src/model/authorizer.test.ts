/**
 * Authorizer — forbids win, errors never decide, and everything that erred is told.
 */
import { describe, expect, test } from 'vitest';
import { isAuthorized } from '../../../src/model/authorizer.ts';
import { parsePolicies } from '../../../src/parser/text/policy.ts';
import { desugarPolicy, linkPolicy } from '../../../src/syntax/desugar.ts';
import { Entities } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../src/value/record.ts';

const request = {
  principal: new EntityUid('User', 'a'),
  action: new EntityUid('Action', 'view'),
  resource: new EntityUid('Doc', 'd'),
  context: CedarRecord.empty,
};

function corePolicies(text: string) {
  const { policies, diagnostics } = parsePolicies(text);
  expect(diagnostics).toEqual([]);
  return policies.map(desugarPolicy);
}

/** Policies by their first letters: p(ermit) or f(orbid), then t(rue), f(alse) or e(rring). */
function respond(kinds: string): string {
  const conditions = { t: 'true', f: 'false', e: 'context.x' };
  const text = kinds.split(' ').map((kind) => {
    const effect = kind[0] === 'p' ? 'permit' : 'forbid';
    return kind === '' ? '' : `${effect}(principal, action, resource) when { ${conditions[kind[1] as 't']} };`;
  });
  const { decision, determiningPolicies, errors } = isAuthorized(
    request,
    Entities.empty,
    corePolicies(text.join('\n')),
  );
  const ids = (list: readonly string[]) => list.map((id) => id.replace('policy', '')).join(',');
  return `${decision} [${ids(determiningPolicies)}] [${ids(errors.map((error) => error.policyId))}]`;
}

describe('response', () => {
  test.each([
    ['', 'deny [] []'],
    ['pf', 'deny [] []'],
    ['pt', 'allow [0] []'],
    ['pt pf pt', 'allow [0,2] []'],
    ['ft', 'deny [0] []'],
    ['pt ft ft', 'deny [1,2] []'],
    ['ff pt', 'allow [1] []'],
    ['pe', 'deny [] [0]'],
    ['fe', 'deny [] [0]'],
    ['fe pt', 'allow [1] [0]'],
    ['pe pt', 'allow [1] [0]'],
    ['pe pt ft fe', 'deny [2] [0,3]'],
  ])('%j: %s', (kinds, expected) => {
    expect(respond(kinds)).toBe(expected);
  });
});

describe('condition', () => {
  const decide = (text: string) => {
    const { decision, errors } = isAuthorized(request, Entities.empty, corePolicies(text));
    return errors[0]?.kind ?? decision;
  };

  test.each([
    ['permit(principal, action, resource) when { 1 };', 'typeError'],
    ['permit(principal, action, resource) unless { "a" };', 'typeError'],
    ['permit(principal, action, resource) when { true } unless { false };', 'allow'],
    ['permit(principal, action, resource) when { false } when { 1 };', 'deny'],
    ['permit(principal == User::"b", action, resource) when { 1 };', 'deny'],
    ['permit(principal, action == Action::"edit", resource) when { 1 };', 'deny'],
    ['permit(principal, action in [], resource) when { 1 };', 'deny'],
    ['permit(principal, action, resource is Other) when { 1 };', 'deny'],
    ['permit(principal is User in User::"a", action in [Action::"view"], resource in Doc::"d");', 'allow'],
  ])('%s %s', (text, expected) => {
    expect(decide(text)).toBe(expected);
  });
});

test('a link is decided as the template with its slots filled', () => {
  const [template] = corePolicies('permit(principal == ?principal, action, resource in ?resource);');
  const link = (principal: EntityUid) =>
    linkPolicy(template!, {
      templateId: 'policy0',
      id: 'link',
      slotEnv: { principal, resource: request.resource },
    });
  const decide = (principal: EntityUid) => isAuthorized(request, Entities.empty, [link(principal)]);
  expect(decide(request.principal)).toMatchObject({ decision: 'allow', determiningPolicies: ['link'] });
  expect(decide(request.resource)).toMatchObject({ decision: 'deny', determiningPolicies: [] });
});

test('a defect of ours is not an error of the policy', () => {
  const template = corePolicies('permit(principal == ?principal, action, resource);');
  expect(() => isAuthorized(request, Entities.empty, template)).toThrow(/before \?principal was linked/);
});
