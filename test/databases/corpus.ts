/**
 * Corpus — the shapes of the published conformance corpus on PostgreSQL and MariaDB, planned and prepared, against the model: as permit and as forbid.
 * Then every pattern of `like` against every text that is hard for one of them.
 *
 *     npx tsx test/databases/corpus.ts postgresql mariadb
 *
 * Twin:  test/src/filter/shapes.test.ts, on SQLite
 */
import { compile, EntityStore, mapping, parseSchema } from '../../src/index.ts';
import { printPattern } from '../../src/syntax/print.ts';
import { type Pattern, patternMatches } from '../../src/value/pattern.ts';
import { PATTERNS, TEXTS } from '../src/filter/patterns.ts';
import { DEPTS, known, map, refer, request, rowOf, schema, whole } from '../src/filter/shape-setting.ts';
import { ROWS, SHAPES } from '../src/filter/shapes.ts';
import type { Connection } from './connection.ts';
import { DATABASES, type DatabaseName } from './database.ts';
import { memoryFolder } from './server.ts';

const TEXT_SCHEMA = parseSchema(
  'entity User; entity Text { text: String }; action view appliesTo { principal: User, resource: Text };',
).schema!;
const TEXT_MAPPING = mapping(TEXT_SCHEMA, { Text: { id: 'id', table: 'texts', attrs: { text: 'text' } } });

class Corpus {
  readonly findings: string[] = [];
  filters = 0;
  readonly #name: DatabaseName;
  readonly #connection: Connection;

  constructor(name: DatabaseName, connection: Connection) {
    this.#name = name;
    this.#connection = connection;
  }

  async makeTables(): Promise<void> {
    const { name, types, text, json, boolean, collations } = DATABASES[this.#name].tables;
    const { integer } = types;
    // The most lenient collation that the database has.
    const column = (each: string, type: string) => `${name(each)} ${type}`;
    const lenient = (each: string) => column(each, `${types.text}${collations.at(-1)}`);
    const exact = (each: string) => column(each, `${types.text}${collations[0]}`);
    const things = [
      exact('id'),
      column('flag', types.boolean),
      ...['text', 'note'].map(lenient),
      column('n', integer),
      column('words', types.json),
      ...['parent', 'owner', 'co_owner', 'dept'].map(lenient),
      column('at', integer),
      lenient('inner_text'),
      column('extra', integer),
    ];
    await this.#connection.run(
      `CREATE TABLE depts (${exact('id')}, ${exact('above')}); CREATE TABLE users (${exact('id')}); CREATE TABLE things (${things.join(', ')})`,
    );
    const cell = (value: unknown) =>
      value === undefined || value === null
        ? 'NULL'
        : typeof value === 'boolean'
          ? boolean(value)
          : typeof value === 'string'
            ? text(value)
            : Array.isArray(value)
              ? json(JSON.stringify(value))
              : `${value}`;
    const insert = (table: string, values: readonly unknown[]) =>
      this.#connection.run(`INSERT INTO ${table} VALUES (${values.map(cell).join(', ')})`);
    for (const dept of DEPTS) await insert('depts', dept);
    for (const each of ROWS) await insert('things', Object.values(rowOf(each)));
  }

  async makeTexts(): Promise<void> {
    const { name, types, text, collations } = DATABASES[this.#name].tables;
    const columns = `id ${types.text}, ${name('text')} ${types.text}${collations.at(-1)}`;
    await this.#connection.run(`CREATE TABLE texts (${columns})`);
    for (const [i, each] of this.#texts.entries())
      await this.#connection.run(`INSERT INTO texts VALUES ('${i}', ${text(each)})`);
  }

  /** PostgreSQL has no texts with U+0000. */
  get #texts(): readonly string[] {
    return this.#name === 'postgresql' ? TEXTS.filter((each) => !each.includes('\0')) : TEXTS;
  }

  async askPattern(pattern: Pattern, isNegated: boolean): Promise<void> {
    const like = `resource.text like "${printPattern(pattern)}"`;
    const condition = isNegated ? `!(${like})` : like;
    const policy = `permit(principal, action, resource) when { ${condition} };`;
    const engine = compile(policy, { schema: TEXT_SCHEMA, mapping: TEXT_MAPPING, mode: 'interpret' });
    const query = { principal: 'User::"a"', action: 'view', resource: 'Text' };
    const { text, values } = engine.filter(query, EntityStore.from([], { schema: TEXT_SCHEMA })).sql(this.#name);
    const passed = new Set(await this.#connection.ids(`SELECT id FROM texts WHERE ${text}`, values));
    this.filters++;
    for (const [i, each] of this.#texts.entries())
      if (passed.has(`${i}`) === (patternMatches(pattern, each) === isNegated))
        this.findings.push(`${JSON.stringify(each)}: ${condition}: ${text} ${JSON.stringify(values)}`);
  }

  async ask(name: string, condition: string): Promise<void> {
    const policy = `(principal, action, resource) when { ${condition} };`;
    for (const policies of [`permit${policy}`, `permit(principal, action, resource); forbid${policy}`]) {
      const model = compile(policies, { schema, mapping: map, mode: 'interpret' });
      const allowed = ROWS.filter(({ id }) => model.isAllowed({ ...request, resource: refer('Row', id) }, whole));
      const expected = allowed.map(({ id }) => id).sort();
      const planned = model.filter({ ...request, resource: 'Row' }, known);
      const prepared = model.prepareFilter({ principal: 'User', action: 'view', resource: 'Row' }).bind(request, known);
      for (const [way, filter] of Object.entries({ planned, prepared })) {
        const { text, values } = filter.sql(this.#name);
        const found = await this.#connection.ids(`SELECT id FROM things WHERE ${text}`, values);
        this.filters++;
        if (found.sort().join('\n') !== expected.join('\n'))
          this.findings.push(`${name}, ${way}: ${found}, not ${expected}: ${text} ${JSON.stringify(values)}`);
      }
    }
  }
}

async function run(name: DatabaseName): Promise<boolean> {
  const server = await DATABASES[name].start(memoryFolder());
  const connection = await DATABASES[name].connect(server);
  const corpus = new Corpus(name, connection);
  try {
    await corpus.makeTables();
    for (const [shape, condition] of Object.entries(SHAPES)) await corpus.ask(shape, condition);
    await corpus.makeTexts();
    for (const pattern of PATTERNS) for (const isNegated of [false, true]) await corpus.askPattern(pattern, isNegated);
  } finally {
    await connection.close();
    server.stop();
  }
  for (const finding of corpus.findings) console.log(finding);
  const shapes = Object.keys(SHAPES).length;
  console.log(
    `${name}: ${shapes} shapes and ${PATTERNS.length} patterns, ${corpus.filters} filters, ${corpus.findings.length} differences`,
  );
  return corpus.findings.length === 0;
}

let isFine = true;
const names = process.argv.slice(2) as DatabaseName[];
for (const name of names) isFine = (await run(name)) && isFine;
process.exitCode = isFine && names.length > 0 ? 0 : 1;
