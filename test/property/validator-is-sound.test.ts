/**
 * Validator is sound — a policy that passes does not err for data that fit the schema, but for what no validator can know.
 *
 * And the guard of its guard: enough is accepted and rejected, of every construct and for every reason.
 */
import { describe, expect, test } from 'vitest';
import type { ValidationErrorCode } from '../../src/validator/wording/validation-error.ts';
import { printTally, tryValidator } from './soundness.ts';

const SEED = Number(process.env.CEDARMILL_SEED ?? 20_261_123);
const ACCEPTED = Number(process.env.CEDARMILL_CASES ?? 10_000);

/**
 * Every error of the typechecker and of names. `noTagsAllowed` cannot be reached in strict mode: `hasTag` is false where there are no tags, so that
 * nothing after it is typed. Levels are not asked for.
 */
const REASONS: readonly ValidationErrorCode[] = [
  'unrecognizedEntityType',
  'unrecognizedAction',
  'invalidEnumEntity',
  'unexpectedType',
  'incompatibleTypes',
  'unsafeAttributeAccess',
  'unsafeOptionalAttributeAccess',
  'unsafeTagAccess',
  'undefinedFunction',
  'wrongNumberOfArguments',
  'invalidArgument',
  'nonLiteralConstructor',
  'emptySetForbidden',
];

/** What the outcomes of accepted policies must all be. */
const OUTCOMES = ['true', 'false', 'entityDoesNotExist', 'arithBoundsError', 'extensionError'];

/** Constructs of which none can be accepted. */
const NEVER_ACCEPTED: ReadonlySet<string> = new Set(['nothing']);

describe(`the validator, on policies of seed ${SEED}`, () => {
  const { tally, unsound } = tryValidator(SEED, ACCEPTED);
  console.log(`seed ${SEED}\n${printTally(tally)}`);

  test('accepts nothing that goes wrong', () => {
    expect(unsound).toEqual([]);
    expect(tally.accepted).toBeGreaterThanOrEqual(ACCEPTED);
  });

  test.each(OUTCOMES)('accepts policies whose outcome is %s', (outcome) => {
    expect(tally.outcomes.get(outcome) ?? 0).toBeGreaterThan(0);
  });

  test.each(REASONS)('rejects policies for %s', (reason) => {
    expect(tally.reasons.get(reason) ?? 0).toBeGreaterThan(0);
  });

  test('accepts and rejects policies with each construct', () => {
    const oneSided = [...tally.constructs].filter(([, [yes, no]]) => yes === 0 || no === 0).map(([name]) => name);
    expect(oneSided.filter((name) => !NEVER_ACCEPTED.has(name))).toEqual([]);
  });

  test('is asked about data of which most fit', () => {
    const evaluations = [...tally.outcomes.values()].reduce((a, b) => a + b, 0);
    expect(tally.unfit).toBeLessThan(evaluations / 4);
  });
});
