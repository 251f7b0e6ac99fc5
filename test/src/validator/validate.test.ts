/**
 * Validate — what is said about policies, templates and links, besides the types of their parts.
 */
import { describe, expect, test } from 'vitest';
import { parsePolicies } from '../../../src/parser/text/policy.ts';
import { parseSchema } from '../../../src/schema/parse-schema.ts';
import { PolicySet } from '../../../src/syntax/policy-set.ts';
import { type ValidationOptions, type ValidationResult, validate } from '../../../src/validator/validate.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';

const schema = parseSchema(`
  entity User in [Team] { name: String, boss?: User, rec: { user: User } } tags User;
  entity Team in Org;
  entity Org;
  entity Color enum ["red", "green"];
  entity Doc { owner: User };
  action all;
  action view in all appliesTo { principal: User, resource: Doc, context: { who: User } };
  action paint in all appliesTo { principal: [User, Color], resource: [Doc, Color] };
`).schema!;

function policySet(text: string): PolicySet {
  const { policies, diagnostics } = parsePolicies(text);
  if (diagnostics.length > 0) throw new Error(diagnostics[0]!.message);
  return PolicySet.of(policies);
}

/** Codes of the problems, each with the text that it is about. */
function problems(text: string, options?: ValidationOptions): string[] {
  return told(validate(policySet(text), schema, options), text);
}

function told({ errors, warnings }: ValidationResult, text: string): string[] {
  return [...errors, ...warnings].map(({ diagnostic: { code, labels } }) => {
    const span = labels[0]?.span;
    return span === undefined ? code : `${code} ${text.slice(span.start, span.end)}`;
  });
}

function messages(text: string, options?: ValidationOptions): string[] {
  const { errors, warnings } = validate(policySet(text), schema, options);
  return [...errors, ...warnings].map(({ diagnostic: { message, help } }) => `${message}${help ? ` (${help})` : ''}`);
}

describe('names', () => {
  test.each([
    ['a type of the scope', 'permit(principal is Usr, action, resource);', 'unrecognizedEntityType Usr'],
    ['the type of a uid', 'permit(principal, action, resource == Dc::"x");', 'unrecognizedEntityType Dc'],
    [
      'a type in a clause',
      'permit(principal, action, resource) when { principal is Usr };',
      'unrecognizedEntityType Usr',
    ],
    [
      'a type in dead code',
      'permit(principal, action, resource) when { true || Usr::"a" has b };',
      'unrecognizedEntityType Usr',
    ],
    ['an action', 'permit(principal, action == Action::"viw", resource);', 'unrecognizedAction Action::"viw"'],
    [
      'an action in a list',
      'permit(principal, action in [Action::"view", Action::"x"], resource);',
      'unrecognizedAction Action::"x"',
    ],
    [
      'an enumerated entity',
      'permit(principal == Color::"blue", action, resource);',
      'invalidEnumEntity Color::"blue"',
    ],
  ])('%s must be declared', (_, text, problem) => {
    expect(problems(text)).toContain(problem);
  });

  test('are looked for where they are written with spaces and comments', () => {
    const text = 'permit(principal, action, resource) when { principal == N :: // here\n Usr :: "a" };';
    expect(problems(text)).toContain('unrecognizedEntityType N :: // here\n Usr');
  });

  test('that are misspelt are guessed', () => {
    expect(messages('permit(principal is Usr, action, resource);')[0]).toBe(
      'for policy `policy0`, unrecognized entity type `Usr` (did you mean `User`?)',
    );
    expect(messages('permit(principal == Color::"blue", action, resource);')[0]).toBe(
      'for policy `policy0`: entity `Color::"blue"` is of an enumerated entity type, but `"blue"` is not declared as a valid eid (valid entity eids: "red", "green")',
    );
  });
});

describe('applicability', () => {
  test.each([
    ['any scope', 'permit(principal, action, resource);'],
    ['a group of actions', 'permit(principal, action in Action::"all", resource);'],
    ['a type below the one that is named', 'permit(principal in Org::"o", action, resource);'],
    [
      'a slot, whatever it will hold',
      'permit(principal in ?principal, action == Action::"view", resource == ?resource);',
    ],
  ])('%s has an action', (_, text) => {
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ['a principal of no action', 'permit(principal is Org, action, resource);'],
    ['an action that applies to nothing', 'permit(principal, action == Action::"all", resource);'],
    ['an action that applies to others', 'permit(principal is Color, action == Action::"view", resource);'],
  ])('%s has none: a warning, and the policy is impossible', (_, text) => {
    expect(problems(text).map((problem) => problem.split(' ')[0])).toEqual(['noApplicableAction', 'impossiblePolicy']);
  });

  test('`in` is proposed where it would help', () => {
    expect(messages('permit(principal == Team::"t", action, resource);')[0]).toMatch(
      '(try replacing `==` with `in` in the principal clause)',
    );
  });

  test('an undeclared name in the scope does not make a policy impossible', () => {
    expect(problems('permit(principal == Nobody::"x", action, resource);').join()).not.toMatch('impossible');
    expect(problems('permit(principal is Nobody, action, resource);').join()).toMatch('impossible');
  });
});

describe('policies', () => {
  test('a problem of several environments is told once', () => {
    expect(problems('permit(principal, action, resource) when { 1 + "a" == 2 };')).toEqual(['unexpectedType "a"']);
  });

  test('where the scope is false, clauses have no problems', () => {
    expect(problems('permit(principal is Org, action, resource) when { 1 + "a" == 2 };').join()).not.toMatch(
      'unexpectedType',
    );
  });

  test('a policy that is false everywhere is impossible', () => {
    expect(problems('permit(principal, action, resource) when { false };')).toHaveLength(1);
    expect(
      problems('permit(principal, action, resource) when { principal is User && principal == resource };'),
    ).toHaveLength(1);
  });

  test('permissive mode compares what strict mode does not', () => {
    const text = 'permit(principal is User, action, resource) when { principal.name == 1 + 1 };';
    expect(problems(text)).toHaveLength(1);
    expect(problems(text, { mode: 'permissive' })).toEqual([]);
  });

  test.each(['&&', '||'])('a chain of 20,000 `%s` is accepted', (operator) => {
    const chain = Array(20_000).fill('principal is User').join(` ${operator} `);
    expect(problems(`permit(principal, action, resource) when { ${chain} };`)).toEqual([]);
  });

  test('neither are 20,000 clauses', () => {
    expect(problems(`permit(principal, action, resource) ${'when { principal is User } '.repeat(20_000)};`)).toEqual(
      [],
    );
  });
});

describe('links', () => {
  const template = 'permit(principal == ?principal, action == Action::"view", resource);';

  function linked(principal: EntityUid): string[] {
    const set = policySet(template);
    set.link({ id: 'link', templateId: 'policy0', slotEnv: { principal } });
    const { errors, warnings } = validate(set, schema);
    return [...errors, ...warnings].map(({ policyId, diagnostic }) => `${policyId} ${diagnostic.code}`);
  }

  test('of a type that fits are fine', () => {
    expect(linked(new EntityUid('User', 'a'))).toEqual([]);
  });

  test('of a type that is not declared are not', () => {
    expect(linked(new EntityUid('Nobody', 'a'))).toEqual(['link unrecognizedEntityType', 'link noApplicableAction']);
  });

  test('of a type that does not fit get a warning', () => {
    expect(linked(new EntityUid('Color', 'red'))).toEqual(['link noApplicableAction']);
  });
});

describe('level', () => {
  const when = (condition: string) =>
    `permit(principal is User, action == Action::"view", resource) when { ${condition} };`;

  test.each<[string, number, string]>([
    ['principal == User::"a"', 0, ''],
    ['context.who == principal', 0, ''],
    ['principal.name == "a"', 0, 'levelExceeded principal.name'],
    ['principal.name == "a"', 1, ''],
    ['principal in Team::"t"', 0, 'levelExceeded principal in Team::"t"'],
    ['principal in Team::"t"', 1, ''],
    ['resource.owner.name == "a"', 1, 'levelExceeded resource.owner.name'],
    ['resource.owner.name == "a"', 2, ''],
    ['principal.rec.user.name == "a"', 1, 'levelExceeded principal.rec.user.name'],
    ['principal.rec.user.name == "a"', 2, ''],
    [
      '{ a: principal.name, b: context.who }.b.name == "a"',
      0,
      'levelExceeded { a: principal.name, b: context.who }.b.name',
    ],
    ['{ a: resource.owner.name, b: principal }.b.name == "a"', 1, 'levelExceeded resource.owner.name'],
    [
      '(if principal.name == "a" then principal else resource.owner).name == "a"',
      1,
      'levelExceeded (if principal.name == "a" then principal else resource.owner).name',
    ],
    ['principal.hasTag("t") && principal.getTag("t").name == "a"', 1, 'levelExceeded principal.getTag("t").name'],
    ['principal.hasTag("t") && principal.getTag("t").name == "a"', 2, ''],
    ['User::"a".name == "a"', 5, 'literalDereference User::"a"'],
    ['User::"a" in principal', 5, 'literalDereference User::"a"'],
    ['false && resource.owner.name == "a"', 0, 'impossiblePolicy'],
  ])('%s at level %i: %s', (condition, level, problem) => {
    const found = problems(when(condition), { level });
    if (problem === '') expect(found).toEqual([]);
    else expect(found.join('\n')).toMatch(problem);
  });

  test.each([
    ['resource has owner.name', 2],
    ['resource has owner.rec.user', 2],
    ['resource has owner.rec.user.name', 3],
    ['context has who.name', 1],
    ['resource has nope.name', 1],
    ['principal == principal && resource has owner.name && true', 2],
  ])('%s is one look-up of the whole chain: level %i', (condition, needed) => {
    const exceeded = (level: number) =>
      messages(when(condition), { level }).filter((message) => message.includes('requires level'));
    for (let level = 0; level < needed; level++) {
      const told = `requires level ${needed}, which exceeds the maximum allowed level (${level})`;
      expect(exceeded(level).map((message) => message.slice(message.indexOf('requires')))).toEqual([told]);
    }
    expect(exceeded(needed)).toEqual([]);
  });

  test('what a chain costs alone is told before what its receiver costs', () => {
    const needed = (level: number) =>
      messages(when('principal.rec has user.name'), { level }).flatMap((message) => /level \d/.exec(message) ?? []);
    expect([0, 1, 2].map(needed)).toEqual([['level 1'], ['level 2'], []]);
  });

  test('0 forbids `in` in the scope too', () => {
    const text = 'permit(principal in Team::"t", action == Action::"view", resource);';
    expect(problems(text, { level: 0 }).join()).toMatch('levelExceeded principal in Team::"t"');
  });

  test('the message tells how far is too far', () => {
    expect(messages(when('resource.owner.name == "a"'), { level: 1 })).toEqual([
      'for policy `policy0`, this policy requires level 2, which exceeds the maximum allowed level (1)',
    ]);
  });
});

describe('strings', () => {
  const when = (condition: string) => `permit(principal, action, resource) when { ${condition} };`;

  test.each([
    ['Latin and Cyrillic', '"say һello" == "a"', 'mixedScriptString "say һello"'],
    ['Latin and Cyrillic in an entity id', 'principal == User::"аlice"', 'mixedScriptIdentifier User::"аlice"'],
    ['controls of direction', '"user\u202e \u2066// x\u2069" == "a"', 'bidiString'],
    ['controls of direction in an id', 'principal == User::"\u202e"', 'bidiIdentifier'],
    ['a pattern of two scripts', 'context has who && "a" like "pαypal*"', 'mixedScriptString'],
    ['a character that is not a part of identifiers', 'principal == User::"a\u3164b"', 'confusableIdentifier'],
  ])('%s: a warning', (_, condition, problem) => {
    expect(problems(when(condition)).join('\n')).toMatch(problem);
  });

  test.each([
    ['ASCII', '"!#$ abc" == "a"'],
    ['one script and what is common to all', '"привет, 1 € 😀" == "a"'],
    ['Japanese, which has three', '"漢字とカタカナ" == "a"'],
    ['Chinese with Bopomofo', '"漢字ㄅ" == "a"'],
    ['Korean', '"한국漢字" == "a"'],
  ])('%s: nothing', (_, condition) => {
    expect(problems(when(condition)).filter((problem) => !problem.startsWith('impossible'))).toEqual([]);
  });

  test('Japanese and Korean together are two', () => {
    expect(problems(when('"ひ한" == "a"')).join('\n')).toMatch('mixedScriptString');
  });
});
