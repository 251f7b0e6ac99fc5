/**
 * Program — what the cells run: every entry of the package, used and asserted. It is written so that it is JavaScript and TypeScript alike.
 */

/** Entries that every cell can use; without those that generate code, where that is forbidden. */
const BODY = `
const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"beach"', context: {} };
const assert = (truth, what) => {
  if (!truth) throw new Error('cedarmill: ' + what);
};

function useEngine(options) {
  const engine = compile('permit(principal == User::"alice", action == Action::"view", resource) when { resource.public };', options);
  const store = EntityStore.from([{ uid: { type: 'Photo', id: 'beach' }, attrs: { public: true }, parents: [] }]);
  assert(engine.isAllowed(request, store), 'alice may view');
  assert(!engine.isAllowed({ ...request, principal: 'User::"bob"' }, store), 'bob may not');
  const answer = engine.isAuthorized(request, store);
  assert(answer.decision === 'allow' && answer.determiningPolicies.length === 1, 'the full answer');
}

function useSchema() {
  const schema = 'entity Photo { public: Bool };';
  const photo = { uid: { type: 'Photo', id: 'beach' }, attrs: { public: true }, parents: [] };
  assert(EntityStore.from([photo], { schema }).size === 1, 'a store reads the text of a schema, also in a bundle');
}

function useDropIn() {
  const answer = isAuthorized({
    principal: { type: 'User', id: 'alice' },
    action: { type: 'Action', id: 'view' },
    resource: { type: 'Photo', id: 'beach' },
    context: {},
    policies: { staticPolicies: 'permit(principal, action, resource);' },
    entities: [],
  });
  assert(answer.type === 'success' && answer.response.decision === 'allow', 'the drop-in');
}

function useErrors() {
  try {
    compile('permit(principal, action, resource)');
  } catch (error) {
    assert(error instanceof PolicySyntaxError, 'a syntax error is one');
    return;
  }
  assert(false, 'a syntax error is thrown');
}
`;

const IMPORTED = ['compile', 'EntityStore', 'PolicySyntaxError'];
const DROP_IN = ['isAuthorized'];

const ESM_IMPORTS = `import { ${IMPORTED.join(', ')} } from 'cedarmill';
import { check } from 'cedarmill/check';
import { isAuthorized } from 'cedarmill/cedar-wasm';
import * as nodejs from 'cedarmill/cedar-wasm/nodejs';
import * as esm from 'cedarmill/cedar-wasm/esm';
import * as runtime from 'cedarmill/runtime';
`;

const CJS_IMPORTS = `const { ${IMPORTED.join(', ')} } = require('cedarmill');
const { check } = require('cedarmill/check');
const { ${DROP_IN.join(', ')} } = require('cedarmill/cedar-wasm');
const nodejs = require('cedarmill/cedar-wasm/nodejs');
const esm = require('cedarmill/cedar-wasm/esm');
const runtime = require('cedarmill/runtime');
`;

const ALL = `
export_ function useAll() {
  useEngine({ check });
  useEngine({ mode: 'interpret' });
  useSchema();
  useDropIn();
  useErrors();
  assert(runtime.EntityStore === EntityStore, 'the store of both entries is one class');
  assert(nodejs.isAuthorized === isAuthorized && esm.isAuthorized === isAuthorized, 'the subpaths of the drop-in');
  assert(typeof runtime.Node === 'function', 'the runtime');
  return 'cedarmill: ok';
}
`;

/** A module that exports `useAll`, in either format. */
export const ESM_MODULE = `${ESM_IMPORTS}${BODY}${ALL.replace('export_', 'export')}`;
export const CJS_MODULE = `${CJS_IMPORTS}${BODY}${ALL.replace('export_ ', '')}module.exports = { useAll };\n`;

/** A program that prints `cedarmill: ok`. */
export const ESM_PROGRAM = `${ESM_MODULE}console.log(useAll());\n`;
export const CJS_PROGRAM = `${CJS_MODULE}console.log(useAll());\n`;

/** Both formats in one process share every class: stores, errors and compiled modules pass from one to the other. */
export const BOTH_PROGRAM = `
import * as esm from 'cedarmill';
import { Node } from 'cedarmill/runtime';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const cjs = require('cedarmill');
const assert = (truth, what) => {
  if (!truth) throw new Error('cedarmill: ' + what);
};
for (const [name, value] of Object.entries(esm)) assert(cjs[name] === value, name + ' is one');
for (const name of Object.keys(cjs)) assert(name in esm, name + ' is in both');
assert(require('cedarmill/runtime').Node === Node, 'Node is one');

const store = cjs.EntityStore.from([{ uid: { type: 'Photo', id: 'beach' }, attrs: { public: true }, parents: [] }]);
const engine = esm.compile('permit(principal, action, resource) when { resource.public };');
const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"beach"' };
assert(engine.isAllowed(request, store), 'an engine of one format takes the store of the other');
store.remove('Photo::"beach"');
assert(!engine.isAllowed(request, store), 'and follows its changes');
try {
  cjs.compile('permit');
} catch (error) {
  assert(error instanceof esm.PolicySyntaxError, 'an error of one format is one of the other');
  console.log('cedarmill: ok');
}
`;

/** Where code cannot be generated: the model, a module that was compiled ahead of time, and a clear error of \`compile\`. */
export const EDGE_MODULE = `
import { CodeGenerationForbidden, compile, EntityStore, load, PolicySyntaxError } from 'cedarmill';
import { isAuthorized } from 'cedarmill/cedar-wasm';
import init, { isAuthorized as inPages } from 'cedarmill/cedar-wasm/web';
import { policies } from './policies.mjs';
${BODY}
export function useAll(forbidden) {
  useEngine({ mode: 'interpret' });
  useSchema();
  useDropIn();
  useErrors();
  assert(typeof init === 'function' && inPages === isAuthorized, 'the web form of the drop-in');
  const store = EntityStore.from([{ uid: { type: 'Photo', id: 'beach' }, attrs: { public: true }, parents: [] }]);
  const engine = load(policies);
  assert(engine.isAllowed(request, store), 'a compiled module allows');
  assert(!engine.isAllowed({ ...request, action: 'Action::"edit"' }, store), 'a compiled module denies');
  let thrown;
  try {
    useEngine();
  } catch (error) {
    thrown = error;
  }
  if (forbidden) assert(thrown instanceof CodeGenerationForbidden, 'compile says that code may not be generated');
  else assert(thrown === undefined, 'compile generates code');
  return 'cedarmill: ok';
}
`;

export const POLICIES = `permit(principal == User::"alice", action == Action::"view", resource) when { resource.public };\n`;
