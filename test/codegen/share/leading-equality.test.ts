/**
 * First clause — found where nothing is evaluated before it, and only there.
 */
import { describe, expect, test } from 'vitest';
import { lowerPolicy } from '../../../codegen/lower/lower.ts';
import { type OptimizeOption, optimizePolicy } from '../../../codegen/optimize/passes.ts';
import { parameterize } from '../../../codegen/share/skeleton.ts';
import { coreOf } from '../of.ts';

const clauseOf = (clauses: string, optimize?: OptimizeOption) =>
  parameterize(optimizePolicy(lowerPolicy(coreOf(`permit(principal, action, resource) ${clauses};`)), optimize))
    .skeleton.leadingEquality;

const team = { variable: 'principal', attribute: 'team', param: 0, kind: 'string' };

describe('an attribute of a variable that is compared with a literal', () => {
  test.each([
    ['alone', 'when { principal.team == "a" }', team],
    ['the other way round', 'when { "a" == principal.team }', team],
    ['before others', 'when { principal.team == "a" && principal.level > 3 }', team],
    ['in the first of several clauses', 'when { principal.team == "a" } unless { resource.open }', team],
    ['deep in a chain', 'when { (principal.team == "a" && resource.open) && resource.size < 3 }', team],
    [
      'with an entity',
      'when { resource.owner == User::"a" }',
      { variable: 'resource', attribute: 'owner', param: 0, kind: 'entity' },
    ],
    [
      'of the context',
      'when { context.level == 3 }',
      { variable: 'context', attribute: 'level', param: 0, kind: 'long' },
    ],
  ])('%s', (_, clauses, found) => {
    expect(clauseOf(clauses)).toEqual(found);
    expect(clauseOf(clauses, false)).toEqual(found);
  });
});

describe('not what', () => {
  test.each([
    ['follows another test, which may err', 'when { principal.level > 3 && principal.team == "a" }'],
    ['may be true otherwise', 'when { principal.team == "a" || resource.open }'],
    ['excludes', 'unless { principal.team == "a" }'],
    ['differs', 'when { principal.team != "a" }'],
    ['is an attribute of an attribute, which may be of any kind', 'when { principal.team.name == "a" }'],
    ['is an attribute of the action', 'when { action.name == "a" }'],
    ['is compared with what is not a literal', 'when { principal.team == resource.team }'],
    ['is compared with a Bool, which is not a param', 'when { principal.active == true }'],
    ['is a variable', 'when { principal == User::"a" }'],
    ['is ordered', 'when { principal.level < 3 }'],
  ])('%s', (_, clauses) => expect(clauseOf(clauses)).toBeUndefined());
});

test('nothing without clauses', () => expect(clauseOf('')).toBeUndefined());
