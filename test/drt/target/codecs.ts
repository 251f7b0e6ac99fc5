/**
 * Codecs — entities, contexts and schemas through their formats and back.
 */
import { isAuthorized as dropIn } from '../../../src/cedar-wasm/authorize.ts';
import { DataPath } from '../../../src/parser/data/data-path.ts';
import { entitiesFromData } from '../../../src/parser/data/entities.ts';
import { contextFromData } from '../../../src/parser/data/value.ts';
import { fragmentToJson } from '../../../src/schema/json/to-json.ts';
import { parseFragment, parseFragmentJson, parseSchema, resolveParsed } from '../../../src/schema/parse-schema.ts';
import type { Schema } from '../../../src/schema/schema.ts';
import { printFragment } from '../../../src/schema/text/print.ts';
import type { RecordType, SchemaType } from '../../../src/schema/type.ts';
import { type Entity, sameEntity } from '../../../src/value/entities.ts';
import { valueEquals } from '../../../src/value/equal.ts';
import { parseJson } from '../../../src/value/json.ts';
import type { Case } from '../../arbitrary/case.ts';
import { policySetData } from '../../arbitrary/golden.ts';
import { dataText, entityToData, fieldsToData, requestToData } from '../../arbitrary/json.ts';
import { typeKey } from '../../arbitrary/path.ts';
import { schemaText } from '../../arbitrary/schema-text.ts';
import type { Finding } from '../finding.ts';
import { modelResponses, policySetOf } from './authorize.ts';

export function checkCodecs(given: Case): Finding | undefined {
  return checkEntities(given.entities) ?? checkContexts(given) ?? checkSchema(given.schema) ?? checkDropIn(given);
}

function checkEntities(entities: readonly Entity[]): Finding | undefined {
  const text = dataText(entities.map(entityToData));
  const read = entitiesFromData(parseJson(text));
  const same =
    read.length === entities.length &&
    read.every((entity, i) => entity.uid.equals(entities[i]!.uid) && sameEntity(entity, entities[i]!));
  return same ? undefined : difference('entities from JSON', text, read);
}

function checkContexts({ requests }: Case): Finding | undefined {
  for (const { context } of requests) {
    const data = fieldsToData(context.fields);
    // A record that looks like an escape is one.
    if ([...context.fields.keys()].some((name) => name.startsWith('__e'))) continue;
    const read = contextFromData(data, DataPath.root('context', ''));
    if (!valueEquals(read, context)) return difference('context from data', dataText(data), read);
  }
  return undefined;
}

/** Text → schema; text → fragment → text, JSON → schema. */
function checkSchema(schema: Schema): Finding | undefined {
  const text = schemaText(schema);
  const expected = plainSchema(schema);
  const parsed = parseSchema(text);
  if (parsed.schema === undefined || plainSchema(parsed.schema) !== expected) {
    return difference(
      'schema from text',
      text,
      parsed.schema === undefined ? parsed.diagnostics : plainSchema(parsed.schema),
    );
  }
  const fragment = parseFragment(text).fragment!;
  const json = fragmentToJson(fragment);
  const printed = printFragment(fragment);
  const again = [resolveParsed([parseFragmentJson(json)]), parseSchema(printed.text ?? '')];
  for (const [i, each] of again.entries()) {
    const oracle = i === 0 ? 'schema to JSON and back' : 'schema printed and parsed';
    if (each.schema === undefined || plainSchema(each.schema) !== expected)
      return difference(oracle, i === 0 ? json : printed, each.diagnostics);
  }
  return undefined;
}

function plainSchema({ entityTypes, actions }: Schema): string {
  const types = [...entityTypes.values()].map((entry) => {
    if (entry.kind === 'enum') return `${entry.name} enum ${JSON.stringify([...entry.ids].sort())}`;
    const hierarchy = `${entry.name} in ${sorted(entry.parents)} under ${sorted(entry.ancestors)}`;
    if (entry.kind === 'external') return `external ${hierarchy}`;
    return `${hierarchy} ${typeKey(entry.attributes)} ${tagKey(entry.tags)}`;
  });
  const each = [...actions.values()].map(
    (a) =>
      `${a.uid} in ${sorted(a.parents.map(String))} under ${sorted(a.ancestors.map(String))} ${sorted(a.appliesToPrincipal)} ${sorted(a.appliesToResource)} ${typeKey(a.context satisfies RecordType)}`,
  );
  return [...types, ...each].sort().join('\n');
}

function tagKey(tags: SchemaType | undefined): string {
  return tags === undefined ? '-' : typeKey(tags);
}

function sorted(names: Iterable<string>): string {
  return [...names].sort().join();
}

/** The drop-in reads policies and data as JSON; its answer is the model's on the data that were never written. */
function checkDropIn(given: Case): Finding | undefined {
  const policies = policySetData(given);
  const entities = given.entities.map(entityToData);
  const expected = modelResponses(given, [...policySetOf(given).policies()]);
  for (const [i, request] of given.requests.slice(0, 4).entries()) {
    const answer = dropIn({ ...(requestToData(request) as object), policies, entities });
    const plain = answer.type === 'success' ? dropInResponse(answer.response) : answer;
    const wanted = plainResponse(expected[i]!);
    if (JSON.stringify(plain) !== JSON.stringify(wanted)) return difference(`drop-in, request ${i}`, wanted, plain);
  }
  return undefined;
}

export interface PlainResponse {
  readonly decision: string;
  readonly reason: readonly string[];
  readonly errors: readonly (readonly [id: string, message: string])[];
}

function dropInResponse({
  decision,
  diagnostics,
}: {
  readonly decision: string;
  readonly diagnostics: {
    readonly reason: readonly string[];
    readonly errors: readonly { readonly policyId: string; readonly error: { readonly message: string } }[];
  };
}): PlainResponse {
  const errors = diagnostics.errors.map(({ policyId, error }) => [policyId, error.message] as const);
  return { decision, reason: [...diagnostics.reason].sort(), errors: errors.sort() };
}

export function plainResponse({
  decision,
  determiningPolicies,
  errors,
}: {
  readonly decision: string;
  readonly determiningPolicies: readonly string[];
  readonly errors: readonly { readonly policyId: string; readonly message: string }[];
}): PlainResponse {
  return {
    decision,
    reason: [...determiningPolicies].sort(),
    errors: errors.map(({ policyId, message }) => [policyId, message] as const).sort(),
  };
}

function difference(oracle: string, expected: unknown, actual: unknown): Finding {
  return { target: 'codecs', oracle, what: 'data', expected, actual };
}
