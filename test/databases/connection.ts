/**
 * Connection — one connection to a server: statements, and the ids of the rows that a query finds.
 */
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { Server } from './server.ts';

export interface Connection {
  run(statement: string): Promise<void>;
  /** The first column of each row. */
  ids(text: string, values: readonly (string | null)[]): Promise<string[]>;
  close(): Promise<void>;
}

export async function connectPostgres({ folder }: Server): Promise<Connection> {
  const client = new pg.Client({ host: folder, user: 'postgres', database: 'postgres' });
  await client.connect();
  return {
    run: async (statement) => {
      await client.query(statement);
    },
    ids: async (text, values) => {
      const { rows } = await client.query({ text, values: [...values], rowMode: 'array' });
      return rows.map(([id]: string[]) => id!);
    },
    close: () => client.end(),
  };
}

export async function connectMaria({ folder }: Server): Promise<Connection> {
  const client = await mysql.createConnection({
    socketPath: `${folder}/socket`,
    user: 'root',
    charset: 'utf8mb4_general_ci',
    multipleStatements: true,
  });
  await client.query('CREATE DATABASE IF NOT EXISTS cedarmill CHARACTER SET utf8mb4');
  await client.query("USE cedarmill; SET sql_mode = 'STRICT_ALL_TABLES,NO_BACKSLASH_ESCAPES'");
  return {
    run: async (statement) => {
      await client.query(statement);
    },
    ids: async (text, values) => {
      const [rows] = await client.execute({ sql: text, values: [...values], rowsAsArray: true });
      return (rows as string[][]).map(([id]) => id!);
    },
    close: () => client.end(),
  };
}
