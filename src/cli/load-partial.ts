/**
 * Load partial — requests and entities of which parts are unknown, from the options and files of `tpe` and `query`.
 */

import { failure, readSource } from '../build/input.ts';
import { uidFromText } from '../build/links-file.ts';
import { DataPath } from '../parser/data/data-path.ts';
import { partialEntityFromData } from '../parser/data/entities.ts';
import { isJsonObject, type JsonObject } from '../parser/json/json-form.ts';
import { ListedEntities } from '../partial/partial-entities.ts';
import type { PartialRequest, PartialUid } from '../partial/partial-request.ts';
import type { Schema } from '../schema/schema.ts';
import { schemaGuide } from '../validator/conformance/typed-data.ts';
import { EntityUid } from '../value/entity-uid.ts';
import { parseJson } from '../value/json.ts';
import { contextOf, guarded } from './load.ts';

export interface PartialRequestOptions {
  readonly principalType?: string | undefined;
  readonly principalEid?: string | undefined;
  readonly action?: string | undefined;
  readonly resourceType?: string | undefined;
  readonly resourceEid?: string | undefined;
  readonly context?: string | undefined;
  readonly requestJson?: string | undefined;
}

/** The request of `--request-json`, or of the other options; an id or a context that is not given is unknown. */
export function loadPartialRequest(options: PartialRequestOptions, schema: Schema): PartialRequest {
  const { requestJson, context } = options;
  if (requestJson === undefined) {
    const read = context === undefined ? undefined : readSource(context, 'context');
    return requestOf(options, read && guarded(read, () => parseJson(read.text)), schema);
  }
  const source = readSource(requestJson, 'request');
  return guarded(source, () => {
    const json = parseJson(source.text);
    if (!isJsonObject(json)) throw failure('a request in JSON is an object');
    return requestOf(membersOf(json), json.context ?? undefined, schema);
  });
}

function membersOf(json: JsonObject): PartialRequestOptions {
  const text = (name: string) => {
    const value = json[name] ?? undefined;
    if (value !== undefined && typeof value !== 'string') throw failure(`expected text as \`${name}\` of the request`);
    return value;
  };
  return {
    principalType: text('principal_type'),
    principalEid: text('principal_eid'),
    action: text('action'),
    resourceType: text('resource_type'),
    resourceEid: text('resource_eid'),
  };
}

function requestOf(options: PartialRequestOptions, context: unknown, schema: Schema): PartialRequest {
  const { principalType, principalEid, action, resourceType, resourceEid } = options;
  const uid = uidFromText(given(action, 'action'), 'action');
  return {
    principal: partialUid(given(principalType, 'principal type'), principalEid),
    action: uid,
    resource: partialUid(given(resourceType, 'resource type'), resourceEid),
    context: context === undefined ? undefined : contextOf(context, uid, schema),
  };
}

function given(text: string | undefined, what: string): string {
  if (text === undefined) throw failure(`${what} must be specified`);
  return text;
}

function partialUid(type: string, id: string | undefined): PartialUid {
  return { type, uid: id === undefined ? undefined : new EntityUid(type, id) };
}

/** In the JSON of entities, `attrs`, `parents` and `tags` that are left out are unknown. */
export function loadPartialEntities(file: string, schema: Schema): ListedEntities {
  const source = readSource(file, 'entities');
  return guarded(source, () => {
    const data = parseJson(source.text);
    if (!Array.isArray(data)) throw failure('entities in JSON are a list');
    const path = DataPath.root('entities', '');
    const guide = schemaGuide(schema);
    return ListedEntities.from(
      data.map((each, i) => partialEntityFromData(each, path.at(i), { guide })),
      schema,
    );
  });
}
