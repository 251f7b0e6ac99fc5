/**
 * Mistakes — what newcomers get wrong, each as a line that they might write.
 *
 * To be read by a person: could you repair the mistake from the message alone?
 */
import {
  compile,
  contextSchema,
  EntityStore,
  EntityUid,
  load,
  PolicySet,
  parsePolicies,
  parseSchema,
  validate,
} from '../../../src/index.ts';

export interface Mistake {
  readonly title: string;
  /** The line as it would stand in an application. */
  readonly code: string;
  readonly run: () => unknown;
}

const PERMIT = 'permit(principal, action, resource);';
const SCHEMA = `
entity User { age: Long };
entity Doc { public: Bool };
action view, edit appliesTo { principal: User, resource: Doc, context: { ip: ipaddr, note?: String } };
`;
const JSON_SCHEMA = {
  '': { entityTypes: { User: { shape: { type: 'Record', attributes: { name: { type: 'Strin' } } } } }, actions: {} },
};
const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Doc::"plan"' };
const broken = 'entity User { name: Strin };';
const alice = { uid: { type: 'User', id: 'alice' }, attrs: {}, parents: [] };

class Attributes {
  age = 30;
}

const ask = (change: object, data: unknown = []) =>
  compile(PERMIT).isAllowed({ ...request, ...change } as never, data as never);
const typed = (change: object) =>
  compile(PERMIT, { schema: SCHEMA }).isAllowed({ ...request, context: { ip: '10.0.0.1' }, ...change }, []);
const link = (slotEnv: unknown) =>
  PolicySet.of('@id("ban") forbid(principal == ?principal, action, resource);').link({
    id: 'mallory',
    templateId: 'ban',
    slotEnv,
  } as never);

function mistake(title: string, code: string, run: () => unknown): Mistake {
  return { title, code, run };
}

export const POLICY_MISTAKES: readonly Mistake[] = [
  ['no semicolon at the end', 'permit(principal, action, resource)'],
  [
    'no semicolon, and another policy follows',
    'permit(principal, action, resource)\nforbid(principal, action, resource);',
  ],
  ['a uid without quotes', 'permit(principal == User::alice, action, resource);'],
  ['a bare name as uid', 'permit(principal == alice, action, resource);'],
  ['a bare text as uid', 'permit(principal, action == "view", resource);'],
  ['`=` for `==`', 'permit(principal = User::"alice", action, resource);'],
  ['`===` for `==`', 'permit(principal, action, resource) when { principal.name === "alice" };'],
  ['single quotes', "permit(principal == User::'alice', action, resource);"],
  ['`and` for `&&`', 'permit(principal, action, resource) when { context.a and context.b };'],
  ['`not` for `!`', 'permit(principal, action, resource) when { not context.a };'],
  ['a condition without braces', 'permit(principal, action, resource) when resource.public;'],
  ['`allow` for `permit`', 'allow(principal, action, resource);'],
  ['`where` for `when`', 'permit(principal, action, resource) where { resource.public };'],
  ['a variable that does not exist', 'permit(user, action, resource);'],
  ['a scope that is not complete', 'permit(principal, action);'],
].map(([title = '', text = '']) => mistake(title, text, () => compile(text)));

export const MISTAKES: readonly Mistake[] = [
  mistake('an id that is a number', "isAllowed({ principal: { type: 'User', id: 5 }, … }, [])", () =>
    ask({ principal: { type: 'User', id: 5 } }),
  ),
  mistake('an id that is a bigint', "isAllowed({ principal: { type: 'User', id: 5n }, … }, [])", () =>
    ask({ principal: { type: 'User', id: 5n } }),
  ),
  mistake('a uid without a type', "isAllowed({ principal: 'alice', … }, [])", () => ask({ principal: 'alice' })),
  mistake('a uid without quotes in a request', "isAllowed({ principal: 'User::alice', … }, [])", () =>
    ask({ principal: 'User::alice' }),
  ),
  mistake('a principal that was forgotten', 'isAllowed({ action, resource }, [])', () => ask({ principal: undefined })),
  mistake(
    'a whole row of a database as principal',
    "isAllowed({ principal: { id: 'alice', name: 'Alice' }, … }, [])",
    () => ask({ principal: { id: 'alice', name: 'Alice' } }),
  ),
  mistake(
    'a number beyond 2^53',
    "compile('… when { context.n == 1 };').isAllowed({ …, context: { n: 2 ** 53 } }, [])",
    () =>
      compile('permit(principal, action, resource) when { context.n == 1 };').isAllowed(
        { ...request, context: { n: 2 ** 53 } },
        [],
      ),
  ),
  mistake('a fraction', 'EntityStore.from([{ uid: \'Doc::"a"\', attrs: { price: 1.5 }, parents: [] }])', () =>
    EntityStore.from([{ uid: 'Doc::"a"', attrs: { price: 1.5 }, parents: [] }]),
  ),
  mistake('null in data', 'EntityStore.from([{ uid: \'Doc::"a"\', attrs: { owner: null }, parents: [] }])', () =>
    EntityStore.from([{ uid: 'Doc::"a"', attrs: { owner: null }, parents: [] }]),
  ),
  mistake(
    'undefined in data',
    'EntityStore.from([{ uid: \'Doc::"a"\', attrs: { owner: undefined }, parents: [] }])',
    () => EntityStore.from([{ uid: 'Doc::"a"', attrs: { owner: undefined }, parents: [] }]),
  ),
  mistake('the entities forgotten', 'engine.isAllowed(request)', () =>
    compile(PERMIT).isAllowed(request, undefined as never),
  ),
  mistake('JSON text as entities', "engine.isAllowed(request, '[]')", () => ask({}, '[]')),
  mistake('the request forgotten', 'engine.isAllowed(undefined, [])', () =>
    compile(PERMIT).isAllowed(undefined as never, []),
  ),
  mistake('the whole result of parsing as a schema', 'compile(policies, { schema: parseSchema(text) })', () =>
    compile(PERMIT, { schema: parseSchema(SCHEMA) }),
  ),
  mistake(
    'the schema of a text that does not parse',
    'const { schema } = parseSchema(broken); compile(policies, { schema })',
    () => {
      const { schema } = parseSchema(broken);
      return compile(PERMIT, { schema });
    },
  ),
  mistake('a schema text that does not parse', 'compile(policies, { schema: broken })', () =>
    compile(PERMIT, { schema: broken }),
  ),
  mistake('a type that a JSON schema does not declare', 'compile(policies, { schema: json })', () =>
    compile(PERMIT, { schema: JSON_SCHEMA }),
  ),
  mistake('a misspelt option', 'compile(policies, { shema })', () => compile(PERMIT, { shema: SCHEMA } as never)),
  mistake('a policy that does not fit the schema', "compile('… when { resource.pubic };', { schema })", () =>
    compile('permit(principal, action, resource) when { resource.pubic };', { schema: SCHEMA }),
  ),
  mistake('a misspelt type in a policy', "compile('permit(principal is Usr, action, resource);', { schema })", () =>
    compile('permit(principal is Usr, action, resource);', { schema: SCHEMA }),
  ),
  mistake('a comparison of different types', 'compile(\'… when { principal.age > "17" };\', { schema })', () =>
    compile('permit(principal, action, resource) when { principal.age > "17" };', { schema: SCHEMA }),
  ),
  mistake('a policy of a running engine that does not fit', "engine.policies.add('… when { resource.pubic };')", () =>
    compile(PERMIT, { schema: SCHEMA }).policies.add('permit(principal, action, resource) when { resource.pubic };'),
  ),
  mistake('no schema for `validate`', 'validate(policies, parseSchema(broken).schema)', () =>
    validate(PERMIT, parseSchema(broken).schema as never),
  ),
  mistake('a context that lacks an attribute', 'isAllowed({ …, context: {} }, [])', () => typed({ context: {} })),
  mistake('a context that was forgotten', 'isAllowed({ principal, action, resource }, [])', () =>
    typed({ context: undefined }),
  ),
  mistake('a wrong attribute in a context', "isAllowed({ …, context: { ip: '10.0.0.1', note: 7 } }, [])", () =>
    typed({ context: { ip: '10.0.0.1', note: 7 } }),
  ),
  mistake('an attribute too many in a context', "isAllowed({ …, context: { ip: '10.0.0.1', nte: 'x' } }, [])", () =>
    typed({ context: { ip: '10.0.0.1', nte: 'x' } }),
  ),
  mistake('an address that is none', "isAllowed({ …, context: { ip: 'localhost' } }, [])", () =>
    typed({ context: { ip: 'localhost' } }),
  ),
  mistake('a misspelt action in a request', 'isAllowed({ action: \'Action::"vew"\', … }, [])', () =>
    typed({ action: 'Action::"vew"' }),
  ),
  mistake('a misspelt type in a request', 'isAllowed({ principal: \'Usr::"alice"\', … }, [])', () =>
    typed({ principal: 'Usr::"alice"' }),
  ),
  mistake('a type that the action does not apply to', 'isAllowed({ principal: \'Doc::"plan"\', … }, [])', () =>
    typed({ principal: 'Doc::"plan"' }),
  ),
  mistake('an action that does not exist, for `contextSchema`', 'contextSchema(schema, \'Action::"vew"\')', () => {
    const { issues = [] } = contextSchema(SCHEMA, 'Action::"vew"')['~standard'].validate({});
    throw new Error(issues[0]?.message);
  }),
  mistake('a module as a whole', "import * as module from './policies.js'; load(module)", () =>
    load({ policies: { program() {} } } as never),
  ),
  mistake('something else as a module', "load('./policies.js')", () => load('./policies.js' as never)),
  mistake('a slot value that is not a uid', "set.link({ …, slotEnv: { principal: 'mallory' } })", () =>
    link({ principal: 'mallory' }),
  ),
  mistake('a slot value that is empty', 'set.link({ …, slotEnv: { principal: {} } })', () => link({ principal: {} })),
  mistake('a slot value with a numeric id', "set.link({ …, slotEnv: { principal: { type: 'User', id: 7 } } })", () =>
    link({ principal: { type: 'User', id: 7 } }),
  ),
  mistake('a slot named as in the policy', "set.link({ …, slotEnv: { '?principal': 'User::\"mallory\"' } })", () =>
    link({ '?principal': 'User::"mallory"' }),
  ),
  mistake('a slot without a value', 'set.link({ …, slotEnv: {} })', () => link({})),
  mistake('a template added as a policy', "set.add('permit(principal == ?principal, action, resource);')", () =>
    new PolicySet().add('permit(principal == ?principal, action, resource);'),
  ),
  mistake('one id twice', 'compile([\'@id("a") …\', \'@id("a") …\'])', () =>
    compile([`@id("a") ${PERMIT}`, `@id("a") ${PERMIT}`]),
  ),
  mistake('the whole result of parsing as policies', 'compile(parsePolicies(text))', () =>
    compile(parsePolicies(PERMIT)),
  ),
  mistake('no policies', 'compile(undefined)', () => compile(undefined as never)),
  mistake('an entity without parents', 'EntityStore.from([{ uid: \'User::"a"\', attrs: {} }])', () =>
    EntityStore.from([{ uid: 'User::"a"', attrs: {} }]),
  ),
  mistake('an instance of a class as attributes', 'EntityStore.from([{ …, attrs: new Attributes() }])', () =>
    EntityStore.from([{ ...alice, attrs: new Attributes() }]),
  ),
  mistake('a Map as a value', 'EntityStore.from([{ …, attrs: { roles: new Map() } }])', () =>
    EntityStore.from([{ ...alice, attrs: { roles: new Map() } }]),
  ),
  mistake('one entity instead of a list', 'EntityStore.from(alice)', () => EntityStore.from(alice as never)),
  mistake('two different entities of one uid', 'EntityStore.from([alice, { ...alice, attrs: { age: 1 } }])', () =>
    EntityStore.from([alice, { ...alice, attrs: { age: 1 } }]),
  ),
  mistake('an entity that is its own ancestor', 'store.upsert({ …, parents: [alice.uid] })', () =>
    new EntityStore().upsert({ ...alice, parents: [alice.uid] }),
  ),
  mistake(
    'an attribute of another type than the schema has',
    "EntityStore.from([{ …, attrs: { age: '30' } }], { schema })",
    () => EntityStore.from([{ ...alice, attrs: { age: '30' } }], { schema: SCHEMA }),
  ),
  mistake('a misspelt attribute', 'EntityStore.from([{ …, attrs: { aeg: 30 } }], { schema })', () =>
    EntityStore.from([{ ...alice, attrs: { aeg: 30 } }], { schema: SCHEMA }),
  ),
  mistake('a change of an action', 'store.remove(\'Action::"view"\')', () =>
    new EntityStore({ schema: SCHEMA }).remove('Action::"view"'),
  ),
  mistake('JSON that is none', "EntityStore.from('[{]')", () => EntityStore.from('[{]')),
  mistake('a question to an engine that was released', 'engine.release(); engine.isAllowed(request, [])', () => {
    const engine = compile(PERMIT);
    engine.release();
    return engine.isAllowed(request, []);
  }),
];

/** What looked like a mistake, and is right: each gives what it says. */
export const RIGHT: readonly (Mistake & { readonly gives: unknown })[] = [
  { ...mistake('a schema as text', 'compile(policies, { schema: text })', () => typed({})), gives: true },
  {
    ...mistake(
      'text for `validate`',
      'validate(policiesText, schemaText).errors.length',
      () => validate(PERMIT, SCHEMA).errors.length,
    ),
    gives: 0,
  },
  {
    ...mistake(
      'an action as text for `contextSchema`',
      "contextSchema(schema, 'Action::\"view\"')['~standard'].validate({ ip: '::1' }).issues",
      () => contextSchema(SCHEMA, 'Action::"view"')['~standard'].validate({ ip: '::1' }).issues,
    ),
    gives: undefined,
  },
  {
    ...mistake('a list of texts', 'compile([text, text]).policies.size', () => compile([PERMIT, PERMIT]).policies.size),
    gives: 2,
  },
  {
    ...mistake(
      'a policy in JSON',
      'compile(json).policies.size',
      () =>
        compile({
          effect: 'permit',
          principal: { op: 'All' },
          action: { op: 'All' },
          resource: { op: 'All' },
          conditions: [],
        }).policies.size,
    ),
    gives: 1,
  },
  {
    ...mistake(
      'a `Date`',
      'EntityStore.from([{ …, attrs: { at: new Date(0) } }]).size',
      () => EntityStore.from([{ ...alice, attrs: { at: new Date(0) } }]).size,
    ),
    gives: 1,
  },
  {
    ...mistake('an entity that a store gave out', 'store.upsert(other.get(\'User::"alice"\')); store.size', () => {
      const store = new EntityStore();
      store.upsert(EntityStore.from([alice]).get('User::"alice"')!);
      return store.size;
    }),
    gives: 1,
  },
  {
    ...mistake('a store as JSON', 'JSON.stringify([...store])', () =>
      JSON.stringify([...EntityStore.from([{ ...alice, attrs: { age: 30 } }])]),
    ),
    gives: '[{"uid":{"type":"User","id":"alice"},"attrs":{"age":30},"parents":[],"tags":{}}]',
  },
  {
    ...mistake(
      'the id of an annotation',
      'compile(\'@id("all") …\').isAuthorized(request, []).determiningPolicies.join()',
      () => compile(`@id("all") ${PERMIT}`).isAuthorized(request, []).determiningPolicies.join(),
    ),
    gives: 'all',
  },
  {
    ...mistake(
      'a uid as text wherever one is taken',
      'EntityStore.from([{ uid: \'User::"a"\', attrs: {}, parents: [\'Team::"t"\'] }]).size',
      () => EntityStore.from([{ uid: 'User::"a"', attrs: {}, parents: ['Team::"t"'] }]).size,
    ),
    gives: 1,
  },
  {
    ...mistake(
      'a uid as JSON for a slot',
      "set.link({ …, slotEnv: { principal: { __entity: { type: 'User', id: 'a' } } } })",
      () => link({ principal: { __entity: { type: 'User', id: 'a' } } }),
    ),
    gives: undefined,
  },
  {
    ...mistake('a value for an entity uid', "isAllowed({ principal: new EntityUid('User', 'alice'), … }, [])", () =>
      ask({ principal: new EntityUid('User', 'alice') }),
    ),
    gives: true,
  },
];
