/**
 * Answers — what every entry of the package answers to the same questions, as text. Whatever is done to the process must not change a letter of it.
 *
 * As a program (`node answers.ts NAME …`), it pollutes `Object.prototype` with the names after it has loaded the package, or before with `--before`.
 */
import type * as DropIn from '../../src/cedar-wasm/index.ts';
import type * as Package from '../../src/index.ts';

const TEXT = `
  @id("staff") permit(principal in Group::"staff", action in Action::"read", resource) when { resource has open && resource.open };
  @id("tagged") forbid(principal, action, resource) when { principal.hasTag("admin") && context has blocked };
  @id("deep") permit(principal, action, resource) when { context has deep && context.deep has value };
  @id("owner") permit(principal == ?principal, action, resource);`;

const SCHEMA = `entity Group; entity User in [Group] { name?: String } tags Bool; entity Doc { open?: Bool };
  action read; action view in [read] appliesTo { principal: User, resource: Doc, context: { blocked?: Bool, deep?: { value?: Long } } };`;

const SCHEMA_JSON = {
  '': {
    entityTypes: { User: { memberOfTypes: ['Group'] }, Group: {}, Doc: { shape: { type: 'Record', attributes: {} } } },
    actions: { view: { appliesTo: { principalTypes: ['User'], resourceTypes: ['Doc'] } } },
  },
};

const POLICY_JSON = {
  effect: 'permit',
  principal: { op: 'All' },
  action: { op: '==', entity: { type: 'Action', id: 'view' } },
  resource: { op: 'All' },
  conditions: [{ kind: 'when', body: { has: { left: { Var: 'resource' }, attr: 'open' } } }],
};

const ENTITIES = [
  { uid: { type: 'User', id: 'a' }, attrs: {}, parents: [{ type: 'Group', id: 'staff' }] },
  { uid: { __entity: { type: 'User', id: 'b' } }, attrs: { name: 'b' }, parents: [] },
  { uid: 'User::"c"', attrs: {}, parents: [], tags: { admin: true } },
  { uid: { type: 'Doc', id: 'd' }, attrs: { open: true }, parents: [] },
  { uid: { type: 'Doc', id: 'e' }, attrs: {}, parents: [] },
  { uid: { type: 'Action', id: 'view' }, attrs: {}, parents: [{ type: 'Action', id: 'read' }] },
];

const CONTEXTS: readonly Record<string, unknown>[] = [{}, { blocked: true }, { deep: {} }, { deep: { value: 1 } }];

function attempt(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

/** One line for each question. `generates`: whether code may be generated; if not, the model answers in its place. */
export function answersOf(
  { compile, EntityStore, parseSchema }: typeof Package,
  dropIn: typeof DropIn,
  generates = true,
): string[] {
  const answers: string[] = [];
  const tell = (what: string, run: () => unknown) => {
    const answer = attempt(run);
    answers.push(`${what}: ${JSON.stringify(answer, (_, value) => (typeof value === 'bigint' ? `${value}n` : value))}`);
  };
  const { schema } = parseSchema(SCHEMA);
  const engines = {
    compiled: generates ? compile(TEXT) : compile(TEXT, { mode: 'interpret' }),
    interpreted: compile(TEXT, { mode: 'interpret' }),
    checked: compile(TEXT, { schema: schema!, validate: false, mode: generates ? 'compile' : 'interpret' }),
  };
  for (const [name, engine] of Object.entries(engines)) {
    for (const id of ['a', 'b', 'c', 'none']) {
      for (const doc of ['d', 'e']) {
        for (const context of CONTEXTS) {
          const request = {
            principal: `User::"${id}"`,
            action: 'Action::"view"',
            resource: { type: 'Doc', id: doc },
            context,
          };
          tell(`${name} ${id} ${doc} ${JSON.stringify(context)}`, () =>
            engine.isAuthorized(request, ENTITIES as never),
          );
          tell(`${name} ${id} ${doc} allowed`, () => engine.isAllowed(request, ENTITIES as never));
        }
      }
    }
    tell(`${name} without a context`, () =>
      engine.isAllowed({ principal: 'User::"a"', action: 'Action::"view"', resource: 'Doc::"d"' }, ENTITIES as never),
    );
    for (const wrong of [{}, { type: 'User' }, { id: 'a' }, { __entity: {} }, [], 1, null])
      tell(`${name} about ${JSON.stringify(wrong)}`, () =>
        engine.isAllowed({ principal: wrong as never, action: 'Action::"view"', resource: 'Doc::"d"' }, []),
      );
  }
  tell('a store', () => {
    const store = EntityStore.from(ENTITIES as never);
    store.upsert([{ uid: { type: 'User', id: 'n' }, attrs: {}, parents: [] }] as never);
    return engines.compiled.isAuthorized(
      { principal: 'User::"n"', action: 'Action::"view"', resource: 'Doc::"d"' },
      store,
    );
  });
  for (const wrong of [
    {},
    { uid: { type: 'User', id: 'a' } },
    { uid: {}, attrs: {}, parents: [] },
    { attrs: {}, parents: [] },
  ])
    tell(`an entity ${JSON.stringify(wrong)}`, () => EntityStore.from([wrong] as never) && 'taken');
  const uid = (type: string, id: string) => ({ type, id });
  const call = (more: object) => ({
    principal: uid('User', 'a'),
    action: uid('Action', 'view'),
    resource: uid('Doc', 'd'),
    context: {},
    policies: { staticPolicies: { one: POLICY_JSON, two: TEXT.split(';')[0] + ';' } },
    entities: ENTITIES.filter((entity) => typeof entity.uid !== 'string'),
    ...more,
  });
  tell('drop-in', () => dropIn.isAuthorized(call({}) as never));
  tell('drop-in with a schema', () => dropIn.isAuthorized(call({ schema: SCHEMA }) as never));
  tell('drop-in with a JSON schema', () => dropIn.isAuthorized(call({ schema: SCHEMA_JSON }) as never));
  tell('drop-in without policies', () => dropIn.isAuthorized(call({ policies: {} }) as never));
  tell('drop-in of too few members', () => dropIn.isAuthorized({ principal: uid('User', 'a') } as never));
  tell('drop-in policy to text', () => dropIn.policyToText(POLICY_JSON as never));
  tell('drop-in policy to JSON', () => dropIn.policyToJson(TEXT.split(';')[0] + ';'));
  tell('drop-in JSON to JSON', () => dropIn.policyToJson(POLICY_JSON as never));
  tell('drop-in validation', () =>
    dropIn.validate({ schema: SCHEMA, policies: { staticPolicies: TEXT.split(';')[0] + ';' } } as never),
  );
  tell('drop-in schema to JSON', () => dropIn.schemaToJson(SCHEMA));
  tell('drop-in schema to text', () => dropIn.schemaToText(SCHEMA_JSON as never));
  tell('drop-in wrong policy', () => dropIn.policyToText({ effect: 'permit' } as never));
  tell('drop-in wrong schema', () => dropIn.checkParseSchema({ '': {} } as never));
  return answers;
}

/** What is put on `Object.prototype` under each name: something that would be of use to an attacker. */
const POLLUTION: Readonly<Record<string, unknown>> = {
  tags: { admin: false, evil: true },
  uid: { type: 'User', id: 'a' },
  type: 'User',
  id: 'a',
  __entity: { type: 'User', id: 'a' },
  __extn: { fn: 'ip', arg: '1.2.3.4' },
  context: { deep: { value: 1 } },
  schema: SCHEMA,
  mode: 'interpret',
  validate: false,
  validateRequest: false,
  attrs: { open: true },
  parents: [{ type: 'Group', id: 'staff' }],
  open: true,
  deep: { value: 1 },
  length: 1,
  optimize: false,
  check: () => {},
  staticPolicies: 'permit(principal, action, resource);',
  templates: {},
  templateLinks: [],
  effect: 'permit',
  conditions: [],
  principal: { op: 'All' },
  action: { op: 'All' },
  resource: { op: 'All' },
  op: 'All',
  entity: { type: 'User', id: 'a' },
  slot: '?principal',
  kind: 'any',
  left: { Var: 'principal' },
  attr: 'name',
  Value: true,
  required: false,
  attributes: {},
  shape: { type: 'Record', attributes: {} },
  memberOfTypes: ['Group'],
  memberOf: [{ id: 'read' }],
  appliesTo: { principalTypes: ['User'], resourceTypes: ['Doc'] },
  additionalAttributes: true,
  annotations: { id: 'x' },
  span: { start: 0, end: 1 },
  source: { text: 'x' },
  shared: true,
  outer: { start: 0, end: 1 },
  text: 'no',
  detail: 'no',
  message: 'no',
  // What property descriptors, iterators, promises and JSON look for.
  get: () => true,
  set: () => {},
  value: true,
  enumerable: true,
  configurable: false,
  writable: true,
  next: () => ({ value: true, done: false }),
  done: true,
  then: undefined,
  toJSON: undefined,
  constructor2: 1,
};

export const POLLUTED_NAMES: readonly string[] = Object.keys(POLLUTION);

export function pollute(names: readonly string[]): void {
  for (const name of names)
    Object.defineProperty(Object.prototype, name, {
      value: POLLUTION[name],
      enumerable: true,
      configurable: true,
      writable: true,
    });
}

/** Takes all of it away. */
export function clean(): void {
  for (const name of POLLUTED_NAMES) delete (Object.prototype as unknown as Record<string, unknown>)[name];
}
