/**
 * Request values — the values of a prepared filter's parameters for one request.
 *
 * What the store does not know, the database may: a parameter that depends on it has no value here, and the filter must be planned for the request.
 */
import type { PartialEntities } from '../partial/partial-entities.ts';
import { nodes, type Residual, type ResidualOf } from '../partial/residual.ts';
import type { Schema } from '../schema/schema.ts';
import type { EntityUid } from '../value/entity-uid.ts';
import type { CedarRecord } from '../value/record.ts';
import { CedarSet } from '../value/set.ts';
import { CompilerBug } from '../value/unreachable.ts';
import type { Value } from '../value/value.ts';
import { type AttributeOf, Closures, ERROR, type Result, type Run, type Subject } from './closure.ts';
import type { Parameter } from './condition.ts';
import { idLiteral } from './id.ts';
import type { ParameterSource } from './parameters.ts';
import { literalOf } from './storage.ts';

/** A request of which the resource is open, and what is known of the entities. */
export interface AskedRequest {
  readonly principal: EntityUid;
  readonly context: CedarRecord;
  readonly entities: PartialEntities;
}

/** A value that is not one of the parameter's type, such as an id that a column of integers cannot have. */
export const UNSAYABLE = Symbol('unsayable');

class Asked {
  readonly request: AskedRequest;
  /** Whether something was asked for that is not known: then what came out means nothing. */
  isUnknown = false;

  constructor(request: AskedRequest) {
    this.request = request;
  }

  /** Attributes, tags or ancestors; `undefined` where they are not known. */
  known<T>(part: T | undefined): T | undefined {
    if (part === undefined) this.isUnknown = true;
    return part;
  }
}

interface Source {
  readonly run: (asked: Asked) => Evaluated;
  readonly needsContext: boolean;
}

type Evaluated = Result | readonly EntityUid[];
type Text = string | null | typeof UNSAYABLE;

/** What is the same for all requests of a principal, until an entity changes. */
export class PrincipalValues {
  readonly values: readonly (Evaluated | undefined)[];
  readonly texts = new Map<Parameter, Text>();

  constructor(values: readonly (Evaluated | undefined)[]) {
    this.values = values;
  }
}

/** How the parameters of one filter get their values. */
export class ParameterValues {
  readonly #sources: readonly Source[];

  constructor(sources: readonly ParameterSource[], schema: Schema) {
    const closures = new Closures(new RequestSubject(schema));
    this.#sources = sources.map(({ expr, ancestorsOf }): Source => {
      const run = closures.run(expr);
      const needsContext = [...nodes(expr)].some((node) => node.kind === 'var' && node.name === 'context');
      return {
        needsContext,
        run: ancestorsOf === undefined ? run : (asked) => ancestors(run(asked), ancestorsOf, asked),
      };
    });
  }

  /** `undefined` where one of them depends on what the store does not know. */
  ofPrincipal(request: AskedRequest): PrincipalValues | undefined {
    const asked = new Asked(request);
    const values = this.#sources.map(({ run, needsContext }) => (needsContext ? undefined : run(asked)));
    return asked.isUnknown ? undefined : new PrincipalValues(values);
  }

  /** The same. */
  of(request: AskedRequest, principal: PrincipalValues): RequestValues | undefined {
    const asked = new Asked(request);
    const values: Evaluated[] = [];
    for (let i = 0; i < this.#sources.length; i++) values.push(principal.values[i] ?? this.#sources[i]!.run(asked));
    return asked.isUnknown ? undefined : new RequestValues(values, principal);
  }
}

export class RequestValues {
  readonly #values: readonly Evaluated[];
  readonly #principal: PrincipalValues;

  constructor(values: readonly Evaluated[], principal: PrincipalValues) {
    this.#values = values;
    this.#principal = principal;
  }

  /** The value as drivers take it: `null` where it errs. */
  of(parameter: Parameter, hasNul: boolean): Text {
    const text = this.#text(parameter);
    return hasNul || typeof text !== 'string' || !isNotText(text) ? text : UNSAYABLE;
  }

  #text(parameter: Parameter): Text {
    const { texts, values } = this.#principal;
    if (values[parameter.index] === undefined) return textOf(this.#values[parameter.index]!, parameter);
    const known = texts.get(parameter);
    if (known !== undefined) return known;
    const text = textOf(this.#values[parameter.index]!, parameter);
    texts.set(parameter, text);
    return text;
  }

  /** Is the parameter of a Bool this one? */
  is({ index }: Parameter, value: boolean): boolean {
    return this.#values[index] === value;
  }
}

function textOf(value: Evaluated, { type, element }: Parameter): Text {
  if (value === ERROR) return null;
  return type === 'list' ? listText(elementsOf(value), element) : scalarText(value as Value, type);
}

/** PostgreSQL has neither U+0000 in texts, nor halves of surrogate pairs in JSON. */
function isNotText(text: string): boolean {
  return /[\0\ud800-\udfff]|\\u0000|\\ud[89a-f]/u.test(text);
}

function scalarText(value: Value, type: Parameter['type']): string | typeof UNSAYABLE {
  const literal = literalOf(value);
  if (literal.type === 'boolean') return literal.value ? '1' : '0';
  const converted = type === 'text' || literal.type === 'integer' ? literal : idLiteral(literal, type);
  return converted === undefined ? UNSAYABLE : `${converted.value}`;
}

function elementsOf(value: Evaluated): readonly Value[] {
  if (value instanceof CedarSet) return value.elements;
  if (Array.isArray(value)) return value as readonly EntityUid[];
  throw new CompilerBug('a list was expected');
}

/** As JSON; ids that the column cannot have are left out, since no row has them. */
function listText(elements: readonly Value[], type: Parameter['element']): string {
  const texts = elements.flatMap((each) => {
    const literal = literalOf(each);
    const converted = type === undefined || literal.type !== 'text' ? literal : idLiteral(literal, type);
    if (converted === undefined) return [];
    return [typeof converted.value === 'string' ? JSON.stringify(converted.value) : `${converted.value}`];
  });
  return `[${texts.join(',')}]`;
}

function ancestors(entity: Result, type: string, asked: Asked): readonly EntityUid[] | typeof ERROR {
  if (entity === ERROR) return ERROR;
  const uid = entity as EntityUid;
  const above = asked.known(asked.request.entities.get(uid)?.ancestorUids) ?? [];
  return [uid, ...above].filter((each) => each.type === type);
}

class RequestSubject implements Subject<Asked> {
  readonly schema: Schema;

  constructor(schema: Schema) {
    this.schema = schema;
  }

  variable({ name }: ResidualOf<'var'>): Run<Asked> {
    if (name === 'principal') return ({ request }) => request.principal;
    if (name === 'context') return ({ request }) => request.context;
    throw new CompilerBug(`\`${name}\` does not come with the request`);
  }

  attribute(_: Residual, attr: string): AttributeOf<Asked> {
    return (asked, entity) => asked.known(asked.request.entities.get(entity)?.attrs)?.get(attr);
  }

  isDirect(): boolean {
    return false;
  }

  equalityTest(): undefined {
    return undefined;
  }

  containsTest(): undefined {
    return undefined;
  }

  prepare(): void {}

  tagsOf(entity: EntityUid, asked: Asked): ReadonlyMap<string, Value> | undefined {
    return asked.known(asked.request.entities.get(entity)?.tags);
  }

  isIn(entity: EntityUid, target: EntityUid | CedarSet, asked: Asked): boolean {
    const targets = target instanceof CedarSet ? (target.elements as readonly EntityUid[]) : [target];
    if (targets.some((each) => each.equals(entity))) return true;
    if (targets.length === 0) return false;
    const above = asked.known(asked.request.entities.get(entity)?.ancestors);
    return above !== undefined && targets.some(({ key }) => above.has(key));
  }
}
