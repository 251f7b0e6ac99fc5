/**
 * Database — the servers that filters are tested on: how each is started, and how its tables are made and cleared away.
 */
import type { TableDialect } from '../arbitrary/tables.ts';
import { type Connection, connectMaria, connectPostgres } from './connection.ts';
import { MARIA_TABLES, POSTGRES_TABLES } from './dialect.ts';
import { type Server, startMaria, startPostgres } from './server.ts';

export type DatabaseName = 'postgresql' | 'mariadb';

export interface Database {
  readonly tables: TableDialect;
  readonly reset: string;
  /** How a table is made. MariaDB cannot name a temporary table twice in a query. */
  readonly create: string;
  start(parent: string): Promise<Server> | Server;
  connect(server: Server): Promise<Connection>;
}

export const DATABASES: Readonly<Record<DatabaseName, Database>> = {
  postgresql: {
    tables: POSTGRES_TABLES,
    reset: 'DISCARD TEMP',
    create: 'CREATE TEMP',
    start: startPostgres,
    connect: connectPostgres,
  },
  mariadb: {
    tables: MARIA_TABLES,
    reset: 'DROP DATABASE cedarmill; CREATE DATABASE cedarmill CHARACTER SET utf8mb4; USE cedarmill',
    create: 'CREATE',
    start: startMaria,
    connect: connectMaria,
  },
};
