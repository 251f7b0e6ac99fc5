/**
 * Value text — values and schema types as messages about data show them.
 */
import { nameProblem } from '../../schema/name.ts';
import type { SchemaType } from '../../schema/type.ts';
import { compareCodePoints } from '../../value/code-point.ts';
import { Datetime } from '../../value/datetime.ts';
import { Decimal } from '../../value/decimal.ts';
import { Duration } from '../../value/duration.ts';
import { IpAddr } from '../../value/ipaddr.ts';
import { quote } from '../../value/quote.ts';
import { CedarRecord } from '../../value/record.ts';
import { CedarSet } from '../../value/set.ts';
import { typeName } from '../../value/type-name.ts';
import { Unknown } from '../../value/unknown.ts';
import type { Value } from '../../value/value.ts';

/** The name of a value's type, as evaluation errors have it. */
export function typeOfValue(value: Value): string {
  return typeName(value);
}

/** Such a text is not made longer: where types share others, it could become longer than memory is. */
const LONGEST = 1 << 20;

const TYPES = new WeakMap<SchemaType, string>();

/** Such as `[long]` or `{ "a" => (required) string }`. */
export function showType(type: SchemaType): string {
  const known = TYPES.get(type);
  if (known !== undefined) return known;
  const text = textOfType(type);
  TYPES.set(type, text);
  return text;
}

function textOfType(type: SchemaType): string {
  switch (type.kind) {
    case 'entity':
      return `\`${type.name}\``;
    case 'ext':
      return type.name;
    case 'set':
      return `[${showType(type.element)}]`;
    case 'record': {
      let text = '';
      for (const [name, each] of [...type.attributes].sort(([a], [b]) => compareCodePoints(a, b))) {
        if (text.length > LONGEST) return `{ ${text}, … }`;
        const presence = each.required ? 'required' : 'optional';
        text += `${text === '' ? '' : ', '}${quote(name)} => (${presence}) ${showType(each.type)}`;
      }
      return `{ ${text} }`;
    }
    default:
      return type.kind;
  }
}

/** Cedar text of a value. */
export function showValue(value: Value): string {
  if (typeof value === 'string') return quote(value);
  if (value instanceof CedarSet) return `[${value.elements.map(showValue).join(', ')}]`;
  if (!(value instanceof CedarRecord)) return showExtension(value) ?? String(value);
  const fields = [...value.fields].sort(([a], [b]) => compareCodePoints(a, b));
  return `{${fields.map(([name, field]) => `${showName(name)}: ${showValue(field)}`).join(', ')}}`;
}

/** A record's key, quoted unless it is an identifier. */
function showName(name: string): string {
  return nameProblem(name, 'Id') === undefined ? name : quote(name);
}

/** A call that makes an extension value, not always the one that made it; or what stands for an unknown one. */
function showExtension(value: Value): string | undefined {
  if (value instanceof Decimal) return `decimal("${value}")`;
  if (value instanceof IpAddr) return `ip("${value}")`;
  if (value instanceof Duration) return `duration("${value}")`;
  if (value instanceof Unknown) return `unknown(${quote(value.name)})`;
  return value instanceof Datetime ? `offset(datetime("1970-01-01"), duration("${value.ms}ms"))` : undefined;
}
