/**
 * SQL — what filters say in each dialect, as a person reads it; `npm test -- -u` writes the file again.
 */
import { describe, expect, test } from 'vitest';
import { compile, type DialectName, FilterError, mapping, SchemaRequired } from '../../../src/index.ts';
import { readCases } from '../../cases/read.ts';
import { documents, request, schema, store } from './documents.ts';

const DIALECTS: readonly DialectName[] = ['postgresql', 'sqlite', 'mysql'];

function filterOf(policies: string, options = {}) {
  return compile(policies, { schema, mapping: documents, mode: 'interpret' }).filter(request, store, options);
}

function textIn(policies: string, dialect: DialectName): string {
  try {
    const { text, values } = filterOf(policies).sql(dialect);
    return values.length === 0 ? text : `${text}  ${JSON.stringify(values)}`;
  } catch (error) {
    if (error instanceof FilterError) return `refused: ${error.message}`;
    throw error;
  }
}

describe('a filter in SQL', () => {
  const cases = readCases('filter-sql');
  test.each(cases)('$title', ({ input, expected }) => {
    expect(DIALECTS.map((dialect) => `${dialect}: ${textIn(input, dialect)}`).join('\n')).toBe(expected);
  });

  test('starts its parameters where it is told to, and takes the alias of the query', () => {
    const { text, values } = filterOf('permit(principal, action, resource) when { resource.owner == principal };').sql(
      'postgresql',
      { alias: 'd', firstParameter: 3 },
    );
    expect([text, values]).toEqual(['"d"."owner_id" = $3::text', ['alice']]);
  });

  test('does not hide the name that the query has for the row', () => {
    const policy = 'permit(principal, action, resource) when { resource.owner.dept == "x" };';
    expect(filterOf(policy).sql('sqlite', { alias: 'r1' }).text).toContain('"users" AS cedar_r1');
  });

  test('names policy and place of what it refuses', () => {
    const filter = filterOf(
      '@id("net") permit(principal, action, resource) when { resource.public && resource.from.isLoopback() };',
    );
    let error: unknown;
    try {
      filter.sql('postgresql');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(FilterError);
    const { refusals, diagnostics } = error as FilterError;
    expect(refusals.map(({ policyId }) => policyId)).toEqual(['net']);
    expect((error as FilterError).format()).toContain('resource.from');
    expect(diagnostics[0]!.labels).toHaveLength(1);
  });

  test('gives an upper bound where it is asked for one', () => {
    const policies = `
      permit(principal, action, resource) when { resource.public && resource.from.isLoopback() };
      forbid(principal, action, resource) when { resource.size > 5 };
      forbid(principal, action, resource) when { resource.from.isMulticast() };`;
    const { text, dropped } = filterOf(policies, { superset: true }).sql('postgresql');
    expect(text).toBe('("docs"."public" AND ("docs"."size" IS NULL OR "docs"."size" <= 5))');
    expect(dropped.map(({ policyId }) => policyId)).toEqual(['policy0', 'policy2']);
  });

  test('explains which policy gives which clause', () => {
    const filter = filterOf(`
      @id("public") permit(principal, action, resource) when { resource.public };
      @id("large") forbid(principal, action, resource) when { resource.size > 10 };
      @id("other") permit(principal == User::"bob", action, resource);`);
    expect(filter.explain('sqlite').map(({ policyId, sql, residual }) => [policyId, residual, sql])).toEqual([
      ['public', 'resource.public', '"docs"."public" = 1'],
      ['large', '!(resource.size <= 10)', '("docs"."size" IS NULL OR "docs"."size" <= 10)'],
    ]);
  });
});

describe('the kind of a filter', () => {
  test.each([
    ['always', 'permit(principal, action, resource) when { principal.level > 3 };'],
    ['never', 'permit(principal, action, resource) when { principal.level > 7 };'],
    ['never', 'permit(principal, action, resource); forbid(principal, action, resource) when { context.mfa };'],
    ['conditional', 'permit(principal, action, resource) when { resource.public };'],
  ])('is `%s` where it is so for every row', (kind, policies) => {
    const filter = filterOf(policies);
    expect(filter.kind).toBe(kind);
    if (kind !== 'conditional') expect(filter.sql('sqlite').text).toBe(kind === 'always' ? 'TRUE' : 'FALSE');
  });

  test('needs a mapping, and one of the same schema', () => {
    expect(() => compile('permit(principal, action, resource);', { schema }).filter(request, store)).toThrow(
      '`mapping`',
    );
    const other = 'entity User; action read appliesTo { principal: User, resource: User };';
    expect(() => compile('permit(principal, action, resource);', { schema: other, mapping: documents })).toThrow(
      'another schema',
    );
    const engine = compile('permit(principal, action, resource);', { schema });
    const foreign = mapping(other, { User: { id: 'id' } });
    expect(() => engine.filter(request, store, { mapping: foreign })).toThrow('another schema');
    for (const none of [{}, null, { ...JSON.parse(JSON.stringify(documents)) }])
      expect(() => engine.filter(request, store, { mapping: none as never })).toThrow('`mapping` is not a mapping');
    expect(() => compile('').filter(request, store, { mapping: documents })).toThrow(SchemaRequired);
    expect(engine.filter(request, store, { mapping: { ...documents } }).kind).toBe('always');
  });
});

describe('a policy that is nested deeply', () => {
  const nested = (depth: number) => {
    let condition = 'resource.size + 1 > 0';
    for (let i = 0; i < depth; i++)
      condition = `(${condition}) ${i % 2 === 0 ? '||' : '&&'} resource.owner.level + ${i} > 0`;
    return `permit(principal, action, resource) when { ${condition} };`;
  };

  test('is said as long as the condition is not too long', () => {
    expect(filterOf(nested(8)).sql('sqlite').text.length).toBeGreaterThan(1000);
  });

  test('is refused then, in no time, and has an upper bound', () => {
    const start = performance.now();
    expect(() => filterOf(nested(60)).sql('sqlite')).toThrow('more than 20000 parts');
    expect(filterOf(nested(60), { superset: true }).sql('sqlite').dropped).toHaveLength(1);
    expect(performance.now() - start).toBeLessThan(5000);
  });

  test('a chain of any length is one list', () => {
    const chain = Array.from({ length: 2000 }, (_, i) => `resource.public && resource.size > ${i}`).join(' && ');
    expect(filterOf(`permit(principal, action, resource) when { ${chain} };`).kind).toBe('conditional');
  });
});
