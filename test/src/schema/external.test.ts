/**
 * External — declarations of what another schema defines, in both formats, and what each use of an incomplete schema answers.
 */
import { describe, expect, test } from 'vitest';
import { isAuthorized } from '../../../src/cedar-wasm/authorize.ts';
import { checkParseEntities } from '../../../src/cedar-wasm/entities.ts';
import { linkSchemas as linkCall, schemaCompleteness } from '../../../src/cedar-wasm/link.ts';
import { schemaToJson, schemaToText } from '../../../src/cedar-wasm/schema.ts';
import { validate } from '../../../src/cedar-wasm/validate.ts';
import { externalDeclarations, isComplete } from '../../../src/schema/completeness.ts';
import { linkSchemas } from '../../../src/schema/link.ts';
import { parseSchema, parseSchemaJson } from '../../../src/schema/parse-schema.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import { checkRequest } from '../../../src/validator/conformance/conformance.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { CedarRecord } from '../../../src/value/record.ts';

function parsed(text: string): Schema {
  const { schema, diagnostics } = parseSchema(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return schema!;
}

function problemOf(text: string): string | undefined {
  return parseSchema(text).diagnostics[0]?.message;
}

function jsonProblemOf(json: unknown): string | undefined {
  return parseSchemaJson(json).diagnostics[0]?.message;
}

describe('external declarations', () => {
  test('text and JSON say the same', () => {
    const text =
      'namespace N {\n  @a("b")\n  external entity A in [B];\n\n  external entity B;\n\n  external action "x" in [N::Action::"y"];\n\n  external action "y";\n}\n';
    const json = {
      N: {
        entityTypes: {
          A: { external: true, memberOfTypes: ['B'], annotations: { a: 'b' } },
          B: { external: true },
        },
        actions: { x: { external: true, memberOf: [{ id: 'y', type: 'N::Action' }] }, y: { external: true } },
      },
    };
    expect(schemaToJson(text)).toEqual({ type: 'success', json, warnings: [] });
    expect(schemaToText(json)).toEqual({ type: 'success', text, warnings: [] });
  });

  test('several names, and one parent or many', () => {
    const schema = parsed(
      'external entity A, B in C; entity C; external action a, "b c" in [g, Action::"h"]; action g, h;',
    );
    expect(externalDeclarations(schema)).toEqual({
      entityTypes: ['A', 'B'],
      actions: ['Action::"a"', 'Action::"b c"'],
    });
    expect(schema.entityTypes.get('A')).toMatchObject({ kind: 'external', ancestors: new Set(['C']) });
  });

  test('`external` stays a name', () => {
    const schema = parsed(
      '@external entity external { external: Long }; action external appliesTo { principal: external, resource: external }; external entity entity; external action action;',
    );
    expect([...schema.entityTypes.keys()]).toEqual(['external', 'entity']);
  });

  test('an external declaration says nothing but what it is in', () => {
    expect(problemOf('external entity A { x: Long };')).toBe('unexpected token `{`');
    expect(problemOf('external entity A tags Long;')).toBe('unexpected token `tags`');
    expect(problemOf('external entity A enum ["a"];')).toBe('unexpected token `enum`');
    expect(problemOf('external action a appliesTo { principal: A, resource: A };')).toBe(
      'unexpected token `appliesTo`',
    );
    expect(problemOf('external type A = Long;')).toBe('unexpected token `type`');
    const entity = (members: object) =>
      jsonProblemOf({ '': { entityTypes: { A: { external: true, ...members } }, actions: {} } });
    const action = (members: object) =>
      jsonProblemOf({ '': { entityTypes: {}, actions: { a: { external: true, ...members } } } });
    expect(entity({ shape: { type: 'Record', attributes: {} }, tags: { type: 'Long' }, enum: ['a'] })).toBe(
      'unexpected field on an external entity type: shape, tags, enum',
    );
    expect(action({ attributes: {}, appliesTo: { principalTypes: [], resourceTypes: [] } })).toBe(
      'unexpected field on an external action: attributes, appliesTo',
    );
    expect(entity({ external: null })).toBe('invalid type: null, expected a boolean');
    expect(action({ external: null })).toBeUndefined();
    expect(action({ external: 1 })).toBe('invalid type: integer `1`, expected a boolean');
    expect(entity({ external: false })).toBeUndefined();
  });

  test('what they are in is declared', () => {
    expect(problemOf('external entity A in [B];')).toBe('failed to resolve type: B');
    expect(problemOf('external action a in [b];')).toBe('undeclared action: Action::"b"');
  });

  test('no enumerated type stands above an external one', () => {
    expect(problemOf('external entity A in [B]; entity B in [C]; entity C enum ["c"];')).toBe(
      'external entity type `A` cannot have the enum entity type `C` as an ancestor',
    );
  });
});

describe('an incomplete schema', () => {
  const schema =
    'external entity User; entity Doc { owner: User }; external action audit; action view appliesTo { principal: User, resource: Doc };';

  test('says what it lacks', () => {
    expect(schemaCompleteness(schema)).toEqual({
      type: 'success',
      complete: false,
      externalEntityTypes: ['User'],
      externalActions: ['Action::"audit"'],
    });
    expect(schemaCompleteness('entity A;')).toMatchObject({ type: 'success', complete: true });
    expect(schemaCompleteness('entity A in [B];')).toMatchObject({ type: 'failure' });
  });

  test('validates no policy', () => {
    const policies = {
      staticPolicies: { p: 'permit(principal, action, resource);' },
      templates: { t: 'permit(principal == ?principal, action, resource);' },
      templateLinks: [{ templateId: 't', newId: 'l', values: { '?principal': { type: 'User', id: 'a' } } }],
    };
    const answer = validate({ schema, policies });
    if (answer.type === 'failure') throw new Error('expected an answer');
    expect(answer.validationErrors.map(({ policyId }) => policyId)).toEqual(['p', 't']);
    expect(answer.validationErrors[0]?.error.message).toBe(
      'for policy `p`, schema is incomplete: `User` and `Action::"audit"` are declared `external` but not defined',
    );
    expect(answer.validationWarnings).toEqual([]);
  });

  test('knows no entity of an external type, and lets a request name one', () => {
    const uid = { type: 'User', id: 'a' };
    const answer = checkParseEntities({ schema, entities: [{ uid, attrs: {}, parents: [] }] });
    expect(answer).toMatchObject({ type: 'failure' });
    expect(JSON.stringify(answer)).toContain('has type `User` which is declared `external` in the schema');
    const call = { principal: uid, resource: { type: 'Doc', id: 'd' }, context: {}, entities: [], schema };
    const policies = { staticPolicies: 'permit(principal, action, resource);' };
    expect(isAuthorized({ ...call, policies, action: { type: 'Action', id: 'view' } })).toMatchObject({
      type: 'success',
    });
  });

  test('has no context for an external action, and so no request', () => {
    const call = {
      principal: { type: 'User', id: 'a' },
      action: { type: 'Action', id: 'audit' },
      resource: { type: 'Doc', id: 'd' },
      context: {},
      entities: [],
      schema,
      policies: { staticPolicies: 'permit(principal, action, resource);' },
    };
    expect(isAuthorized(call)).toMatchObject({
      type: 'failure',
      errors: [{ message: 'action `Action::"audit"` does not exist in the supplied schema' }],
    });
    expect(isAuthorized({ ...call, schema: undefined })).toMatchObject({ type: 'success' });
    const [principal, action, resource] = ['User', 'Action', 'Doc'].map((type) => new EntityUid(type, 'audit'));
    const request = { principal: principal!, action: action!, resource: resource!, context: CedarRecord.empty };
    expect(checkRequest(request, parsed(schema))?.message).toBe(
      'request\'s action `Action::"audit"` is declared `external` in the schema',
    );
  });
});

describe('linking', () => {
  const link = (...texts: string[]) => linkSchemas(texts.map(parsed));
  const failure = (...texts: string[]) => link(...texts).diagnostics[0]?.message;

  test('a definition stands for the declarations of it', () => {
    const { schema } = link(
      'external entity A; entity B in [A] { a: A };',
      'entity A { x: Long } tags String;',
      'external entity A;',
    );
    expect(isComplete(schema!)).toBe(true);
    expect(schema?.entityTypes.get('A')).toMatchObject({ kind: 'standard' });
  });

  test('declarations of a type join their parents, those of an action must agree', () => {
    const { schema } = link(
      'external entity A in [B]; external entity B;',
      'external entity A in [C]; external entity C;',
    );
    expect(schema?.entityTypes.get('A')).toMatchObject({ ancestors: new Set(['B', 'C']) });
    expect(failure('external action a in [b]; action b;', 'external action a;')).toBe(
      'declarations of action `Action::"a"` have different parents',
    );
  });

  test('nothing is defined twice', () => {
    expect(failure('entity A;', 'entity A;')).toBe('entity type `A` is defined twice');
    expect(failure('action a;', 'action a;')).toBe('action `Action::"a"` is defined twice');
  });

  test('nothing defined gets ancestors', () => {
    expect(failure('external entity A in [B]; entity B;', 'entity A;')).toBe(
      'linking would add ancestors to defined entity type `A`',
    );
    expect(failure('entity A in [B]; external entity B;', 'entity B in [C]; entity C;')).toBe(
      'linking would add ancestors to defined entity type `A`',
    );
  });

  test('an external type is not an enumerated one, and no type of actions', () => {
    expect(failure('external entity A;', 'entity A enum ["a"];')).toBe(
      'external entity type `A` links to an enumerated entity type',
    );
    expect(failure('namespace N { entity A; }', 'action a;')).toBeUndefined();
  });

  test('what the empty namespace declares, no other namespace declares', () => {
    expect(failure('external entity A;', 'namespace N { entity A; }')).toBe(
      'definition of `N::A` illegally shadows the existing definition of `A`',
    );
    expect(failure('action a;', 'namespace N { external action a; }')).toBe(
      'definition of `N::Action::"a"` illegally shadows the existing definition of `Action::"a"`',
    );
  });

  test('no builtin type becomes hidden', () => {
    expect(failure('entity Long;', 'entity U { n: __cedar::Long };')).toBe(
      'linking would make `Long` shadow a built-in type',
    );
    expect(failure('entity Long;', 'external entity Long;')).toBeUndefined();
  });

  test('the answer is the linked schema in JSON: common types inlined, ancestors spelled out, no annotations', () => {
    const schemas = [
      '@a entity A in [B] { t: T, r: { s?: Set<String> } }; type T = { n: Long, i: ipaddr }; entity B in [C]; external entity C; action v in [g] appliesTo { principal: A, resource: A }; external action g;',
      'external entity C;',
    ];
    expect(linkCall({ schemas })).toEqual({
      type: 'success',
      complete: false,
      externalEntityTypes: ['C'],
      externalActions: ['Action::"g"'],
      warnings: [],
      json: {
        '': {
          entityTypes: {
            A: {
              memberOfTypes: ['B', 'C'],
              shape: {
                type: 'Record',
                attributes: {
                  t: {
                    type: 'Record',
                    attributes: { n: { type: 'Long' }, i: { type: 'Extension', name: 'ipaddr' } },
                  },
                  r: {
                    type: 'Record',
                    attributes: { s: { type: 'Set', element: { type: 'String' }, required: false } },
                  },
                },
              },
            },
            B: { memberOfTypes: ['C'] },
            C: { external: true },
          },
          actions: {
            v: { appliesTo: { principalTypes: ['A'], resourceTypes: ['A'] }, memberOf: [{ id: 'g', type: 'Action' }] },
            g: { external: true },
          },
        },
      },
    });
  });

  test('every schema that does not parse is reported', () => {
    expect(linkCall({ schemas: ['entity', 'entity A in [B];'] })).toMatchObject({ type: 'failure', errors: [{}, {}] });
    expect(linkCall({ schemas: [] })).toMatchObject({ type: 'success', complete: true, json: {} });
    expect(() => linkCall({ schemas: 'entity A;' })).toThrow('expected a sequence');
  });
});
