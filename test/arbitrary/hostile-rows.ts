/**
 * Hostile rows — texts that databases treat specially, and rows that a lenient comparison takes for one another.
 *
 * A text may hold the wildcards and escapes of `LIKE` and `GLOB`. A row may have a twin that differs in case, in accents or in trailing blanks. A
 * reference may lead nowhere.
 */
import type { Entity } from '../../src/value/entities.ts';
import { EntityUid } from '../../src/value/entity-uid.ts';
import { CedarRecord } from '../../src/value/record.ts';
import { CedarSet } from '../../src/value/set.ts';
import type { Value } from '../../src/value/value.ts';
import type { Random } from './random.ts';

const HOSTILE_TEXTS = [
  '%',
  '_',
  'a%',
  'a_b',
  '\\%',
  'a\\b',
  '*',
  '?',
  '[',
  ']',
  '[a]',
  '[^a]',
  '!',
  'A',
  'a ',
  '  ',
  'É',
  'e',
  '😀a',
  '𝒜%',
  'xé',
  'x😀',
  'null',
  '0',
] as const;

/** The same entities, of which some have other texts. Whole cases stay as they are, so that plain texts meet as well. */
export function withHostileTexts(entities: readonly Entity[], random: Random): readonly Entity[] {
  if (random.chance(40)) return entities;
  return entities.map((entity) => ({
    ...entity,
    attrs: hostileFields(entity.attrs, random),
    tags: hostileFields(entity.tags, random),
  }));
}

function hostileFields(fields: ReadonlyMap<string, Value>, random: Random): Map<string, Value> {
  return new Map([...fields].map(([name, value]) => [name, hostileValue(value, random)]));
}

/** Only texts change, so the value has the type that it had. */
function hostileValue(value: Value, random: Random): Value {
  if (typeof value === 'string') return random.chance(60) ? random.pick(HOSTILE_TEXTS) : value;
  if (value instanceof CedarSet) return CedarSet.from(value.elements.map((each) => hostileValue(each, random)));
  return value instanceof CedarRecord ? new CedarRecord(hostileFields(value.fields, random)) : value;
}

const CHANGES: readonly ((text: string) => string)[] = [
  (text) => text.toUpperCase(),
  (text) => `${text} `,
  (text) => `${text}\u0301`,
  (text) => text.replace(/a/, 'A'),
  (text) => `${text}%`,
  (text) => `_${text}`,
  (text) => `[${text}]`,
  (text) => [...text].slice(1).join(''),
];

/** An entity that is like another but for case, accents or blanks: in its id, and maybe in its texts. */
export function twinOf(entity: Entity, all: readonly Entity[], random: Random): Entity[] {
  const change = random.pick(CHANGES);
  const uid = new EntityUid(entity.uid.type, change(entity.uid.id));
  if (all.some((each) => each.uid.equals(uid)) || change(entity.uid.id) !== uid.id) return [];
  const changed = (value: Value) => (typeof value === 'string' && random.chance(50) ? change(value) : value);
  const attrs = new Map([...entity.attrs].map(([name, value]) => [name, changed(value)]));
  return [{ ...entity, uid, attrs }];
}
