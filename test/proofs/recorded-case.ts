/**
 * Recorded case — recorded calls of the official build, as what the formal model takes.
 *
 * Cases that it cannot take are passed over: text that does not parse, templates, policies as JSON, data that need a schema to be read, and
 * permissive validation.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { DataPath } from '../../src/parser/data/data-path.ts';
import { entitiesFromData } from '../../src/parser/data/entities.ts';
import { uidFromData } from '../../src/parser/data/uid.ts';
import { contextFromData } from '../../src/parser/data/value.ts';
import { parsePolicies } from '../../src/parser/text/policy.ts';
import { parseSchema, parseSchemaJson } from '../../src/schema/parse-schema.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import { desugarPolicy } from '../../src/syntax/desugar.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import type { Entity } from '../../src/value/entities.ts';
import type { Request } from '../../src/value/request.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const oracle = process.env.CEDAR_ORACLE ?? join(root, '../shared/oracle');

export const oraclePresent = existsSync(join(oracle, 'fixtures.json'));

type Json = { readonly [member: string]: unknown };

export interface RecordedCase {
  readonly id: string;
  readonly call: { readonly fn: string; readonly args: readonly [Json] };
  readonly expect: Json;
}

/** All cases of a kind that are one call. */
export function recordedCases(kind: string): RecordedCase[] {
  const fixtures = JSON.parse(readFileSync(join(oracle, 'fixtures.json'), 'utf8')) as Json;
  const lines = gunzipSync(readFileSync(join(oracle, `cases-${kind}.jsonl.gz`)))
    .toString()
    .trim()
    .split('\n');
  const cases = lines.map((line) => JSON.parse(line) as Partial<RecordedCase>);
  return cases.flatMap(({ id, call, expect }) =>
    id === undefined || call === undefined || expect === undefined
      ? []
      : [{ id, call: resolved(call, fixtures) as RecordedCase['call'], expect }],
  );
}

/** `{ $ref }` stands for a fixture, `{ $int64 }` for an integer that JSON readers round. */
function resolved(value: unknown, fixtures: Json): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, fixtures));
  if (typeof value !== 'object' || value === null) return value;
  const { $ref, $int64 } = value as Json;
  if (typeof $ref === 'string') return resolved(fixtures[$ref], fixtures);
  if (typeof $int64 === 'string') return BigInt($int64);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, fixtures)]));
}

/** The static policies of a call, given as text; `undefined` when there is anything else. */
export function policiesOf({ policies }: Json): CorePolicy[] | undefined {
  const { staticPolicies, templates, templateLinks } = (policies ?? {}) as Json;
  if (templates !== undefined || templateLinks !== undefined) return undefined;
  if (typeof staticPolicies === 'string') return parsed(staticPolicies)?.map(desugarPolicy);
  if (typeof staticPolicies !== 'object' || staticPolicies === null || Array.isArray(staticPolicies)) return undefined;
  const all = Object.entries(staticPolicies).map(([id, text]) =>
    typeof text === 'string' ? parsed(text)?.map((policy) => ({ ...policy, id })) : undefined,
  );
  return all.includes(undefined) ? undefined : all.flatMap((each) => each ?? []).map(desugarPolicy);
}

function parsed(text: string): readonly Policy[] | undefined {
  const { policies, diagnostics } = parsePolicies(text);
  return diagnostics.length > 0 ? undefined : policies;
}

export function schemaOf({ schema }: Json): Schema | undefined {
  return (typeof schema === 'string' ? parseSchema(schema) : parseSchemaJson(schema)).schema;
}

export function requestOf({ principal, action, resource, context }: Json): Request {
  return {
    principal: uidFromData(principal, DataPath.root('principal', '')),
    action: uidFromData(action, DataPath.root('action', '')),
    resource: uidFromData(resource, DataPath.root('resource', '')),
    context: contextFromData(context, DataPath.root('context', '')),
  };
}

export function entitiesOf({ entities }: Json): Entity[] {
  return entitiesFromData(entities);
}
