/**
 * Policy app — the small application that the cells of built policies share: policies, their schema, 1,000 requests, and what must come out.
 */
import { manifest, OK, type Step } from '../cell.ts';

export const POLICIES = `@id("owner") permit (principal, action, resource) when { resource.owner == principal };
@id("member") permit (principal in Team::"staff", action in Action::"read", resource) when { resource.level < 3 && context.mfa };
@id("public") permit (principal, action == Action::"view", resource) when { resource.public };
@id("locked") forbid (principal, action, resource) when { resource.labels.contains("locked") } unless { principal in Team::"admins" };
`;
const SCHEMA = `entity User in Team; entity Team;
entity Doc { owner: User, level: Long, public: Bool, labels: Set<String> };
action read;
action view, list in [read] appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };
action edit appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };
`;

/** The answers to 1,000 requests, as one text. */
export const ANSWERS = `
export const entities = [
  ...Array.from({ length: 10 }, (_, i) => ({ uid: 'User::"' + i + '"', attrs: {}, parents: i % 3 === 0 ? ['Team::"staff"'] : i === 4 ? ['Team::"admins"'] : [] })),
  ...Array.from({ length: 10 }, (_, i) => ({ uid: 'Doc::"' + i + '"', attrs: { owner: 'User::"' + (i % 5) + '"', level: i, public: i % 2 === 0, labels: i === 7 ? ['locked'] : ['a'] }, parents: [] })),
];
export function answers(engine, store) {
  const given = [];
  for (let i = 0; i < 1000; i++) {
    const request = { principal: { type: 'User', id: String(i % 10) }, action: ['view', 'list', 'edit'][i % 3], resource: 'Doc::"' + (Math.floor(i / 10) % 10) + '"', context: { mfa: i % 4 < 2 } };
    const { decision, determiningPolicies } = engine.isAuthorized(request, store);
    if (engine.isAllowed(request, store) !== (decision === 'allow')) throw new Error('two answers to ' + i);
    given.push(decision + ' ' + determiningPolicies);
  }
  return given.join();
}
`;
export const EXPECT = `
import { readFileSync, writeFileSync } from 'node:fs';
import { compile, EntityStore } from 'cedarmill';
import { answers, entities } from './answers.js';
const schema = readFileSync('policies.cedarschema', 'utf8');
const engine = compile(readFileSync('policies.cedar', 'utf8'), { schema });
const text = answers(engine, EntityStore.from(entities, { schema }));
if (!text.includes('allow owner') || !text.includes('deny locked') || !text.includes('member')) throw new Error(text);
writeFileSync('expected.js', 'export const expected = ' + JSON.stringify(text) + ';');
`;
export const COMPARE = (module: string) => `
import authz, { schema } from ${JSON.stringify(module)};
import { EntityStore } from 'cedarmill/runtime';
import { answers, entities } from './answers.js';
import { expected } from './expected.js';
export function useAll() {
  const store = EntityStore.from(entities, { schema });
  return answers(authz, store) === expected ? 'cedarmill: ok' : 'other answers';
}
`;
const MAIN = `import { useAll } from './all.js';\nconsole.log(useAll());\n`;
export const APP = {
  'package.json': manifest('module'),
  'policies.cedar': POLICIES,
  'policies.cedarschema': SCHEMA,
  'answers.js': ANSWERS,
  'expect.mjs': EXPECT,
  'all.js': COMPARE('./policies.cedar'),
  'main.js': MAIN,
};
export const expectStep: Step = { program: 'node', args: ['expect.mjs'] };
export const run = (file: string): Step => ({ program: 'node', args: [file], expect: OK });
export const node = (...args: string[]): Step => ({ program: 'node', args });
