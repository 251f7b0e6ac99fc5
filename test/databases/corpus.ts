/**
 * Corpus — the shapes of the published conformance corpus on PostgreSQL and MariaDB, planned and prepared, against the model: as permit and as forbid.
 *
 *     npx tsx test/databases/corpus.ts postgresql mariadb
 *
 * Twin:  test/src/filter/shapes.test.ts, on SQLite
 */
import { compile } from '../../src/index.ts';
import { DEPTS, known, map, refer, request, rowOf, schema, whole } from '../src/filter/shape-setting.ts';
import { ROWS, SHAPES } from '../src/filter/shapes.ts';
import type { Connection } from './connection.ts';
import { DATABASES, type DatabaseName } from './database.ts';
import { memoryFolder } from './server.ts';

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
  } finally {
    await connection.close();
    server.stop();
  }
  for (const finding of corpus.findings) console.log(finding);
  const shapes = Object.keys(SHAPES).length;
  console.log(`${name}: ${shapes} shapes, ${corpus.filters} filters, ${corpus.findings.length} differences`);
  return corpus.findings.length === 0;
}

let isFine = true;
const names = process.argv.slice(2) as DatabaseName[];
for (const name of names) isFine = (await run(name)) && isFine;
process.exitCode = isFine && names.length > 0 ? 0 : 1;
