/**
 * Script — a sequence as a test that can be pasted: the public API alone, and the answer of the model at its end.
 */
import type { Difference } from './machine.ts';
import type { Ask, Data, ListChange, Operation, RequestSpec, Trap, TrapInEntity, TrapInList } from './operation.ts';
import { slotsOfText, uidOf } from './plain-data.ts';
import { SCHEMA_TEXT } from './schema.ts';
import { getterText, iteratedText, trappedText } from './script-getter.ts';
import { entity, slotEnv, uid } from './script-input.ts';

const STACK = 'nearStackEnd';

export function scriptOf(operations: readonly Operation[], { kind, operation, expected, actual }: Difference): string {
  const lines = [...operations.slice(0, -1).map((each) => guarded(each)), ...last(operations.at(-1)!, expected)];
  const body = declaredOnce(lines.join('\n'));
  const needsPolicy = body.includes('policy(');
  const uses = (name: string) => body.includes(name) || (name === 'parsePolicies' && needsPolicy);
  const imports = ['compile', 'EntityStore', 'EntityUid', 'load', 'parsePolicies', 'PolicySet'].filter(uses);
  return [
    "import { expect, test } from 'vitest';",
    `import { ${[...imports, ...(uses('schema') ? ['parseSchema'] : [])].join(', ')} } from '../../../src/index.ts';`,
    ...(uses('moduleEngineOf') ? ["import { moduleEngineOf } from '../target/module.ts';"] : []),
    ...(uses(STACK) ? [`import { ${STACK} } from './near-stack-end.ts';`] : []),
    '',
    ...(uses('schema') ? [`const { schema } = parseSchema(\`${SCHEMA_TEXT}\`);`, ''] : []),
    ...(needsPolicy ? [POLICY, ''] : []),
    ...(uses('nested(') ? [NESTED, ''] : []),
    ...(uses('prepared(') ? [PREPARED, ''] : []),
    `// ${kind} at ${operation.kind}: ${String(actual instanceof Error ? actual.message : JSON.stringify(actual)).slice(0, 200)}`,
    "test('a sequence of changes and questions agrees with the model', () => {",
    indented(body),
    '});',
    '',
  ].join('\n');
}

/** A store, list, set or engine of the same number takes the place of the one before. */
function declaredOnce(text: string): string {
  const names = new Set<string>();
  return text.replace(/^const (\w+)(: any\[\])? =/gm, (_, name: string, type = '') => {
    if (names.has(name)) return `${name} =`;
    names.add(name);
    return `let ${name}${type} =`;
  });
}

const POLICY = [
  'function policy(id: string, text: string) {',
  '  return { ...parsePolicies(text).policies[0]!, id };',
  '}',
].join('\n');

const NESTED = [
  'function nested(levels: number): unknown {',
  '  let data: unknown = 1;',
  '  for (let i = 0; i < levels; i++) data = { x: data };',
  '  return data;',
  '}',
].join('\n');

const PREPARED = [
  'const known = new Map<string, object>();',
  'function prepared(context: object): object {',
  '  const key = JSON.stringify(context);',
  "  if (!known.has(key)) known.set(key, compile('').prepareContext(context));",
  '  return known.get(key)!;',
  '}',
].join('\n');

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, '  ');
}

/** What may be refused on the way there. */
const MAY_THROW: ReadonlySet<Operation['kind']> = new Set([
  'deep',
  'shallow',
  'replace',
  'replaceAll',
  'query',
  'add',
  'addTemplate',
  'remove',
  'removeTemplate',
  'link',
  'unlink',
  'upsert',
  'removeEntity',
  'makeStore',
  'makeEngine',
  'ask',
  'changeGiven',
  'handle',
]);

function guarded(operation: Operation): string {
  const text = statement(operation);
  if (!MAY_THROW.has(operation.kind) || text.startsWith('const ')) return text;
  return operation.kind === 'ask' && operation.request.trap === undefined && !('trap' in operation.data)
    ? text
    : `try {\n${indented(text)}\n} catch {}`;
}

function last(operation: Operation, expected: unknown): string[] {
  if (operation.kind !== 'ask') return [`${statement(operation)} // expected: ${JSON.stringify(expected)}`];
  const question =
    operation.question === 'both' ? (typeof expected === 'boolean' ? 'isAllowed' : 'isAuthorized') : operation.question;
  const call = calls({ ...operation, question, times: 1 });
  const again = operation.times > 1 ? [`for (let i = 0; i < ${operation.times}; i++) ${call};`] : [];
  if (expected instanceof Error) return [...again, `expect(() => ${call}).toThrow();`];
  const matcher = typeof expected === 'boolean' ? `toBe(${expected})` : `toMatchObject(${JSON.stringify(expected)})`;
  return [...again, `expect(${call}).${matcher};`];
}

function statement(operation: Operation): string {
  switch (operation.kind) {
    case 'makeSet':
      return [
        `const set${operation.set} = new PolicySet();`,
        ...operation.policies.map(
          ({ id, text }) =>
            `set${operation.set}.${slotsOfText(text).length > 0 ? 'addTemplate' : 'add'}(policy('${id}', \`${text}\`));`,
        ),
      ].join('\n');
    case 'add':
    case 'addTemplate':
      return `set${operation.set}.${operation.kind}(policy('${operation.policy.id}', \`${operation.policy.text}\`));`;
    case 'remove':
    case 'removeTemplate':
    case 'unlink':
      return `set${operation.set}.${operation.kind}('${operation.id}');`;
    case 'link':
      return `set${operation.set}.link({ id: '${operation.id}', templateId: '${operation.templateId}', slotEnv: ${slotEnv(operation.slots)} });`;
    case 'listen':
      return `{\n  const stop = set${operation.set}.onChange(() => {\n    stop();\n${indented(indented(springs(operation.trap)))}\n  });\n}`;
    case 'makeStore':
      return storeText(operation);
    case 'replace':
      return replaceText(operation);
    case 'replaceAll':
      return `store${operation.store}.replaceAll(${trapped(`[${operation.entities.map(entity).join(', ')}]`, operation.trap)});`;
    case 'query':
      return queryText(operation);
    case 'specialize':
      return specializeText(operation);
    case 'askRow':
      return rowCalls(operation).join(', ').concat(';');
    case 'upsert':
      return `store${operation.store}.upsert(${trapped(entity(operation.entity), operation.trap)});`;
    case 'removeEntity':
      return `store${operation.store}.remove(${uid(operation.uid)});`;
    case 'handle':
      return `store${operation.store}.handle(${uid(operation.uid)});`;
    case 'changeGiven':
      return givenText(operation);
    case 'inspect':
      return `expect([...${operation.what === 'store' ? `store${operation.number}` : `set${operation.number}.policies()`}]).toMatchSnapshot();`;
    case 'makeList':
      return `const list${operation.list}: any[] = [${operation.entities.map(entity).join(', ')}];`;
    case 'changeList':
      return listChange(`list${operation.list}`, operation.change);
    case 'makeEngine':
      return engineText(operation);
    case 'release':
      return `engine${operation.engine}.release();`;
    case 'ask':
      return operation.times > 1
        ? `for (let i = 0; i < ${operation.times}; i++) ${calls(operation)};`
        : `${calls(operation)};`;
    case 'deep':
      return `${STACK}(${operation.room}, () => {\n${indented(statement(operation.run))}\n});`;
    case 'shallow':
      return `// With room for ${operation.calls} calls of the library inside one another (test/exceptions/depth.ts):\n${statement(operation.run)}`;
  }
}

function specializeText({
  query,
  engine,
  data: given,
  request: spec,
}: Extract<Operation, { kind: 'specialize' }>): string {
  const { principal, action, context } = spec;
  const parts = [
    `principal: ${uid(principal)}`,
    `action: ${uid(action)}`,
    ...(context ? [`context: ${JSON.stringify(context)}`] : []),
  ];
  return `const query${query} = engine${engine}.specialize({ ${parts.join(', ')} }, ${data(given)});`;
}

function rowCalls({ query, resource, question }: Extract<Operation, { kind: 'askRow' }>): string[] {
  const questions = question === 'both' ? ['isAuthorized', 'isAllowed'] : [question];
  return questions.map((each) => `query${query}.${each}(${uid(resource)})`);
}

function storeText({ store, how, schema, entities }: Extract<Operation, { kind: 'makeStore' }>): string {
  const list = `[${entities.map(entity).join(', ')}]`;
  const options = schema ? '{ schema }' : '';
  if (how === 'new')
    return [
      `const store${store} = new EntityStore(${options});`,
      ...entities.map((each) => `store${store}.upsert(${entity(each)});`),
    ].join('\n');
  const given = how === 'text' ? `JSON.stringify(${list})` : list;
  return `const store${store} = EntityStore.from(${given}${options && `, ${options}`});`;
}

function engineText({ engine, set, mode, schema, options }: Extract<Operation, { kind: 'makeEngine' }>): string {
  if (mode === 'module')
    return `const engine${engine} = moduleEngineOf(set${set}, ${schema ? 'schema' : 'undefined'});`;
  const parts = [
    ...Object.entries(options).map(([name, value]) => `${name}: ${value}`),
    ...(mode === 'interpret' ? ["mode: 'interpret'"] : []),
    ...(schema ? ['schema', 'validate: false'] : []),
  ];
  return `const engine${engine} = compile(set${set}${parts.length > 0 ? `, { ${parts.join(', ')} }` : ''});`;
}

function givenText({ store, uid: name, member }: Extract<Operation, { kind: 'changeGiven' }>): string {
  const write =
    member === 'parents'
      ? "push(new EntityUid('Group', 'admins'))"
      : `set('${member === 'tags' ? 'vip' : 'open'}', true)`;
  const type = member === 'parents' ? 'object[]' : 'Map<string, unknown>';
  return `(store${store}.get(${uid({ name, form: 'text' })})?.${member} as unknown as ${type}).${write};`;
}

/** An entity, or a list of them. */
function trapped(text: string, trap: TrapInEntity | TrapInList | undefined): string {
  if (trap === undefined) return text;
  return trappedText(text, 'at' in trap && text.startsWith('[') ? trap.at : undefined, trap.member, springs(trap.trap));
}

function springs(trap: Trap): string {
  return trap.does === 'throw' ? "throw new Error('thrown by a callback');" : trap.run.map(statement).join('\n');
}

function calls(ask: Ask): string {
  const questions = ask.question === 'both' ? ['isAuthorized', 'isAllowed'] : [ask.question];
  const { data: given } = ask;
  const trap = 'list' in given && given.trap !== undefined ? `${trapText(given.list, given.trap)}, ` : '';
  const texts = questions
    .map((question) => `engine${ask.engine}.${question}(${request(ask.request)}, ${data(ask.data)})`)
    .join(', ');
  return trap === '' ? texts : `(${trap}${texts})`;
}

function replaceText({ set, engine, policies, trap }: Extract<Operation, { kind: 'replace' }>): string {
  const list = policies.map(({ id, text }) => `policy('${id}', \`${text}\`)`);
  const given = trap === undefined ? `[${list.join(', ')}]` : iteratedText(list, trap.at, springs(trap.trap));
  return `${engine === undefined ? `set${set}` : `engine${engine}`}.replace(${given});`;
}

function queryText({ what, engine, data: given, request: spec }: Extract<Operation, { kind: 'query' }>): string {
  const { principal, action, resource, context = {} } = spec;
  const doc = "resource: { type: 'Doc' }";
  const scope = {
    allowedActions: `principal: ${uid(principal)}, resource: ${uid(resource)}`,
    allowedResources: `principal: ${uid(principal)}, action: ${uid(action)}, ${doc}`,
    partial: `principal: ${uid(principal)}, action: ${uid(action)}, ${doc}`,
  }[what];
  const call = `engine${engine}.${what}({ ${scope}, context: ${JSON.stringify(context)} }, ${data(given)})`;
  if (what === 'allowedResources') return `[...${call}];`;
  return what === 'partial' ? `${call}.authorize(${request({ ...spec, context })}, ${data(given)});` : `${call};`;
}

/** The getter stays: who asks afterwards should not read it. */
function trapText(list: number, trap: TrapInList): string {
  return getterText(`list${list}[${trap.at}]`, trap.member, springs(trap.trap));
}

function request({ principal, action, resource, context, prepared, trap, trapAt }: RequestSpec): string {
  const part = (name: 'principal' | 'resource', spec: RequestSpec['principal']) =>
    trap !== undefined && trapAt === name
      ? `{ type: '${uidOf(spec.name).type}', get id() { ${springs(trap)} return '${uidOf(spec.name).id}'; } }`
      : uid(spec);
  const text = context && contextText(context, trapAt === undefined ? trap : undefined);
  const given = text === undefined ? '' : `, context: ${prepared ? `prepared(${text})` : text}`;
  return `{ principal: ${part('principal', principal)}, action: ${uid(action)}, resource: ${part('resource', resource)}${given} }`;
}

function contextText(context: NonNullable<RequestSpec['context']>, trap: Trap | undefined): string {
  const [first] = Object.keys(context);
  if (trap === undefined || first === undefined) return JSON.stringify(context);
  const { [first]: value, ...rest } = context;
  return `{ get ${first}() { ${springs(trap)} return ${JSON.stringify(value)}; }, ...${JSON.stringify(rest)} }`;
}

function data(given: Data): string {
  if ('nothing' in given) return `${given.nothing === 'object' ? '{}' : given.nothing} as never`;
  if ('store' in given) return `store${given.store}`;
  return `list${given.list}`;
}

function listChange(list: string, change: ListChange): string {
  switch (change.does) {
    case 'push':
      return `${list}.push(${entity(change.entity)});`;
    case 'put':
      return `${list}[${change.at}] = ${entity(change.entity)};`;
    case 'drop':
      return `${list}.splice(${change.at}, 1);`;
    case 'attribute':
      return change.value === undefined
        ? `delete ${list}[${change.at}].attrs.${change.name};`
        : `${list}[${change.at}].attrs.${change.name} = ${JSON.stringify(change.value)};`;
    case 'parents':
      return `${list}[${change.at}].parents.splice(0, 99, ...${JSON.stringify(change.parents.map(uidOf).map(({ type, id }) => ({ type, id })))});`;
    case 'rename':
      return `${list}[${change.at}].uid.id = '${uidOf(change.uid).id}';`;
  }
}
