/**
 * Evaluate — one condition and what is left of it, for a request with a known principal and context and an unknown resource.
 */
import { describe, expect, test } from 'vitest';
import { parsePolicies } from '../../src/parser/text/policy.ts';
import { authorizePartially, type PartialResponse } from '../../src/partial/authorize.ts';
import { TypedPolicies } from '../../src/partial/policies.ts';
import { sharpResponse } from '../../src/partial/sharp.ts';
import { parseSchema } from '../../src/schema/parse-schema.ts';
import { PolicySet } from '../../src/syntax/policy-set.ts';
import { conformingEntities } from '../../src/validator/conformance/conformance.ts';
import { readEntityList, readPartialEntities, readPartialRequest, readRequest } from './questions.ts';

const schema = parseSchema(`
  entity Team in [Team];
  entity User in [Team] { dept: String, level: Long, manager?: User } tags String;
  entity Folder in [Folder];
  entity Doc in [Folder] {
    owner: User, public: Bool, size: Long, label?: String, viewers: Set<User>, teams: Set<Team>, meta: { a: Long, b?: { c?: String } },
  };
  action all;
  action read in [all] appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };
  action del appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };
`).schema!;

const ALICE = {
  uid: { type: 'User', id: 'alice' },
  attrs: { dept: 'x', level: 5 },
  parents: [{ type: 'Team', id: 'eng' }],
  tags: { word: 'unknown', other: 'error' },
};

function respond(policies: string, entities: readonly object[] = [ALICE], request: object = {}): PartialResponse {
  const { policies: parsed, diagnostics } = parsePolicies(policies);
  expect(diagnostics).toEqual([]);
  const set = PolicySet.of(parsed);
  const partial = readPartialRequest(
    {
      principal: { type: 'User', id: 'alice' },
      action: { type: 'Action', id: 'read' },
      resource: { type: 'Doc' },
      context: { mfa: true },
      ...request,
    },
    schema,
  );
  return authorizePartially(new TypedPolicies(set, schema), partial, readPartialEntities(entities, schema), schema);
}

function left(condition: string, entities?: readonly object[], request?: object): string {
  const policy = condition.startsWith('permit')
    ? condition
    : `permit(principal, action, resource) when { ${condition} };`;
  return respond(policy, entities, request).residual('policy0')!.toCedar();
}

describe('what is left of a condition', () => {
  test.each([
    ['resource.public', 'resource.public'],
    ['resource.owner == principal && context.mfa', 'resource.owner == User::"alice"'],
    [
      'permit(principal in Team::"eng", action, resource is Doc) when { principal.dept == "x" && resource.size + 1 < 10 };',
      '(resource.size + 1) < 10',
    ],
    ['permit(principal, action in Action::"all", resource);', 'true'],
    ['permit(principal, action == Action::"del", resource);', 'false'],
    ['permit(principal, action, resource in Folder::"f");', 'resource in Folder::"f"'],
    [
      'principal in resource.teams || resource.viewers.contains(principal)',
      '(User::"alice" in resource.teams) || resource.viewers.contains(User::"alice")',
    ],
    ['resource.owner.dept == principal.dept', 'resource.owner.dept == "x"'],
    ['principal has manager && principal.manager == resource.owner', 'false'],
    ['principal.hasTag("k") && principal.getTag("k") == "v"', 'false'],
    ['principal.level + 9223372036854775807 > 3', 'error()'],
    [
      'if resource.public then principal.level > 100 else resource.owner == principal',
      'if resource.public then false else resource.owner == User::"alice"',
    ],
    ['resource.public || true', 'resource.public || true'],
    ['true || resource.public', 'true'],
    ['resource has public', 'resource has public'],
    ['resource has nope', 'false'],
    ['!(resource.public && false)', '!(resource.public && false)'],
    ['resource.size == resource.size', 'resource.size == resource.size'],
    ['(resource has label) && false', 'false'],
    ['(resource has label) || true', 'true'],
    ['resource has meta.b.c', 'resource has meta.b.c'],
    ['resource has meta.nope.c', 'false'],
    ['resource == Doc::"d" && resource.public', '(resource == Doc::"d") && resource.public'],
    ['{a: resource.size, b: 1}.b == 1', '{a: resource.size, b: 1}.b == 1'],
    ['resource.public && principal.level + 9223372036854775807 > 3', 'resource.public && error()'],
    ['principal in [Team::"eng", Team::"ops"]', 'true'],
  ])('%s → %s', (condition, residual) => {
    expect(left(condition)).toBe(residual);
  });

  test('tags whose values are `unknown` and `error` are values like any other', () => {
    expect(left('principal.hasTag("word") && principal.getTag("word") == "unknown"')).toBe('true');
    expect(left('principal.hasTag("other") && principal.getTag("other") == "unknown"')).toBe('false');
  });

  test('a set holds the entity itself whatever its ancestors are', () => {
    expect(left('principal in [Team::"eng"]', [])).toBe('User::"alice" in [Team::"eng"]');
    expect(left('principal in [principal, User::"bob"]', [])).toBe('true');
  });

  test('an extended `has` stops at the entity whose attributes are unknown', () => {
    const alice = { ...ALICE, attrs: { ...ALICE.attrs, manager: { type: 'User', id: 'bob' } } };
    expect(left('principal has manager.manager.dept', [alice])).toBe('User::"bob" has manager.dept');
  });

  test('an unknown context stays', () => {
    expect(left('context.mfa && principal.level == 5', undefined, { context: null })).toBe('context.mfa');
  });

  test('values of extension types are written as one call', () => {
    expect(left('resource.size < 3 && ip("10.0.0.1").isLoopback()')).toBe('(resource.size < 3) && false');
  });
});

describe('decisions', () => {
  test('a forbid that is left over leaves the decision open, though it can never be satisfied', () => {
    const response = respond(`
      permit(principal, action, resource);
      forbid(principal, action, resource) when { resource has label && resource.label like "secret*" } unless { principal.level > 3 };
    `);
    expect(response.decision).toBeUndefined();
    expect(response.forbids.residual).toEqual(['policy1']);
    expect(response.residual('policy1')!.toCedar()).toBe(
      '(resource has label) && (resource.label like "secret*") && false',
    );
  });

  test('an error and a false permit are a denial, without reasons', () => {
    const response = respond('permit(principal, action, resource) when { principal.level + 9223372036854775807 > 3 };');
    expect([response.decision, response.reason, response.permits.error]).toEqual(['deny', [], ['policy0']]);
  });

  test('a policy that is ill-typed in this environment refuses the whole call', () => {
    expect(() => respond('permit(principal, action, resource) when { resource.nope };')).toThrow(/`policy0`/);
  });

  test('a known entity may not have an ancestor whose ancestors are unknown', () => {
    expect(() =>
      respond('permit(principal, action, resource);', [ALICE, { uid: { type: 'Team', id: 'eng' } }]),
    ).toThrow(/parents of `User::"alice"` are known/);
  });

  test('two entries for one uid are refused, equal or not', () => {
    expect(() => respond('permit(principal, action, resource);', [ALICE, ALICE])).toThrow(/duplicate entity/);
  });
});

/** Whole, as partial entities know her. */
function aliceAlone() {
  return readEntityList([ALICE], schema);
}

describe('depth', () => {
  test('chains of 20,000 operands need no stack', () => {
    for (const [operator, end] of [
      ['&&', 'false'],
      ['||', 'true'],
    ]) {
      const chain = Array.from({ length: 20_000 }, () => 'resource.public').join(` ${operator} `);
      const response = respond(`permit(principal, action, resource) when { ${chain} ${operator} ${end} };`);
      expect(response.permits.residual).toEqual(['policy0']);
      expect(response.residual('policy0')!.toCedar()).toContain('resource.public');
    }
  });

  test('sugar that is nested in sugar is evaluated once, and refused where it would have to be written out', () => {
    let owner = 'resource.owner';
    for (let i = 0; i < 60; i++) owner = `(if ${owner} is User in Team::"t" then resource.owner else principal)`;
    const response = respond(`permit(principal, action, resource) when { ${owner} == principal };`);
    expect(response.permits.residual).toEqual(['policy0']);
    expect(sharpResponse(response).decision).toBeUndefined();
    expect(() => response.residual('policy0')!.toCedar()).toThrow(/more than 1000000 parts/);
    const request = readRequest(
      {
        principal: ALICE.uid,
        action: { type: 'Action', id: 'read' },
        resource: { type: 'Doc', id: 'd' },
        context: { mfa: true },
      },
      schema,
    );
    expect(response.reauthorize(request, conformingEntities(aliceAlone(), schema)).errors).toHaveLength(1);
  });

  test('a thousand clauses need no stack', () => {
    const clauses = Array.from({ length: 1_000 }, () => 'when { resource.public }').join(' ');
    expect(respond(`permit(principal, action, resource) ${clauses};`).permits.residual).toEqual(['policy0']);
  });
});
