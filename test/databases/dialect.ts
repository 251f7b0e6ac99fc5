/**
 * Dialect — how PostgreSQL and MariaDB write the tables of the tests.
 */
import type { TableDialect } from '../arbitrary/tables.ts';

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export const POSTGRES_TABLES: TableDialect = {
  text: quoted,
  boolean: (value) => (value ? 'TRUE' : 'FALSE'),
  json: (value) => `${quoted(value)}::jsonb`,
  types: { text: 'text', integer: 'bigint', boolean: 'boolean', json: 'jsonb' },
  name: (name) => `"${name.replaceAll('"', '""')}"`,
  collations: [''],
  stored: {
    timestamp: { type: 'timestamptz', sql: (iso) => `'${iso}Z'::timestamptz` },
    numeric: { type: 'numeric(19, 4)', sql: (digits) => digits },
    arrays: { text: ['text[]', 'varchar[]'], integer: ['bigint[]', 'numeric[]'], boolean: ['boolean[]'] },
  },
};

function hex(text: string): string {
  return text === '' ? "''" : `CONVERT(x'${Buffer.from(text, 'utf8').toString('hex')}' USING utf8mb4)`;
}

/** Case, accents and trailing blanks do not count in these columns, unless the filter says so. */
const LENIENT = ' CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci';

export const MARIA_TABLES: TableDialect = {
  text: hex,
  boolean: (value) => (value ? '1' : '0'),
  json: hex,
  types: { text: 'varchar(700)', integer: 'bigint', boolean: 'boolean', json: 'longtext' },
  name: (name) => `\`${name.replaceAll('`', '``')}\``,
  collations: [' CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin', LENIENT],
  stored: {
    timestamp: { type: 'datetime(6)', sql: (iso) => `'${iso.replace('T', ' ')}'` },
    numeric: { type: 'decimal(19, 4)', sql: (digits) => digits },
  },
};
