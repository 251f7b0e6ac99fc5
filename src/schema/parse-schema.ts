/**
 * Parse schema — the way from what a user wrote to a schema.
 *
 * Docs: Schema grammar; JSON schema format
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Fragment } from './declaration.ts';
import { declareFragment } from './declare.ts';
import { forbiddenDeclarations } from './definitions.ts';
import { fragmentFromJson } from './json/json.ts';
import { type ResolvedSchema, resolveFragments } from './resolve.ts';
import { parseDeclarations } from './text/parse.ts';

export interface ParsedFragment {
  /** `undefined` iff there is an error among the diagnostics. */
  readonly fragment: Fragment | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses schema text without looking up what its names mean: other fragments may declare them. */
export function parseFragment(text: string): ParsedFragment {
  const { blocks, diagnostic } = parseDeclarations(text);
  return blocks === undefined ? { fragment: undefined, diagnostics: [diagnostic] } : allowed(declareFragment(blocks));
}

/** Reads a schema in the JSON format, as text or as a parsed value, without looking up what its names mean. */
export function parseFragmentJson(json: unknown): ParsedFragment {
  const { fragment, diagnostic } = fragmentFromJson(json);
  return allowed({ fragment, diagnostics: diagnostic === undefined ? [] : [diagnostic] });
}

function allowed(parsed: ParsedFragment): ParsedFragment {
  const forbidden = parsed.fragment === undefined ? [] : forbiddenDeclarations(parsed.fragment);
  return forbidden.length === 0 ? parsed : { fragment: undefined, diagnostics: forbidden };
}

/**
 * Parses a schema in Cedar's own format.
 *
 * Problems are values: `schema` is `undefined` iff one of the diagnostics is an error; the others are warnings.
 *
 *     const { schema, diagnostics } = parseSchema('entity User { name: String };');
 *     schema.entityTypes.get('User').attributes.attributes.get('name').type   // { kind: 'string' }
 */
export function parseSchema(text: string): ResolvedSchema {
  return resolveParsed([parseFragment(text)]);
}

/**
 * Reads a schema in the JSON format, given as text or as a parsed value.
 *
 *     const { schema } = parseSchemaJson({ '': { entityTypes: { User: {} }, actions: {} } });
 */
export function parseSchemaJson(json: unknown): ResolvedSchema {
  return resolveParsed([parseFragmentJson(json)]);
}

/**
 * Makes one schema of several fragments, which may mention each other's types and actions.
 *
 *     resolveParsed([parseFragment('entity User in Team;'), parseFragmentJson(teams)])
 */
export function resolveParsed(parsed: readonly ParsedFragment[]): ResolvedSchema {
  const diagnostics = parsed.flatMap((each) => each.diagnostics);
  const fragments = parsed.flatMap(({ fragment }) => (fragment === undefined ? [] : [fragment]));
  if (fragments.length < parsed.length) return { schema: undefined, diagnostics };
  const resolved = resolveFragments(fragments);
  return { schema: resolved.schema, diagnostics: [...diagnostics, ...resolved.diagnostics] };
}
