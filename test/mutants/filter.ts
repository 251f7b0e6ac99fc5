/**
 * Filter mutants — filters that one database alone gets wrong: what long runs on PostgreSQL and MariaDB found, and what Prisma and MongoDB do otherwise. The claims
 * of test/src/filter must find each; differential testing runs SQLite, which has none of it, but for one that it comes by late.
 */
import type { Patch } from '../drt/bundle.ts';

export interface FilterMutant extends Patch {
  /** What is wrong. */
  readonly name: string;
}

export const FILTER_MUTANTS: readonly FilterMutant[] = [
  {
    name: 'a chosen value is never the text with U+0000 that it is compared with',
    path: 'src/filter/sql/print-sql.ts',
    before: 'if (mayHoldNul(value)) throw new Inexpressible(NUL);',
    after: '',
  },
  {
    name: 'a value of the request is never such a text',
    path: 'src/filter/scalar.ts',
    before: "part.kind === 'parameter' ||",
    after: '',
  },
  {
    name: 'texts with U+0000 are put into prepared filters',
    path: 'src/filter/request-values.ts',
    before: "return hasNul || typeof text !== 'string' || !isNotText(text) ? text : UNSAYABLE;",
    after: "return hasNul || typeof text !== 'string' || !isNotText(text) ? text : text;",
  },
  {
    name: 'PostgreSQL is sent texts with U+0000',
    path: 'src/filter/sql/dialect.ts',
    before: "  collation: '',\n  hasNul: false,",
    after: "  collation: '',\n  hasNul: true,",
  },
  {
    name: 'a forbid of an id that a column of numbers cannot have is dropped',
    path: 'src/filter/id.ts',
    before: 'if (mayBeParameter(value))',
    after: "if (mayBeParameter(value) && value.kind === 'parameter')",
  },
  {
    name: 'ids that a column of numbers cannot have are put into lists',
    path: 'src/filter/request-values.ts',
    before: 'if (converted === undefined) return [];',
    after: 'if (converted === undefined) return [JSON.stringify(literal.value)];',
  },
  {
    name: 'an id of another spelling is the number',
    path: 'src/filter/id.ts',
    before: '/^(?:0|-?[1-9]\\d{0,18})$/.test(id)',
    after: '/^-?\\d{1,19}$/.test(id)',
  },
  {
    name: 'a list lacks an element where it does not contain it, whatever it is',
    path: 'src/filter/sql/containment.ts',
    before: 'if (negated || source.kind',
    after: 'if (source.kind',
  },
  {
    name: 'a value of the request that errs is an element that is null',
    path: 'src/filter/sql/print-sql.ts',
    before: 'return mayBeNull(element) ?',
    after: 'return element === undefined ?',
  },
  {
    name: 'a prepared filter does not take an entity for one that is in itself',
    path: 'src/filter/request-values.ts',
    before: 'return [uid, ...above].filter((each) => each.type === type);',
    after: 'return above.filter((each) => each.type === type);',
  },
  {
    name: 'values of JSON compare as binary columns do',
    path: 'src/filter/sql/print-sql.ts',
    before: 'return this.#isBinary && comparesAsColumn(operands) ?',
    after: 'return this.#isBinary || comparesAsColumn([]) ?',
  },
  {
    name: 'a value of JSON beside a column compares as that does',
    path: 'src/filter/scalar.ts',
    before: "operands.every((each) => isColumn(each) || each.kind === 'literal' || each.kind === 'parameter')",
    after: 'operands.length > 0',
  },
  {
    name: 'Prisma leaves out what lets no row pass',
    path: 'src/filter/prisma.ts',
    before: 'const nothing = { [idField]: { in: [] } };',
    after: 'const nothing = { OR: [] };',
  },
  {
    name: 'Prisma leaves out what lets every row pass',
    path: 'src/filter/prisma.ts',
    before: 'return condition.value ? { NOT: nothing } : nothing;',
    after: 'return condition.value ? {} : nothing;',
  },
  {
    name: 'Prisma is sent texts with U+0000',
    path: 'src/filter/prisma.ts',
    before: "return provider === 'postgresql' && scalar.kind === 'literal' && mayHoldNul(scalar);",
    after: "return provider !== 'postgresql' && scalar.kind === 'literal' && mayHoldNul(scalar);",
  },
  {
    name: 'Prisma is asked whether a required field is NULL',
    path: 'src/filter/prisma.ts',
    before: "{ is: value.kind === 'column' && !value.nullable ? {} : present(value) }",
    after: '{ is: at(value, { not: null }) }',
  },
  {
    name: 'a field that a document does not have differs from everything',
    path: 'src/filter/documents.ts',
    before: "...(op === '<>' && { $type: bsonType(type) })",
    after: "...(op === '<' && { $type: bsonType(type) })",
  },
  {
    name: 'MongoDB is sent patterns with U+0000',
    path: 'src/filter/documents.ts',
    before: ".replaceAll('\\0', '\\\\x00')",
    after: '',
  },
];
