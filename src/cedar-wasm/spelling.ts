/**
 * Spelling — JSON policies keep the spelling they came with.
 *
 * The syntax tree does not tell `{ type, id }` from `{ __entity: { type, id } }`, one literal of a pattern from several, `attr: "a"` from
 * `attr: ["a"]`, `arg` from `args` of one, or `entity` from a list of one. The official build gives each back as it was.
 */
import { isJsonObject, jsonEntries } from '../parser/json/json-form.ts';
import type { Json } from '../syntax/policy-json.ts';

/** `output`, made from the tree of `input`, with the spelling of `input`. */
export function spelledAs(output: Json, input: unknown): Json {
  if (Array.isArray(output)) {
    if (!Array.isArray(input)) return output;
    return output.map((element, i) => spelledAs(element, input[i]));
  }
  if (!isJsonObject(output) || !isJsonObject(input)) return output;
  if (isUid(input.__entity) && 'type' in output) return { __entity: output as Json };
  if (isPlural(output, input)) return { fn: output.fn, args: [spelledAs(output.arg, (input.args as unknown[])[0])] };
  const spelled: Record<string, Json> = Object.create(null);
  for (const [key, member] of Object.entries(output as { readonly [key: string]: Json })) {
    if (key === 'entity' && input.entity === undefined) spelled.entities = spelledAs([member], input.entities);
    else spelled[key] = keptWhole(key, input) ? copy(input[key]) : spelledAs(member, input[key]);
  }
  return spelled;
}

/** `{ fn, args: [x] }` says the same as `{ fn, arg: x }`. */
function isPlural(
  output: object,
  input: Readonly<Record<string, unknown>>,
): output is { readonly fn: Json; readonly arg: Json } {
  return 'fn' in output && 'arg' in output && input.arg === undefined && Array.isArray(input.args);
}

function isUid(json: unknown): boolean {
  return isJsonObject(json) && typeof json.type === 'string' && typeof json.id === 'string';
}

/** Members that go back as they came. */
function keptWhole(key: string, input: Readonly<Record<string, unknown>>): boolean {
  if (input.left === undefined) return false;
  return (key === 'pattern' && Array.isArray(input.pattern)) || (key === 'attr' && Array.isArray(input.attr));
}

function copy(json: unknown): Json {
  if (Array.isArray(json)) return json.map(copy);
  if (!isJsonObject(json)) return json as Json;
  return Object.fromEntries(jsonEntries(json).map(([key, member]) => [key, copy(member)]));
}
