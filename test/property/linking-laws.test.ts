/**
 * Linking laws — the order and the grouping of schemas do not matter, the empty one adds nothing, and what was linked can be written and read again.
 *
 * `CEDARMILL_CASES=10000 npx vitest run test/property/linking-laws` is the long run.
 */
import { expect, test } from 'vitest';
import { fragmentToJson } from '../../src/schema/json/to-json.ts';
import { linkSchemas } from '../../src/schema/link.ts';
import { parseSchema, parseSchemaJson } from '../../src/schema/parse-schema.ts';
import type { Schema } from '../../src/schema/schema.ts';
import { schemaToFragment } from '../../src/schema/to-fragment.ts';
import { partialSchemaText } from '../arbitrary/partial-schema.ts';
import { Random } from '../arbitrary/random.ts';
import { runsOf, SEED } from './holds.ts';

const CASES = runsOf(1000);

/** A schema and its text; texts that make no schema are drawn again. */
function drawn(random: Random): [Schema, string] {
  for (;;) {
    const text = partialSchemaText(random);
    const { schema } = parseSchema(text);
    if (schema !== undefined) return [schema, text];
  }
}

/** What a schema says, whatever the order in which it says it; `undefined` if there is none. */
function plain(schema: Schema | undefined): unknown {
  return schema && fragmentToJson(schemaToFragment(schema));
}

function link(...schemas: (Schema | undefined)[]): Schema | undefined {
  const whole = schemas.flatMap((schema) => schema ?? []);
  return whole.length < schemas.length ? undefined : linkSchemas(whole).schema;
}

test('linking is commutative, associative, and has the empty schema as its identity', () => {
  const random = new Random(SEED ?? 46);
  const empty = link();
  let linked = 0;
  for (let i = 0; i < CASES; i++) {
    const [[a, one], [b, two], [c, three]] = [drawn(random), drawn(random), drawn(random)];
    const texts = [one, two, three].join('\n');
    const both = plain(link(a, b));
    expect(plain(link(b, a)), texts).toEqual(both);
    const all = plain(link(a, b, c));
    expect(plain(link(link(a, b), c)), texts).toEqual(all);
    expect(plain(link(a, link(b, c))), texts).toEqual(all);
    expect(plain(link(empty, a)), texts).toEqual(plain(a));
    expect(link(a), texts).toBe(a);
    if (both !== undefined) linked++;
  }
  expect(linked).toBeGreaterThan(CASES / 20);
  expect(linked).toBeLessThan(CASES * 0.9);
});

test('a linked schema is that of its JSON, and linking says the same of both', () => {
  const random = new Random(SEED ?? 47);
  for (let i = 0; i < CASES; i++) {
    const [[a, one], [b, two]] = [drawn(random), drawn(random)];
    const [again, other] = [a, b].map((schema) => parseSchemaJson(plain(schema)).schema);
    expect(plain(again), one).toEqual(plain(a));
    expect(plain(link(again, other)), `${one}\n${two}`).toEqual(plain(link(a, b)));
  }
});
