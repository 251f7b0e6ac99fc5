/**
 * JSON value — entity uids, and values inside the `Value` of a JSON policy, as expressions.
 *
 * An object is an escape only if it has exactly the one member `__entity` or `__extn` and that fits; else it is a record.
 *
 * Docs:  Cedar policy language, JSON policy format: Value
 */
import type { Expression } from '../../syntax/expression.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import { JsonFloat } from '../../value/json.ts';
import { type Long, longFromBigInt } from '../../value/long.ts';
import { ownMember } from '../../value/own-member.ts';
import { isEntityType } from '../data/uid.ts';
import { parseName } from '../text/text.ts';
import { isJsonObject, JsonError, jsonEntries, jsonError } from './json-form.ts';

const ENTITY_HELP = 'an __entity escape should have a value like `{ "type": "SomeType", "id": "SomeId" }`';
const UID_HELP = 'literal entity references can be made with `{ "type": "SomeType", "id": "SomeId" }`';

/** A value that is not a primitive keeps its place: it goes back to JSON as `Value`. */
export function valueFromJson(json: unknown, policy: string): Expression {
  requireNumbers(json);
  const expr = innerValue(json, policy);
  return expr.kind === 'lit' ? expr : { kind: 'value', expr, span: undefined };
}

/** Every number must be a Long, even where nothing looks at it, such as beside the `type` of an escape. */
function requireNumbers(json: unknown): void {
  if (typeof json === 'number' || typeof json === 'bigint') longFromJson(json);
  else if (Array.isArray(json)) json.forEach(requireNumbers);
  else if (isJsonObject(json)) Object.values(json).forEach(requireNumbers);
  else if (json instanceof JsonFloat) throw notAValue();
}

function innerValue(json: unknown, policy: string): Expression {
  switch (typeof json) {
    case 'boolean':
    case 'string':
      return { kind: 'lit', value: json, span: undefined };
    case 'number':
    case 'bigint':
      return { kind: 'lit', value: longFromJson(json), span: undefined };
    default:
      break;
  }
  if (json === null) {
    throw jsonError(
      `while parsing JSON policy \`${policy}\`, found a \`null\`; JSON \`null\`s are not allowed in Cedar`,
    );
  }
  if (Array.isArray(json)) {
    return { kind: 'set', elements: json.map((element) => innerValue(element, policy)), span: undefined };
  }
  if (!isJsonObject(json)) throw notAValue();
  return objectValue(json, policy);
}

/** A number beyond 2^53 may have been rounded on its way here; the official build takes it, and so decides by another number. */
function longFromJson(json: number | bigint): Long {
  if (Number.isSafeInteger(json)) return Number(json) + 0;
  if (!/^-?[0-9]+$/.test(`${json}`)) throw notAValue();
  const long = longFromBigInt(BigInt(`${json}`));
  if (long === undefined) throw notAValue();
  if (typeof json === 'number')
    throw jsonError(`the number ${json} may have been rounded, since it is beyond 2^53; give it as a bigint`);
  return long;
}

function notAValue(): JsonError {
  return jsonError('data did not match any variant of untagged enum RawCedarValueJson');
}

function objectValue(json: Readonly<Record<string, unknown>>, policy: string): Expression {
  const entries = jsonEntries(json);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const escaped = escapeValue(only[0], only[1], policy);
    if (escaped !== undefined) return escaped;
  }
  const fields = entries.map(([name, member]) => ({ name, expr: innerValue(member, policy) }));
  return { kind: 'record', fields, span: undefined };
}

function escapeValue(key: string, inner: unknown, policy: string): Expression | undefined {
  if (key === '__expr' && typeof inner === 'string') {
    throw jsonError(`while parsing JSON policy \`${policy}\`, the \`__expr\` escape is no longer supported`, EXPR_HELP);
  }
  if (!isJsonObject(inner)) return undefined;
  if (key === '__entity') {
    const { type, id } = inner;
    if (typeof type !== 'string' || typeof id !== 'string') return undefined;
    return { kind: 'lit', value: uidFromParts(type, id), span: undefined };
  }
  return key === '__extn' ? extensionValue(inner, policy) : undefined;
}

const EXPR_HELP =
  'to create an entity reference, use `__entity`; to create an extension value, use `__extn`; and for all other values, use JSON directly';

function extensionValue(inner: Readonly<Record<string, unknown>>, policy: string): Expression | undefined {
  const { fn, arg, args } = inner;
  if (typeof fn !== 'string') return undefined;
  if (arg === undefined && !Array.isArray(args)) return undefined;
  const parsed = parseName(fn, 'Name');
  if (!parsed.ok) throw escapeError('__extn', fn, parsed.diagnostics[0]!, fn, EXTN_HELP);
  const operands = arg !== undefined ? [arg] : (args as readonly unknown[]);
  return { kind: 'call', fn, args: operands.map((operand) => innerValue(operand, policy)), span: undefined };
}

const EXTN_HELP = 'an __extn escape should have a value like `{ "fn": "SomeFn", "arg": "SomeArg" }`';

function escapeError(
  kind: string,
  shown: string,
  cause: JsonError['diagnostic'],
  text: string,
  help: string,
): JsonError {
  const message = `failed to parse escape \`${kind}\`: ${shown}, errors: ${cause.message}`;
  return new JsonError({ ...cause, message, help }, text);
}

/** The entity uid of a type name, which must be in normal form, and an id. */
function uidFromParts(type: string, id: string): EntityUid {
  if (isEntityType(type)) return new EntityUid(type, id);
  const parsed = parseName(type, 'Name');
  if (!parsed.ok) {
    const shown = `{\n  "type": ${JSON.stringify(type)},\n  "id": ${JSON.stringify(id)}\n}`;
    throw escapeError('__entity', shown, parsed.diagnostics[0]!, type, ENTITY_HELP);
  }
  return new EntityUid(type, id);
}

/** `{ type, id }`, or the same in an `__entity` escape. The official build also takes the two in a list. */
export function uidFromJson(json: unknown): EntityUid {
  if (isJsonObject(json)) {
    if (typeof ownMember(json, '__expr') === 'string')
      throw jsonError('in uid field of <unknown entity>, the `__expr` escape is no longer supported', EXPR_HELP);
  }
  for (const inner of isJsonObject(json) ? [ownMember(json, '__entity'), json] : [json]) {
    const [type, id] =
      Array.isArray(inner) && inner.length === 2
        ? inner
        : isJsonObject(inner)
          ? [ownMember(inner, 'type'), ownMember(inner, 'id')]
          : [];
    if (typeof type === 'string' && typeof id === 'string') return uidFromParts(type, id);
  }
  const found = JSON.stringify(json, (_key, value: unknown) =>
    typeof value === 'bigint' ? Number(value) : isJsonObject(value) ? Object.fromEntries(jsonEntries(value)) : value,
  );
  throw jsonError(
    `in uid field of <unknown entity>, expected a literal entity reference, but got \`${found}\``,
    UID_HELP,
  );
}
