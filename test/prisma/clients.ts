/**
 * Clients — Prisma Client for the tables of the tests, on a PostgreSQL server of its own and on SQLite in memory.
 *
 * Prisma runs without an engine of its own: WebAssembly, and a driver. Only its command asks for one, which no generator needs; any program does.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { PrismaWhere } from '../../src/filter/prisma.ts';
import { type Server, startPostgres } from '../databases/server.ts';

export const INSTALLED = fileURLToPath(new URL('installed/', import.meta.url));

export type Provider = 'postgresql' | 'sqlite';

/** What the tests use of a model. */
interface Model {
  createMany(of: { readonly data: readonly object[] }): Promise<unknown>;
  findMany(of: { readonly where: PrismaWhere; readonly select: { readonly id: true } }): Promise<{ id: string }[]>;
}

interface Client {
  readonly user: Model;
  readonly folder: Model;
  readonly doc: Model;
  $executeRawUnsafe(text: string): Promise<unknown>;
  $disconnect(): Promise<void>;
}

export interface Database {
  readonly client: Client;
  close(): Promise<void>;
}

/** Whether the packages are there. */
export function isInstalled(): boolean {
  return existsSync(`${INSTALLED}node_modules/@prisma/client/package.json`);
}

/** PostgreSQL is Debian's package. */
export function isServed(): boolean {
  return existsSync('/usr/lib/postgresql');
}

const load = createRequire(`${INSTALLED}package.json`);

export async function open(provider: Provider): Promise<Database> {
  execFileSync('npx', ['prisma', 'generate', '--schema', `${provider}.prisma`], {
    cwd: INSTALLED,
    stdio: 'pipe',
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    },
  });
  const { PrismaClient } = load(`./node_modules/clients/${provider}`) as {
    readonly PrismaClient: new (options: { readonly adapter: unknown }) => Client;
  };
  const server = provider === 'postgresql' ? startPostgres() : undefined;
  const client = new PrismaClient({ adapter: adapterOf(server) });
  const types = provider === 'postgresql' ? ['boolean', 'bigint'] : ['BOOLEAN', 'INTEGER'];
  for (const statement of tables(types as [string, string], provider)) await client.$executeRawUnsafe(statement);
  return {
    client,
    close: async () => {
      await client.$disconnect();
      server?.stop();
    },
  };
}

function adapterOf(server: Server | undefined): unknown {
  if (server === undefined) {
    const { PrismaLibSql } = load('@prisma/adapter-libsql') as { PrismaLibSql: new (of: object) => unknown };
    return new PrismaLibSql({ url: ':memory:' });
  }
  const { PrismaPg } = load('@prisma/adapter-pg') as { PrismaPg: new (of: object) => unknown };
  return new PrismaPg({ host: server.folder, user: 'postgres', database: 'postgres' });
}

/** Without foreign keys: a reference may lead nowhere. */
function tables([boolean, integer]: readonly [string, string], provider: Provider): readonly string[] {
  const lists = provider === 'postgresql' ? ', "words" text[] NOT NULL, "viewers" text[]' : '';
  return [
    `CREATE TABLE "User" ("id" text PRIMARY KEY, "dept" text NOT NULL, "level" ${integer} NOT NULL, "nick" text, "managerId" text)`,
    'CREATE TABLE "Folder" ("id" text PRIMARY KEY)',
    `CREATE TABLE "Doc" ("id" text PRIMARY KEY, "ownerId" text NOT NULL, "reviewerId" text, "folderId" text, "isPublic" ${boolean} NOT NULL, "title" text NOT NULL, "label" text, "size" ${integer} NOT NULL, "rank" ${integer}${lists})`,
  ];
}

export async function fill({ client }: Database, rows: Readonly<Record<'user' | 'folder' | 'doc', readonly object[]>>) {
  for (const table of ['User', 'Folder', 'Doc']) await client.$executeRawUnsafe(`DELETE FROM "${table}"`);
  for (const model of ['user', 'folder', 'doc'] as const)
    if (rows[model].length > 0) await client[model].createMany({ data: rows[model] });
}

export async function idsOf({ client }: Database, where: PrismaWhere): Promise<ReadonlySet<string>> {
  const found = await client.doc.findMany({ where, select: { id: true } });
  return new Set(found.map(({ id }) => id));
}
