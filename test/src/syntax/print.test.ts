/**
 * Print — syntax trees to Cedar text.
 */
import { describe, expect, test } from 'vitest';
import { expressionFromJson } from '../../../src/parser/json/expression.ts';
import { parsePolicies } from '../../../src/parser/text/policy.ts';
import { policyToJson } from '../../../src/syntax/policy-json.ts';
import { printExpression, printPolicy } from '../../../src/syntax/print.ts';
import { readCases } from '../../cases/read.ts';

describe('expressions', () => {
  test.each(readCases('print'))('$title', ({ input, expected }) => {
    const tree = expressionFromJson(JSON.parse(input), { policy: 'test', unknown: false });
    expect(printExpression(tree)).toBe(expected);
  });
});

describe('policies', () => {
  test('annotations go on lines of their own, sorted by key', () => {
    const { policies } = parsePolicies('@b("x\\n") @a permit(principal,action,resource);');
    expect(printPolicy(policies[0]!)).toBe('@a\n@b("x\\n")\npermit(principal, action, resource);');
  });

  test('printed text parses to the same policy', () => {
    const text = `
permit(principal is U in ?principal, action == Action::"b", resource in ?resource) when { -1 - -2 - (3 - 4) == -(5) };
forbid(principal == U::"\\u{301}", action in [Action::"a", Action::"b"], resource) unless { !(!true) || (false || true) };
permit(principal, action in Action::"a", resource is A::B) when { (if true then 1 else 2) < (-1).a["if"] } when { true };
`;
    const { policies } = parsePolicies(text);
    expect(policies).toHaveLength(3);
    for (const policy of policies) {
      const again = parsePolicies(printPolicy(policy)).policies[0]!;
      expect(policyToJson(again)).toEqual(policyToJson(policy));
      expect(printPolicy(again)).toBe(printPolicy(policy));
    }
  });
});
