/**
 * Assignable — the drop-in's types and those of the official package stand for one another, by the compiler.
 *
 * The checks are types: a wrong one does not compile. The names are read from the official declarations, so that none can be forgotten.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Official from '@cedar-policy/cedar-wasm/nodejs';
import { expect, test } from 'vitest';
import type * as Ours from '../../../src/cedar-wasm/index.ts';
import * as functions from '../../../src/cedar-wasm/index.ts';

/** Compiles iff each of the two can be given for the other. */
type Same<A extends B, B extends C, C = A> = [A, B, C];

/** What code gets from a function of ours it may pass on as the official type, and the other way round. */
type Types = [
  Same<Ours.ActionConstraint, Official.ActionConstraint>,
  Same<Ours.ActionEntityUID<string>, Official.ActionEntityUID<string>>,
  Same<Ours.ActionInConstraint, Official.ActionInConstraint>,
  Same<Ours.ActionType<string>, Official.ActionType<string>>,
  Same<Ours.Annotation, Official.Annotation>,
  Same<Ours.Annotations, Official.Annotations>,
  Same<Ours.AnyId, Official.AnyId>,
  Same<Ours.ApplySpec<string>, Official.ApplySpec<string>>,
  Same<Ours.AttributesOrContext<string>, Official.AttributesOrContext<string>>,
  Same<Ours.AuthorizationAnswer, Official.AuthorizationAnswer>,
  Same<Ours.AuthorizationCall, Official.AuthorizationCall>,
  Same<Ours.AuthorizationError, Official.AuthorizationError>,
  Same<Ours.CedarValueJson, Official.CedarValueJson>,
  Same<Ours.CheckParseAnswer, Official.CheckParseAnswer>,
  Same<Ours.Clause, Official.Clause>,
  Same<Ours.CommonType<string>, Official.CommonType<string>>,
  Same<Ours.CommonTypeId, Official.CommonTypeId>,
  Same<Ours.Context, Official.Context>,
  Same<Ours.ContextParsingCall, Official.ContextParsingCall>,
  Same<Ours.Decision, Official.Decision>,
  Same<Ours.DetailedError, Official.DetailedError>,
  Same<Ours.Diagnostics, Official.Diagnostics>,
  Same<Ours.Effect, Official.Effect>,
  Same<Ours.Entities, Official.Entities>,
  Same<Ours.EntitiesParsingCall, Official.EntitiesParsingCall>,
  Same<Ours.EntityJson, Official.EntityJson>,
  Same<Ours.EntityType<string>, Official.EntityType<string>>,
  Same<Ours.EntityTypeKind<string>, Official.EntityTypeKind<string>>,
  Same<Ours.EntityUid, Official.EntityUid>,
  Same<Ours.EntityUidJson, Official.EntityUidJson>,
  Same<Ours.EqConstraint, Official.EqConstraint>,
  Same<Ours.Expr, Official.Expr>,
  Same<Ours.ExprNoExt, Official.ExprNoExt>,
  Same<Ours.ExtFuncCall, Official.ExtFuncCall>,
  Same<Ours.FnAndArgs, Official.FnAndArgs>,
  Same<Ours.FormattingAnswer, Official.FormattingAnswer>,
  Same<Ours.FormattingCall, Official.FormattingCall>,
  Same<Ours.GetValidRequestEnvsResult, Official.GetValidRequestEnvsResult>,
  Same<Ours.HasAttrRepr, Official.HasAttrRepr>,
  Same<Ours.NamespaceDefinition<string>, Official.NamespaceDefinition<string>>,
  Same<Ours.NonEmpty<string>, Official.NonEmpty<string>>,
  Same<Ours.PartialAuthorizationAnswer, Official.PartialAuthorizationAnswer>,
  Same<Ours.PartialAuthorizationCall, Official.PartialAuthorizationCall>,
  Same<Ours.PatternElem, Official.PatternElem>,
  Same<Ours.Policy, Official.Policy>,
  Same<Ours.PolicyId, Official.PolicyId>,
  Same<Ours.PolicyJson, Official.PolicyJson>,
  Same<Ours.PolicySet, Official.PolicySet>,
  Same<Ours.PolicySetTextToPartsAnswer, Official.PolicySetTextToPartsAnswer>,
  Same<Ours.PolicyToJsonAnswer, Official.PolicyToJsonAnswer>,
  Same<Ours.PolicyToTextAnswer, Official.PolicyToTextAnswer>,
  Same<Ours.PrincipalConstraint, Official.PrincipalConstraint>,
  Same<Ours.PrincipalOrResourceInConstraint, Official.PrincipalOrResourceInConstraint>,
  Same<Ours.PrincipalOrResourceIsConstraint, Official.PrincipalOrResourceIsConstraint>,
  Same<Ours.RecordType<string>, Official.RecordType<string>>,
  Same<Ours.ResidualResponse, Official.ResidualResponse>,
  Same<Ours.ResourceConstraint, Official.ResourceConstraint>,
  Same<Ours.Response, Official.Response>,
  Same<Ours.Schema, Official.Schema>,
  Same<Ours.SchemaJson<string>, Official.SchemaJson<string>>,
  Same<Ours.SchemaToJsonAnswer, Official.SchemaToJsonAnswer>,
  Same<Ours.SchemaToJsonWithResolvedTypesAnswer, Official.SchemaToJsonWithResolvedTypesAnswer>,
  Same<Ours.SchemaToTextAnswer, Official.SchemaToTextAnswer>,
  Same<Ours.Severity, Official.Severity>,
  Same<Ours.SlotId, Official.SlotId>,
  Same<Ours.SourceLabel, Official.SourceLabel>,
  Same<Ours.SourceLocation, Official.SourceLocation>,
  Same<Ours.StandardEntityType<string>, Official.StandardEntityType<string>>,
  Same<Ours.StatefulAuthorizationCall, Official.StatefulAuthorizationCall>,
  Same<Ours.StaticPolicySet, Official.StaticPolicySet>,
  Same<Ours.Template, Official.Template>,
  Same<Ours.TemplateLink, Official.TemplateLink>,
  Same<Ours.Type<string>, Official.Type<string>>,
  Same<Ours.TypeAndId, Official.TypeAndId>,
  Same<Ours.TypeOfAttribute<string>, Official.TypeOfAttribute<string>>,
  Same<Ours.TypeVariant<string>, Official.TypeVariant<string>>,
  Same<Ours.UnreservedId, Official.UnreservedId>,
  Same<Ours.ValidationAnswer, Official.ValidationAnswer>,
  Same<Ours.ValidationCall, Official.ValidationCall>,
  Same<Ours.ValidationError, Official.ValidationError>,
  Same<Ours.ValidationMode, Official.ValidationMode>,
  Same<Ours.ValidationSettings, Official.ValidationSettings>,
  Same<Ours.Var, Official.Var>,
];

/** Every function is one of the other's type. */
type OfficialFunctions = Omit<typeof Official, 'default'>;
const asOfficial: OfficialFunctions = functions;
type OursOfTheirs = Same<Pick<typeof functions, keyof OfficialFunctions>, OfficialFunctions>;

test('every type and function of the official declarations is there, and is checked here', () => {
  const path = createRequire(import.meta.url)
    .resolve('@cedar-policy/cedar-wasm/nodejs')
    .replace(/\.js$/, '.d.ts');
  const declarations = readFileSync(path, 'utf8');
  const names = (pattern: RegExp) => [...declarations.matchAll(pattern)].map((match) => match[1]!);
  const checked = readFileSync(new URL(import.meta.url), 'utf8');
  const types = names(/^export (?:interface|type) (\w+)/gm);
  expect(types.length).toBeGreaterThan(70);
  expect(types.filter((name) => !new RegExp(`Same<Ours\\.${name}\\b`).test(checked))).toEqual([]);
  const called = names(/^export function (\w+)/gm);
  expect(called.length).toBeGreaterThan(20);
  expect(called.filter((name) => !(name in asOfficial))).toEqual([]);
});

/** Code as users of the official package write it. */
function written(engine: OfficialFunctions): [string, string[]] | Types | OursOfTheirs {
  const call: Ours.AuthorizationCall = {
    principal: { type: 'User', id: 'alice' },
    action: { type: 'Action', id: 'view' },
    resource: { __entity: { type: 'Doc', id: '1' } },
    context: { ip: { __extn: { fn: 'ip', arg: '10.0.0.1' } }, tags: ['a', 1, true] },
    policies: { staticPolicies: { p: 'permit(principal, action, resource);' }, templates: {}, templateLinks: [] },
    entities: [{ uid: { type: 'User', id: 'alice' }, attrs: {}, parents: [] }],
  };
  const answer: Official.AuthorizationAnswer = engine.isAuthorized(call);
  if (answer.type === 'failure') return ['deny', answer.errors.map(({ message }) => message)];
  const reasons: string[] = answer.response.diagnostics.reason;
  reasons.push('mine');
  return [answer.response.decision, reasons];
}

test('what is answered belongs to the caller', () => {
  expect(written(functions)).toEqual(['allow', ['p', 'mine']]);
});
