/**
 * List policies — policies about the resource's data, for lists: each attribute that a row has, those of entities that it names, under every operator,
 * negated, joined and chosen between.
 *
 * Most policies of chance are decided before a row is looked at; these are not.
 */
import { parsePolicies } from '../../src/parser/text/policy.ts';
import { valueExpression } from '../../src/partial/print.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { SchemaType } from '../../src/schema/type.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import { printExpression, printPattern } from '../../src/syntax/print.ts';
import type { Entity } from '../../src/value/entities.ts';
import { quote } from '../../src/value/quote.ts';
import { CedarRecord } from '../../src/value/record.ts';
import { CedarSet } from '../../src/value/set.ts';
import type { Value } from '../../src/value/value.ts';
import type { Random } from './random.ts';
import { CONSTRUCTOR_OF } from './value.ts';

/** An expression about the row, what must be so for it not to lack anything, and its values in the data. */
interface Path {
  readonly text: string;
  readonly guards: readonly string[];
  readonly type: SchemaType;
  readonly values: readonly Value[];
}

const PATTERNS = [
  '*',
  'a*',
  '*b',
  '*a*',
  'a*b*',
  '%',
  '_*',
  '*[*',
  '\\**',
  '*\\*',
  'A*',
  '* ',
  '*\\u{301}',
  '?*',
  '%*',
  'a_*',
  '*]',
  '[a]',
  '*\\\\*',
  'a *',
  '😀*',
  '!*',
] as const;

/** How many of a hundred atoms are about a text, where there is one. */
const TEXTS = 35;

export function listPolicies(
  random: Random,
  schema: Schema,
  type: string,
  entities: readonly Entity[],
  count: number,
): Policy[] {
  const maker = new ListPolicies(random, schema, entities);
  const paths = maker.paths(type);
  const texts = random.list(count, count, () => {
    const effect = random.chance(70) ? 'permit' : 'forbid';
    return `${effect}(principal, action, resource is ${type}) when { ${maker.condition(paths, 2)} };`;
  });
  const { policies } = parsePolicies(texts.join('\n'));
  return policies.map((policy, i) => ({ ...policy, id: `list${i}` }));
}

class ListPolicies {
  readonly #random: Random;
  readonly #schema: Schema;
  readonly #entities: readonly Entity[];

  constructor(random: Random, schema: Schema, entities: readonly Entity[]) {
    this.#random = random;
    this.#schema = schema;
    this.#entities = entities;
  }

  paths(type: string): readonly Path[] {
    const values = this.#entities.filter(({ uid }) => uid.type === type).map(({ uid }) => uid);
    return this.#paths({ text: 'resource', guards: [], type: { kind: 'entity', name: type }, values }, 3);
  }

  #paths(path: Path, depth: number): readonly Path[] {
    const { type } = path;
    const entry = type.kind === 'entity' ? this.#schema.entityTypes.get(type.name) : undefined;
    const attributes =
      type.kind === 'record' ? type.attributes : entry?.kind === 'standard' ? entry.attributes.attributes : undefined;
    if (attributes === undefined || depth === 0) return [path];
    const inner = [...attributes].flatMap(([name, { type: of, required }]) => {
      const text = `${path.text}[${quote(name)}]`;
      const guards = required ? path.guards : [...path.guards, `${path.text} has ${quote(name)}`];
      return this.#paths({ text, guards, type: of, values: this.#valuesOf(path, name) }, depth - 1);
    });
    return [path, ...inner];
  }

  #valuesOf({ type, values }: Path, name: string): Value[] {
    if (type.kind === 'record')
      return values.flatMap((each) => (each instanceof CedarRecord ? (each.get(name) ?? []) : []));
    const named = type.kind === 'entity' ? this.#entities.filter(({ uid }) => uid.type === type.name) : [];
    return named.flatMap(({ attrs }) => attrs.get(name) ?? []);
  }

  condition(paths: readonly Path[], fuel: number): string {
    const random = this.#random;
    const one = () => this.condition(paths, fuel - 1);
    if (fuel > 0 && random.chance(55)) {
      const kind = random.int(5);
      if (kind === 0) return `(${one()} && ${one()})`;
      if (kind === 1) return `(${one()} || ${one()})`;
      if (kind === 2) return `!(${one()})`;
      if (kind === 3) return `(if ${one()} then ${one()} else ${one()})`;
      return `((${one()}) == (${one()}))`;
    }
    const path = this.#pick(paths);
    const test = [...path.guards, this.#atom(path, paths)].join(' && ');
    return random.chance(30) ? `!(${test})` : `(${test})`;
  }

  /** Texts more often than others: databases compare them in the most ways. */
  #pick(paths: readonly Path[]): Path {
    const texts = this.#random.chance(TEXTS) ? paths.filter(({ type }) => type.kind === 'string') : [];
    return this.#random.pick(texts.length > 0 ? texts : paths);
  }

  #atom(path: Path, paths: readonly Path[]): string {
    const { text, type } = path;
    const random = this.#random;
    switch (type.kind) {
      case 'bool':
        return text;
      case 'long': {
        const [value, other] = [`${text} ${random.pick(['', '+ 1', '- 1', '* 2', '* -1'])}`, this.#literal(path)];
        const op = random.pick(['<', '<=', '>', '==', '!=']);
        return random.chance(30) ? `${other} ${op} ${value}` : `${value} ${op} ${other}`;
      }
      case 'string':
        return random.chance(60) ? `${text} like "${this.#pattern(path)}"` : `${text} == ${this.#literal(path)}`;
      case 'entity':
        return this.#entityAtom(path, type.name, paths);
      case 'set':
        return this.#setAtom(path, type.element, paths);
      case 'ext':
        return type.name === 'datetime' || type.name === 'duration'
          ? `${text} ${random.pick(['<', '>=', '=='])} ${this.#literal(path)}`
          : `${text} == ${this.#literal(path)}`;
      default:
        return `${text} == ${this.#literal(path)}`;
    }
  }

  /** Mostly made of a text that a row has, so that it matches some rows, and nearly matches others. */
  #pattern({ values }: Path): string {
    const random = this.#random;
    const texts = values.filter((value) => typeof value === 'string' && value !== '');
    if (texts.length === 0 || random.chance(30)) return random.pick(PATTERNS);
    const characters = [...(random.pick(texts) as string)];
    const [from, to] = [random.int(characters.length), random.between(1, characters.length)];
    const part = (begin: number, end?: number) => cased(random, characters.slice(begin, end).join(''));
    const parts: readonly (string | null)[] = random.pick([
      [part(0, to), null],
      [null, part(from)],
      [null, part(from, from + to), null],
      [part(0, 1), null, part(from)],
      [part(0, 1), null, part(from, from + 1), null],
      [null, part(from, from + 1), null, part(from)],
      [part(0)],
    ]);
    return printPattern(parts);
  }

  #entityAtom({ text }: Path, name: string, paths: readonly Path[]): string {
    const random = this.#random;
    const entry = this.#schema.entityTypes.get(name);
    const above = entry?.kind === 'standard' ? [...entry.ancestors] : [];
    if (above.length > 0 && random.chance(60)) return `${text} in ${this.#uid(random.pick(above))}`;
    if (random.chance(20)) return `${text} == principal`;
    const others = paths.filter(
      ({ type, guards }) => type.kind === 'entity' && type.name === name && guards.length === 0,
    );
    if (others.length > 0 && random.chance(25)) return `${text} == ${random.pick(others).text}`;
    const attributes = entry?.kind === 'standard' ? [...entry.attributes.attributes.keys()] : [];
    if (attributes.length > 0 && random.chance(50)) return `${text} has ${quote(random.pick(attributes))}`;
    return `${text} == ${this.#uid(name)}`;
  }

  #uid(type: string): string {
    const known = this.#entities.filter(({ uid }) => uid.type === type);
    return known.length > 0 && this.#random.chance(85) ? `${this.#random.pick(known).uid}` : `${type}::"a"`;
  }

  #setAtom({ text, values }: Path, element: SchemaType, paths: readonly Path[]): string {
    const random = this.#random;
    const all = values.flatMap((each) => (each instanceof CedarSet ? each.elements : []));
    const literals = [random, random].map(() => this.#literal({ text, guards: [], type: element, values: all }));
    const kind = random.int(6);
    if (kind === 0) return `${text}.isEmpty()`;
    if (kind === 1) return `${text}.containsAll([${literals.join(', ')}])`;
    if (kind === 2) return `${text}.containsAny([${literals.join(', ')}])`;
    if (kind === 3) return `[${literals.join(', ')}].containsAll(${text})`;
    const others = paths.filter(({ type, guards }) => type.kind === element.kind && guards.length === 0);
    const alike = others.filter(({ type }) => JSON.stringify(type) === JSON.stringify(element));
    if (alike.length > 0 && kind === 4) return `${text}.contains(${random.pick(alike).text})`;
    return `${text}.contains(${literals[0]})`;
  }

  #literal({ values, type }: Path): string {
    if (values.length > 0) return printExpression(valueExpression(this.#random.pick(values), undefined));
    return defaultOf(type);
  }
}

/** Sometimes in another case. */
function cased(random: Random, text: string): string {
  return random.chance(10) ? text.toUpperCase() : text;
}

function defaultOf(type: SchemaType): string {
  switch (type.kind) {
    case 'bool':
      return 'true';
    case 'long':
      return '0';
    case 'string':
      return '"a"';
    case 'entity':
      return `${type.name}::"a"`;
    case 'ext':
      return `${CONSTRUCTOR_OF[type.name]}("${DEFAULTS[type.name]}")`;
    default:
      // Does not pass the validator, and is left out.
      return '[]';
  }
}

const DEFAULTS = { ipaddr: '::1', decimal: '1.0', datetime: '2024-01-01', duration: '1s' } as const;
