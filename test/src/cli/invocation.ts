/**
 * Invocation — command lines that are held against the official command, and the files that they read.
 */

export interface Invocation {
  readonly args: readonly string[];
  /** Standard input. */
  readonly input?: string | undefined;
  /**
   * How much of standard output is the same: every character, every line in some order, the JSON value, a
   * report in JSON but for the name of the file (which the official command leaves out), or none but that there is some
   * (both commands report failures in words of their own).
   */
  readonly output: 'text' | 'lines' | 'json' | 'report' | 'own';
  /** A file that must hold the same afterwards, as JSON or as text. */
  readonly file?: string | undefined;
  /** Why the exit code or the streams are not the same. */
  readonly differs?: string | undefined;
}

export const FILES: Readonly<Record<string, string>> = {
  'policies.cedar': `@id("owner")
permit(principal == User::"alice", action == Action::"view", resource) when { resource.public };
forbid(principal, action, resource) when { resource.missing };
`,
  'valid.cedar': 'permit(principal, action == Action::"view", resource) when { resource.public };\n',
  'impossible.cedar': 'permit(principal, action == Action::"view", resource) when { false };\n',
  'broken.cedar': 'permit(principal, action resource);\nforbid(x);\n',
  'twice.cedar': '@id("a") permit(principal, action, resource);\n@id("a") forbid(principal, action, resource);\n',
  'many.cedar': `permit(principal, action, resource) when { "é" == resource.a };
permit(principal == Usr::"a", action, resource);
permit(principal, action, resource) when { resource.b && false };
`,
  'empty.cedar': '',
  'formatted.cedar': 'permit (principal, action, resource)\nwhen { true };\n',
  'templates.cedar': `permit(principal == ?principal, action, resource in ?resource);
@id("t")
permit(principal == ?principal, action, resource);
`,
  'links.json': `[{"template_id":"t","link_id":"alice","args":{"?principal":"User::\\"alice\\""}}]`,
  'links-empty.json': '',
  'links-broken.json': '[{"template_id":"t"}]',
  'links-unknown.json': `[{"template_id":"none","link_id":"alice","args":{"?principal":"User::\\"alice\\""}}]`,
  'policy.json': JSON.stringify({
    effect: 'permit',
    principal: { op: 'All' },
    action: { op: 'All' },
    resource: { op: 'All' },
    conditions: [],
  }),
  'neither.json': '{}',
  'schema.cedarschema': `entity User; entity Photo { public: Bool };
action view appliesTo { principal: User, resource: Photo, context: { a?: Long } };
`,
  'schema.json': JSON.stringify({
    '': {
      entityTypes: {
        User: {},
        Photo: {
          shape: { type: 'Record', attributes: { public: { type: 'EntityOrCommon', name: 'Bool', required: true } } },
        },
      },
      actions: { view: { appliesTo: { principalTypes: ['User'], resourceTypes: ['Photo'] } } },
    },
  }),
  'broken.cedarschema': 'entity User\n',
  'entities.json': JSON.stringify([
    { uid: { type: 'User', id: 'alice' }, attrs: {}, parents: [{ type: 'User', id: 'a"b' }] },
    { uid: { type: 'Photo', id: 'beach' }, attrs: { public: true }, parents: [] },
  ]),
  'undeclared.json': JSON.stringify([{ uid: { type: 'Video', id: 'v' }, attrs: {}, parents: [] }]),
  'cycle.json': JSON.stringify([{ uid: { type: 'A', id: 'a' }, attrs: {}, parents: [{ type: 'A', id: 'a' }] }]),
  'broken.json': '[',
  'context.json': '{"a": 1}',
  'context-wrong.json': '{"a": "text"}',
  'request.json': JSON.stringify({
    principal: 'User::"alice"',
    action: 'Action::"view"',
    resource: 'Photo::"beach"',
    context: {},
  }),
  'request-no-context.json': JSON.stringify({
    principal: 'User::"alice"',
    action: 'Action::"view"',
    resource: 'Photo::"beach"',
  }),
  'folder/entities.json': JSON.stringify([
    { uid: { type: 'Photo', id: 'beach' }, attrs: { public: true }, parents: [] },
  ]),
  'folder/passing.json': tests({ decision: 'allow', reason: ['owner'], num_errors: 1 }),
  'folder/failing.json': tests(
    { name: 'one', decision: 'deny', reason: [], num_errors: 1 },
    { name: 'two', decision: 'allow', reason: ['other', 'owner'], num_errors: 0 },
    { name: 'three', decision: 'allow', reason: [], num_errors: 1 },
  ),
  'folder/valid.json': tests({ decision: 'allow', reason: ['policy0'], num_errors: 0 }),
  'folder/no-reason.json': tests({ decision: 'allow', num_errors: 0 }),
  'folder/outside.json': tests({ decision: 'allow', reason: [], num_errors: 0, entities: '../entities.json' }),
  'folder/none.json': '[]',
  'folder/object.json': '{}',
};

function tests(...given: object[]): string {
  const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"beach"', context: {} };
  return JSON.stringify(given.map((test) => ({ request, entities: 'entities.json', ...test })));
}

const REQUEST = ['-l', 'User::"alice"', '-a', 'Action::"view"', '-r', 'Photo::"beach"'];
const AUTHORIZE = ['authorize', '-p', 'policies.cedar', '--entities', 'entities.json'];
const SCHEMA = ['-s', 'schema.cedarschema'];
const LINK = ['link', '-p', 'templates.cedar'];
const ALICE = ['-n', 'new', '-a', '{"?principal":"User::\\"alice\\""}'];

const text = (...args: string[]): Invocation => ({ args, output: 'text' });
const lines = (...args: string[]): Invocation => ({ args, output: 'lines' });
const json = (...args: string[]): Invocation => ({ args, output: 'json' });
const report = (...args: string[]): Invocation => ({ args, output: 'report' });
const own = (...args: string[]): Invocation => ({ args, output: 'own' });

const authorizeInvocations: readonly Invocation[] = [
  text(...AUTHORIZE, ...REQUEST),
  text(...AUTHORIZE, ...REQUEST, '--verbose'),
  text(...AUTHORIZE, '-l', 'User::"bob"', ...REQUEST.slice(2)),
  text(...AUTHORIZE, '-l', 'User::"bob"', ...REQUEST.slice(2), '-v'),
  text(...AUTHORIZE, ...REQUEST, '-c', 'context.json'),
  text(...AUTHORIZE, '--request-json', 'request.json'),
  own(...AUTHORIZE, ...REQUEST, '--timing'),
  own(...AUTHORIZE, '--request-json', 'request-no-context.json'),
  own(...AUTHORIZE, '--request-json', 'request.json', '-l', 'User::"bob"'),
  text('authorize', '-p', 'valid.cedar', ...SCHEMA, '--entities', 'folder/entities.json', ...REQUEST),
  own('authorize', '-p', 'valid.cedar', ...SCHEMA, '--entities', 'undeclared.json', ...REQUEST),
  own(...AUTHORIZE, ...SCHEMA, ...REQUEST, '-c', 'context-wrong.json'),
  own(
    'authorize',
    '-p',
    'valid.cedar',
    ...SCHEMA,
    '--entities',
    'folder/entities.json',
    '-l',
    'Photo::"a"',
    ...REQUEST.slice(2),
  ),
  text(
    'authorize',
    '-p',
    'valid.cedar',
    ...SCHEMA,
    '--entities',
    'folder/entities.json',
    '-l',
    'Photo::"a"',
    ...REQUEST.slice(2),
    '--request-validation',
    'false',
  ),
  {
    ...text('authorize', '--entities', 'entities.json', ...REQUEST, '-v'),
    input: 'permit(principal, action, resource);',
  },
  {
    ...text(
      'authorize',
      '--policy-format',
      'json',
      '-p',
      'policy.json',
      '--entities',
      'entities.json',
      ...REQUEST,
      '-v',
    ),
  },
  own('authorize', '--policy-format', 'json', '-p', 'neither.json', '--entities', 'entities.json', ...REQUEST),
  text('authorize', '-p', 'templates.cedar', '-k', 'links.json', '--entities', 'entities.json', ...REQUEST, '-v'),
  text('authorize', '-p', 'templates.cedar', '-k', 'links-empty.json', '--entities', 'entities.json', ...REQUEST, '-v'),
  own('authorize', '-p', 'templates.cedar', '-k', 'links-broken.json', '--entities', 'entities.json', ...REQUEST),
  own('authorize', '-p', 'templates.cedar', '-k', 'links-unknown.json', '--entities', 'entities.json', ...REQUEST),
  own('authorize', '-p', 'templates.cedar', '-k', 'missing.json', '--entities', 'entities.json', ...REQUEST),
  own('authorize', '-p', 'missing.cedar', '--entities', 'entities.json', ...REQUEST),
  own('authorize', '-p', 'broken.cedar', '--entities', 'broken.json', '-l', 'User::alice', ...REQUEST.slice(2)),
  own('authorize', '-p', 'twice.cedar', '--entities', 'entities.json', ...REQUEST),
  own('authorize', '-p', 'valid.cedar', '--entities', 'cycle.json', ...REQUEST),
  text('authorize', '-p', 'empty.cedar', '--entities', 'entities.json', ...REQUEST),
  own(...AUTHORIZE, '-l', 'User::"alice"'),
  own(...AUTHORIZE, '-p', 'valid.cedar', ...REQUEST),
  own(...AUTHORIZE, ...REQUEST, '-l', 'User::"bob"'),
  own(...AUTHORIZE, ...REQUEST, '-v', '--verbose'),
  own(...AUTHORIZE, ...REQUEST, '--entities', 'folder/entities.json'),
  own('authorize', '-p', 'policies.cedar', ...REQUEST),
  own(...AUTHORIZE, ...REQUEST, '--no-such-option'),
  own(...AUTHORIZE, ...REQUEST, '-f', 'odd'),
  own(...AUTHORIZE, ...REQUEST, '--request-validation', 'maybe'),
];

const evaluateInvocations: readonly Invocation[] = [
  text('evaluate', ...REQUEST, 'if principal == User::"alice" then [1, "x", {a: ip("1.2.3.4")}] else principal.x'),
  text('evaluate', ...REQUEST, '--entities', 'entities.json', 'resource.public'),
  text('evaluate', ...REQUEST, '9223372036854775807 - 1'),
  text('evaluate', ...REQUEST, '[3, 1, 2, 1, "b", "a", true, false, {}, [], User::"z", User::"a"]'),
  text(
    'evaluate',
    ...REQUEST,
    '{"a b": "x\\u{7}\\"", c: ip("10.0.0.0/8"), d: decimal("1.5"), a: [{b: 1, a: 2}, {a: 0}]}',
  ),
  text('evaluate', ...REQUEST, 'datetime("2024-01-01").offset(duration("1h"))'),
  text('evaluate', ...REQUEST, 'datetime("2024-01-01").durationSince(datetime("2023-01-01"))'),
  own('evaluate', ...REQUEST, '1 + "x"'),
  own('evaluate', ...REQUEST, '1 + "x"', '-f', 'json'),
  own('evaluate', ...REQUEST, '1 +'),
  own('evaluate', '1 + 1'),
  own('evaluate', ...REQUEST),
];

const validateInvocations: readonly Invocation[] = [
  own('validate', '-p', 'valid.cedar', ...SCHEMA),
  json('validate', '-p', 'valid.cedar', ...SCHEMA, '-f', 'json'),
  own('validate', '-p', 'policies.cedar', ...SCHEMA),
  report('validate', '-p', 'policies.cedar', ...SCHEMA, '-f', 'json'),
  report('validate', '-p', 'impossible.cedar', ...SCHEMA, '-f', 'json'),
  report('validate', '-p', 'many.cedar', ...SCHEMA, '-f', 'json'),
  own('validate', '-p', 'impossible.cedar', ...SCHEMA),
  own('validate', '-p', 'impossible.cedar', ...SCHEMA, '--deny-warnings'),
  own('validate', '-p', 'valid.cedar', '-s', 'schema.json', '--schema-format', 'json'),
  own('validate', '-p', 'valid.cedar', '-s', 'schema.json'),
  own('validate', '-p', 'valid.cedar', '-s', 'broken.cedarschema'),
  own('validate', '-p', 'valid.cedar', ...SCHEMA, '--level', '1'),
  own('validate', '-p', 'valid.cedar', ...SCHEMA, '--level', '0'),
  own('validate', '-p', 'valid.cedar', ...SCHEMA, '--level', 'x'),
  own('validate', '-p', 'valid.cedar', ...SCHEMA, '--validation-mode', 'partial'),
  {
    ...own('validate', '-p', 'valid.cedar', ...SCHEMA, '--validation-mode', 'permissive'),
    differs: 'the official command has this mode only as an experiment that must be built in',
  },
  own('validate', '-p', 'valid.cedar'),
];

const otherInvocations: readonly Invocation[] = [
  text('check-parse', '-p', 'policies.cedar'),
  own('check-parse', '-p', 'broken.cedar'),
  report('check-parse', '-p', 'broken.cedar', '--error-format', 'json'),
  own('check-parse', '-p', 'broken.cedar', '--error-format', 'plain'),
  report('--error-format', 'json', 'check-parse', '-p', 'broken.cedar'),
  own('check-parse', '-p', 'broken.cedar', '-f', 'json', '-f', 'plain'),
  text('check-parse', ...SCHEMA, '--expression', '1 + 1', '--entities', 'folder/entities.json'),
  own('check-parse', ...SCHEMA, '--expression', '1 +', '--entities', 'undeclared.json'),
  { ...text('check-parse'), input: 'permit(principal, action, resource);' },
  { ...own('check-parse'), input: 'permit(' },
  text(...LINK, '--template-id', 't', ...ALICE),
  { ...text(...LINK, '--template-id', 't', ...ALICE, '-k', 'links.json'), file: 'links.json' },
  { ...text(...LINK, '--template-id', 't', ...ALICE, '-k', 'made.json'), file: 'made.json' },
  own(...LINK, '--template-id', 't', '-k', 'links.json', '-n', 'alice', ...ALICE.slice(2)),
  own(...LINK, '--template-id', 'none', ...ALICE),
  own(...LINK, '--template-id', 'policy0', ...ALICE),
  own(...LINK, '--template-id', 't', '-n', 'new', '-a', '{"?principal":"User::alice"}'),
  own(...LINK, '--template-id', 't', '-n', 'new', '-a', '{"?someone":"User::\\"alice\\""}'),
  own(...LINK, '--template-id', 't', '-n', 'new', '-a', '[]'),
  own(...LINK, '--template-id', 't', '-n', 'new', '-a', 'no JSON'),
  own(...LINK, '--template-id', 't', '-n', 'new'),
  text('format', '-p', 'policies.cedar'),
  text('format', '-p', 'policies.cedar', '--check'),
  text('format', '-p', 'formatted.cedar', '-c'),
  { ...text('format', '-p', 'policies.cedar', '--write'), file: 'policies.cedar' },
  text('format', '-p', 'policies.cedar', '-l', '40', '-i', '4'),
  { ...text('format'), input: 'permit(principal,action,resource);' },
  own('format', '-p', 'broken.cedar'),
  report('format', '-p', 'broken.cedar', '-f', 'json'),
  own('format', '-p', 'missing.cedar'),
  own('format', '-p', 'policies.cedar', '--write', '--check'),
  own('format', '--write'),
  own('format', '-p', 'policies.cedar', '-l', 'wide'),
  json('translate-policy', '--direction', 'cedar-to-json', '-p', 'policies.cedar'),
  json('translate-policy', '--direction', 'cedar-to-json', '-p', 'templates.cedar'),
  own('translate-policy', '--direction', 'json-to-cedar', '-p', 'policy.json'),
  own('translate-policy', '--direction', 'cedar-to-json', '-p', 'broken.cedar'),
  own('translate-policy', '--direction', 'sideways', '-p', 'policies.cedar'),
  own('translate-policy', '-p', 'policies.cedar'),
  json('translate-schema', '--direction', 'cedar-to-json', ...SCHEMA),
  json('translate-schema', '--direction', 'cedar-to-json-with-resolved-types', ...SCHEMA),
  own('translate-schema', '--direction', 'json-to-cedar', '-s', 'schema.json'),
  own('translate-schema', '--direction', 'cedar-to-json', '-s', 'broken.cedarschema'),
  lines('visualize', '--entities', 'entities.json'),
  own('visualize', '--entities', 'broken.json'),
  own('visualize'),
  { ...text('new', '--name', 'project'), file: 'project/policy.cedar' },
  { ...text('new', '--name', 'project'), file: 'project/schema.cedarschema.json' },
  { ...text('new', '--name', 'project'), file: 'project/entities.json' },
  own('new', '--name', 'folder'),
  own('new'),
  text('run-tests', '-p', 'policies.cedar', '--tests', 'folder/passing.json'),
  text('run-tests', '-p', 'policies.cedar', '--tests', 'folder/failing.json'),
  text('run-tests', '-p', 'valid.cedar', ...SCHEMA, '--tests', 'folder/valid.json'),
  own('run-tests', '-p', 'policies.cedar', ...SCHEMA, '--tests', 'folder/passing.json'),
  own('run-tests', '-p', 'impossible.cedar', ...SCHEMA, '--tests', 'folder/valid.json'),
  own('run-tests', '-p', 'policies.cedar', '--tests', 'folder/no-reason.json'),
  own('run-tests', '-p', 'policies.cedar', '--tests', 'folder/outside.json'),
  text('run-tests', '-p', 'policies.cedar', '--tests', 'folder/none.json'),
  own('run-tests', '-p', 'policies.cedar', '--tests', 'folder/object.json'),
  own('run-tests', '-p', 'policies.cedar', '--tests', 'missing.json'),
  own('run-tests', '-p', 'policies.cedar'),
  text('language-version'),
  own('--version'),
  own('--help'),
  own('authorize', '--help'),
  own('help', 'authorize'),
  own('no-such-command'),
  own(),
];

export const INVOCATIONS: readonly Invocation[] = [
  ...authorizeInvocations,
  ...evaluateInvocations,
  ...validateInvocations,
  ...otherInvocations,
];
