/**
 * Prisma — the `where` of filters, asked of Prisma itself, row by row against the model; and every pattern of `like` that it can say.
 *
 *     npm ci --ignore-scripts --prefix test/prisma/installed && npx vitest run test/prisma
 *
 * It is not installed with this package, since nothing else needs it; where it is not, the tests say so and do not run. With
 * `CEDARMILL_PRISMA=required`, as in CI, that is a failure.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compile, EntityStore, FilterError } from '../../src/index.ts';
import { printPattern } from '../../src/syntax/print.ts';
import { Entities } from '../../src/value/entities.ts';
import { patternMatches } from '../../src/value/pattern.ts';
import { Random } from '../arbitrary/random.ts';
import { PATTERNS, TEXTS } from '../src/filter/patterns.ts';
import { type Database, fill, idsOf, isInstalled, isServed, open, type Provider } from './clients.ts';
import { allowedOf, arbitraryDocuments, mappingFor, schema } from './documents.ts';

const required = process.env.CEDARMILL_PRISMA === 'required';
const CASES = Number(process.env.CEDARMILL_CASES ?? 150);
const SEED = Number(process.env.CEDARMILL_SEED ?? 1);

if (!isInstalled() && !required)
  console.warn('NOT RUN: Prisma is not installed. npm ci --ignore-scripts --prefix test/prisma/installed');

/** Every row has a size. */
const ANYTHING = { size: { gte: -(2n ** 63n) } };

function shown(where: object): string {
  return JSON.stringify(where, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
}

/** What was asked; without any of these the run shows nothing. */
interface Count {
  filters: number;
  refused: number;
  selective: number;
  rows: number;
}

describe.skipIf(!isInstalled() && !required).each<Provider>(['postgresql', 'sqlite'])('Prisma on %s', (provider) => {
  const isThere = required || provider === 'sqlite' || isServed();
  const map = mappingFor(provider);
  let database: Database;
  beforeAll(async () => {
    if (isThere) database = await open(provider);
  });
  afterAll(() => database?.close());

  test.skipIf(!isThere)(
    'finds the rows that the model allows',
    async () => {
      const count: Count = { filters: 0, refused: 0, selective: 0, rows: 0 };
      for (let seed = SEED; seed < SEED + CASES; seed++) await ask(database, provider, seed, count);
      console.log(`${provider}: ${JSON.stringify(count)}`);
      expect(count.filters).toBeGreaterThan(CASES);
      expect(count.selective).toBeGreaterThan(CASES / 4);
    },
    60_000 + CASES * 1000,
  );

  async function ask(asked: Database, of: Provider, seed: number, count: Count): Promise<void> {
    const random = new Random(seed);
    const documents = arbitraryDocuments(random, map, of);
    if (documents === undefined) return;
    await fill(asked, documents.rows);
    const engine = compile(documents.set as never, { schema, mapping: map, mode: 'interpret', validate: false });
    const all = EntityStore.of(documents.entities, { schema });
    const none = EntityStore.of(Entities.from([]), { schema });
    for (const request of documents.requests) {
      const { principal, action } = request;
      const filter = engine.filter({ principal, action: `${action}`, resource: 'Doc' }, random.chance(50) ? all : none);
      let where: ReturnType<typeof filter.prisma>;
      try {
        where = filter.prisma(of);
      } catch (error) {
        if (!(error instanceof FilterError)) throw error;
        count.refused++;
        continue;
      }
      // An application adds conditions of its own.
      const beside = random.pick([where, { AND: [where, ANYTHING] }, { OR: [where, { NOT: ANYTHING }] }]);
      const found = await idsOf(asked, beside).catch((error: Error) => {
        throw new Error(`seed ${seed}: ${shown(where)}: ${error.message}`);
      });
      const allowed = allowedOf(documents, request);
      for (const [id, expected] of allowed)
        if (found.has(id) !== expected)
          throw new Error(`seed ${seed}, ${JSON.stringify(id)}: ${expected} expected of ${shown(where)}`);
      count.filters++;
      count.rows += allowed.size;
      if (found.size > 0 && found.size < allowed.size) count.selective++;
    }
  }

  test.skipIf(!isThere)('matches the texts that Cedar matches, by every pattern that it can say', async () => {
    const texts = provider === 'postgresql' ? TEXTS.filter((text) => !text.includes('\0')) : TEXTS;
    const row = { ownerId: 'a', isPublic: true, size: 1, ...(provider === 'postgresql' && { words: [], viewers: [] }) };
    const doc = texts.map((title, i) => ({ id: `${i}`, title, ...row }));
    await fill(database, { user: [], folder: [], doc });
    const none = EntityStore.from([], { schema });
    const wrong: string[] = [];
    let asked = 0;
    for (const pattern of PATTERNS)
      for (const isNegated of [false, true]) {
        const like = `resource.title like "${printPattern(pattern)}"`;
        const policy = `permit(principal, action, resource) when { ${isNegated ? `!(${like})` : like} };`;
        const engine = compile(policy, { schema, mapping: map, mode: 'interpret' });
        const filter = engine.filter({ principal: 'User::"a"', action: 'view', resource: 'Doc' }, none);
        let where: ReturnType<typeof filter.prisma>;
        try {
          where = filter.prisma(provider);
        } catch (error) {
          if (!(error instanceof FilterError)) throw error;
          continue;
        }
        asked++;
        const found = await idsOf(database, where);
        for (const [i, text] of texts.entries())
          if (found.has(`${i}`) === (patternMatches(pattern, text) === isNegated))
            wrong.push(`${JSON.stringify(text)}: ${isNegated ? 'not ' : ''}${like}`);
      }
    expect(wrong).toEqual([]);
    console.log(`${provider}: ${asked} patterns against ${texts.length} texts`);
    expect(asked).toBeGreaterThan(provider === 'postgresql' ? 100 : 30);
  });
});
