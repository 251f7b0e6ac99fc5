/**
 * Row features — what makes a row hard for a database: NULL, Longs at the ends, wildcards in texts, twins, empty sets, references that lead nowhere.
 *
 * A feature is counted for each answer about a row that has it, so that a run can tell that both answers occurred.
 */
import type { Schema } from '../../../src/schema/schema.ts';
import type { Entity } from '../../../src/value/entities.ts';
import { EntityUid } from '../../../src/value/entity-uid.ts';
import { isLong, MAX_LONG, MIN_LONG } from '../../../src/value/long.ts';
import { CedarRecord } from '../../../src/value/record.ts';
import { CedarSet } from '../../../src/value/set.ts';
import type { Value } from '../../../src/value/value.ts';

const TEXT_FEATURES: Readonly<Record<string, RegExp>> = {
  '`%` in a text': /%/,
  '`_` in a text': /_/,
  '`\\` in a text': /\\/,
  '`*` in a text': /\*/,
  '`?` in a text': /\?/,
  '`[` in a text': /\[/,
  '`]` in a text': /\]/,
  'a quotation mark in a text': /['"]/,
  'a line break in a text': /[\n\u2028]/,
  'U+0000 in a text': /\0/,
  'a blank at the end of a text': / $/,
  'a combining accent in a text': /\p{M}/u,
  'an astral character in a text': /[\u{10000}-\u{10ffff}]/u,
  'an empty text': /^$/,
};

/** What two texts that are twins have in common. */
const FOLDS: Readonly<Record<string, (text: string) => string>> = {
  'a twin in another case': (text) => text.toLowerCase(),
  'a twin with another accent': (text) => text.normalize('NFD').replace(/\p{M}/gu, ''),
  'a twin with other blanks at the end': (text) => text.replace(/ +$/, ''),
};

const NULL = 'NULL for an optional attribute';
const LACKING = 'NULL for a required attribute';
const ENDS = 'the smallest or largest Long';
const WIDE = 'a Long beyond 53 bits';
const EMPTY_SET = 'an empty set';
const DANGLING = 'a reference that leads nowhere';

export const ROW_FEATURES: readonly string[] = [
  NULL,
  LACKING,
  ENDS,
  WIDE,
  ...Object.keys(TEXT_FEATURES),
  ...Object.keys(FOLDS),
  EMPTY_SET,
  DANGLING,
];

/** The features of each row of a type, by its id. */
export class RowFeatures {
  readonly #schema: Schema;
  readonly #entities: readonly Entity[];
  readonly #keys: ReadonlySet<string>;
  readonly #byType = new Map<string, ReadonlyMap<string, readonly string[]>>();

  /** The entities as the database has them. */
  constructor(schema: Schema, entities: readonly Entity[]) {
    this.#schema = schema;
    this.#entities = entities;
    this.#keys = new Set(entities.map(({ uid }) => uid.key));
  }

  of(type: string): ReadonlyMap<string, readonly string[]> {
    const known = this.#byType.get(type);
    if (known !== undefined) return known;
    const rows = this.#entities.filter(({ uid }) => uid.type === type);
    const twins = twinsAmong(rows);
    const found = new Map(
      rows.map((row) => {
        const features = new Set(twins.get(row));
        this.#note(row, features);
        return [row.uid.id, [...features]] as const;
      }),
    );
    this.#byType.set(type, found);
    return found;
  }

  #note({ uid, attrs, tags, parents }: Entity, found: Set<string>): void {
    noteText(uid.id, found);
    const entry = this.#schema.entityTypes.get(uid.type);
    if (entry?.kind === 'standard')
      for (const [name, { required }] of entry.attributes.attributes)
        if (!attrs.has(name)) found.add(required ? LACKING : NULL);
    for (const value of [...attrs.values(), ...tags.values(), ...parents]) this.#noteValue(value, found);
    for (const name of tags.keys()) noteText(name, found);
  }

  #noteValue(value: Value, found: Set<string>): void {
    if (typeof value === 'string') noteText(value, found);
    else if (isLong(value)) noteLong(BigInt(value), found);
    else if (value instanceof EntityUid) this.#noteReference(value, found);
    else if (value instanceof CedarSet) {
      if (value.elements.length === 0) found.add(EMPTY_SET);
      for (const each of value.elements) this.#noteValue(each, found);
    } else if (value instanceof CedarRecord) for (const each of value.fields.values()) this.#noteValue(each, found);
  }

  /** Entities of an enumeration have no rows. */
  #noteReference({ type, key }: EntityUid, found: Set<string>): void {
    if (this.#schema.entityTypes.get(type)?.kind === 'standard' && !this.#keys.has(key)) found.add(DANGLING);
  }
}

function noteText(text: string, found: Set<string>): void {
  for (const [name, pattern] of Object.entries(TEXT_FEATURES)) if (pattern.test(text)) found.add(name);
}

function noteLong(value: bigint, found: Set<string>): void {
  if (value === BigInt(MIN_LONG) || value === BigInt(MAX_LONG)) found.add(ENDS);
  if (value > 2n ** 53n || value < -(2n ** 53n)) found.add(WIDE);
}

/** Rows with a text that is another row's but for case, accents or blanks: the id, or one attribute. */
function twinsAmong(rows: readonly Entity[]): ReadonlyMap<Entity, readonly string[]> {
  const found = new Map<Entity, string[]>(rows.map((row) => [row, []]));
  const columns = [new Map(rows.map((row) => [row, row.uid.id])), ...textColumns(rows)];
  for (const [feature, fold] of Object.entries(FOLDS))
    for (const column of columns)
      for (const [row, text] of column) {
        const isTwin = [...column.values()].some((other) => other !== text && fold(other) === fold(text));
        if (isTwin) found.get(row)!.push(feature);
      }
  return found;
}

function textColumns(rows: readonly Entity[]): ReadonlyMap<Entity, string>[] {
  const names = new Set(rows.flatMap(({ attrs }) => [...attrs.keys()]));
  return [...names].map(
    (name) =>
      new Map(
        rows.flatMap((row) => {
          const value = row.attrs.get(name);
          return typeof value === 'string' ? [[row, value] as const] : [];
        }),
      ),
  );
}
