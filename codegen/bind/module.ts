/**
 * Module — compiled policies as the text of a module, ES or CommonJS, for build time and for environments that forbid generating code.
 *
 * The module imports `cedarmill/runtime` only. The action hierarchy is not known before the data are, so its program has functions for the sets of action
 * groups that are likely to be met (module-sets.ts), and finds the one of an action while it runs.
 */

import type { Schema } from '../../src/schema/schema.ts';
import { schemaToData } from '../../src/schema/schema-data.ts';
import type { Annotation, TemplateLink } from '../../src/syntax/policy.ts';
import type { PolicySet } from '../../src/syntax/policy-set.ts';
import type { EntityUid } from '../../src/value/entity-uid.ts';
import { has } from '../../src/value/own-member.ts';
import { CompiledPolicies, DISPATCHER_PARAMETERS } from '../compile.ts';
import type { ActionGroup, CompiledPolicy } from '../compiled-policy.ts';
import { emitNodeClass } from '../emit/node-class.ts';
import { notedErrorSites } from '../ir/error-sites.ts';
import type { CodegenOptions } from '../options.ts';
import type { Plan } from '../plan/plan.ts';
import { planOf } from '../plan/planner.ts';
import type { ActionBound, Bound } from '../plan/scope-bound.ts';
import { jsonSource } from '../print/source-text.ts';
import { print } from '../print/statement.ts';
import type { ModuleCase, ModuleGroup } from '../runtime/program/policy-module.ts';
import { ABI, VERSION } from '../runtime/program/version.ts';
import { type ModuleSets, moduleSets, type SetCase } from './module-sets.ts';
import { entityLayoutsOf } from './schema-types.ts';

/** `esm` is imported, `cjs` is required. */
export type ModuleFormat = 'esm' | 'cjs';

const FORMATS: Readonly<
  Record<ModuleFormat, { readonly runtime: (names: string) => string; readonly policies: string }>
> = {
  esm: { runtime: (names) => `import ${names} from 'cedarmill/runtime';`, policies: 'export const policies =' },
  cjs: {
    runtime: (names) => `'use strict';\nconst ${names} = require('cedarmill/runtime');`,
    policies: 'exports.policies =',
  },
};

/** The declarations of such a module, in either format. */
export const MODULE_DECLARATIONS = [
  '// Compiled by cedarmill, with the module beside it.',
  "import type { PolicyModule } from 'cedarmill/runtime';",
  'export declare const policies: PolicyModule;',
  '',
].join('\n');

export interface ModuleOptions extends CodegenOptions {
  /** Requests and entities are read and checked by it, as `compile` does with that schema. */
  readonly schema?: Schema | undefined;
}

/** The same policies give the same bytes. */
export function emitModule(policies: PolicySet, format: ModuleFormat = 'esm', options: ModuleOptions = {}): string {
  return [
    '// Compiled by cedarmill. Policies are data here: change them at their source and compile again.',
    FORMATS[format].runtime(`{ ${runtimeNames(policies).join(', ')} }`),
    '',
    `${FORMATS[format].policies} ${emitPolicies(policies, options)};`,
    '',
  ].join('\n');
}

/** What the literal of the policies takes from the runtime, in the order of names. */
export function runtimeNames(policies: PolicySet): readonly string[] {
  const [link] = policies.links();
  return link === undefined ? ['Node'] : ['LinkIndex', 'Node'];
}

/** The policies as an object literal, whose free names are `runtimeNames`; with marks for a source map, if they are asked for. */
export function emitPolicies(
  policies: PolicySet,
  { schema, ...codegen }: ModuleOptions = {},
  sourceMarks = false,
): string {
  const compiled = CompiledPolicies.of(policies, codegen);
  const statics = [...compiled.statics.values()];
  const linksOf = linksByTemplate(policies);
  const templates = [...compiled.templates.values()].filter(({ id }) => linksOf.has(id));
  const { contextAttributes } = compiled;
  const sets = moduleSets(compiled, schema);
  const nodeClass = print(emitNodeClass(compiled.fields))
    .trim()
    .replace(/^return /, '')
    .replace(/;$/, '');
  return [
    '{',
    `  cedarmill: ${jsonSource(VERSION)},`,
    `  abi: ${ABI},`,
    `  node: ${indent(nodeClass)},`,
    `  fields: ${jsonSource(compiled.fields.entries())},`,
    `  contextAttributes: ${jsonSource(contextAttributes === undefined ? null : [...contextAttributes])},`,
    ...(schema === undefined ? [] : [`  schema: ${jsonSource(schemaToData(schema))},`]),
    `  accessDepth: ${jsonSource(compiled.accessDepth)},`,
    `  rows: ${list(statics.map(rowData))},`,
    `  indexes: ${list(templates.map((template) => tableData(template, linksOf.get(template.id)!)))},`,
    ...(templates.length === 0 ? [] : ['  linkIndex: LinkIndex,']),
    `  groups: ${jsonSource(sets.groups.map(({ action }) => groupData(action)))},`,
    `  sets: ${jsonSource(sets.sets.map((set) => set.map((group) => sets.groups.indexOf(group))))},`,
    `  cases: ${jsonSource(sets.cases.map(caseData))},`,
    `  program(${DISPATCHER_PARAMETERS.join(', ')}) {`,
    `    ${indent(programText(compiled, planOf(statics, templates, Infinity), sets, schema, sourceMarks).trimEnd(), '    ')}`,
    '  },',
    '}',
  ].join('\n');
}

function programText(
  compiled: CompiledPolicies,
  nodes: Plan,
  { sets, cases, hasOthers }: ModuleSets,
  schema: Schema | undefined,
  sourceMarks: boolean,
): string {
  const functions = sets.map((set) => ({ nodes: nodesOf(nodes, set), testAction: false }));
  const plan = {
    nodes,
    sets: hasOthers ? [...functions, { nodes, testAction: true }] : functions,
    cases: cases.map(({ set, checked }) => ({ set, types: checked?.types })),
    checked: schema !== undefined,
    layouts: schema && entityLayoutsOf(schema),
  };
  return compiled.emitModule(plan, sourceMarks);
}

/** Those whose policies are of the groups, in policy order. */
function nodesOf(nodes: Plan, groups: readonly ActionGroup[]): Plan {
  const policies = new Set<unknown>();
  for (const { entries, templates } of groups)
    for (const policy of [...entries.values(), ...templates.values()]) policies.add(policy);
  return nodes.filter((node) =>
    policies.has('source' in node ? node.source : 'template' in node ? node.template : undefined),
  );
}

function groupData(action: ActionBound): ModuleGroup {
  return action.kind === 'any' ? ['any'] : [action.kind, ...action.uids.map(({ type, id }) => [type, id] as const)];
}

function caseData({ set, checked }: SetCase): ModuleCase {
  return checked === undefined ? { set } : { set, actions: checked.actions.map(({ type, id }) => [type, id] as const) };
}

interface OrderedLink extends TemplateLink {
  /** Its place among the links of all templates. */
  readonly order: number;
}

function linksByTemplate(policies: PolicySet): ReadonlyMap<string, readonly OrderedLink[]> {
  const byTemplate = new Map<string, OrderedLink[]>();
  let order = 0;
  for (const each of policies.links()) {
    const link = { ...each, order: order++ };
    const known = byTemplate.get(link.templateId);
    if (known === undefined) byTemplate.set(link.templateId, [link]);
    else known.push(link);
  }
  return byTemplate;
}

function rowData({ policy, annotations }: CompiledPolicy): object {
  return { id: policy.id, effect: policy.effect, errorSites: notedErrorSites(policy), ...annotationData(annotations) };
}

/** Pairs, since a name such as `__proto__` would mean something else in an object literal. */
function annotationData(annotations: readonly Annotation[]): object {
  return annotations.length === 0 ? {} : { annotations: annotations.map(({ key, value = '' }) => [key, value]) };
}

function tableData(
  { policy, principal, resource, annotations }: CompiledPolicy,
  links: readonly OrderedLink[],
): object {
  const rows = links.map((link) => ({
    id: link.id,
    order: link.order,
    principal: demand(principal, link.slotEnv.principal),
    resource: demand(resource, link.slotEnv.resource),
  }));
  return {
    effect: policy.effect,
    errorSites: notedErrorSites(policy),
    principal: principal.kind,
    resource: resource.kind,
    ...annotationData(annotations),
    rows,
  };
}

function demand(bound: Bound, slot: EntityUid | undefined): readonly string[] | null {
  if (bound.kind === 'any') return null;
  return uidData(has(bound, 'uid') ? bound.uid : slot);
}

function uidData(uid: EntityUid | undefined): readonly string[] | null {
  return uid === undefined ? null : [uid.type, uid.id];
}

function list(items: readonly object[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => `    ${jsonSource(item)},`).join('\n')}\n  ]`;
}

function indent(text: string, by = '  '): string {
  return text.replace(/\n(?=.)/g, `\n${by}`);
}
