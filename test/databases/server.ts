/**
 * Server — a database server of its own for a run: made in a folder of its own, reached by a socket in it, stopped and removed at the end.
 */
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

export interface Server {
  /** The folder of the socket. */
  readonly folder: string;
  stop(): void;
}

const MEMORY = '/dev/shm';
/** Bytes that must be free there. */
const ENOUGH = 2 ** 31;

/** A folder in memory where there is one that is large enough: making tables takes the longest, and on a disk several times as long. */
export function memoryFolder(): string {
  if (!existsSync(MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize > ENOUGH ? MEMORY : tmpdir();
}

/** Where Debian's package has the programs of PostgreSQL. */
function postgresPrograms(): string {
  const root = '/usr/lib/postgresql';
  const [newest] = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  if (newest === undefined) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  return join(root, newest, 'bin');
}

/** Servers refuse to run as root: then they run as the user that their package made. */
class Account {
  readonly #name: string | undefined;

  constructor(name: string) {
    this.#name = userInfo().uid === 0 ? name : undefined;
  }

  own(folder: string): void {
    if (this.#name === undefined) return;
    const id = (flag: string) => Number(execFileSync('id', [flag, this.#name!], { encoding: 'utf8' }));
    chownSync(folder, id('-u'), id('-g'));
  }

  command(program: string, args: readonly string[]): readonly [string, string[]] {
    return this.#name === undefined ? [program, [...args]] : ['runuser', ['-u', this.#name, '--', program, ...args]];
  }

  run(program: string, args: readonly string[]): void {
    execFileSync(...this.command(program, args), { stdio: 'pipe' });
  }
}

export function startPostgres(parent = tmpdir()): Server {
  const programs = postgresPrograms();
  const account = new Account('postgres');
  const folder = mkdtempSync(join(parent, 'cedarmill-postgres-'));
  account.own(folder);
  const data = join(folder, 'data');
  account.run(join(programs, 'initdb'), [
    '-D',
    data,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--locale',
    'C.UTF-8',
    '--no-sync',
  ]);
  const options = `-k ${folder} -c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c jit=off`;
  const control = join(programs, 'pg_ctl');
  account.run(control, ['-D', data, '-w', '-l', join(folder, 'log'), '-o', options, 'start']);
  return {
    folder,
    stop() {
      account.run(control, ['-D', data, '-m', 'immediate', 'stop']);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function startMaria(parent = tmpdir()): Promise<Server> {
  const account = new Account('mysql');
  const folder = mkdtempSync(join(parent, 'cedarmill-maria-'));
  account.own(folder);
  const data = join(folder, 'data');
  account.run('mariadb-install-db', [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
  ]);
  const socket = join(folder, 'socket');
  const args = [
    '--no-defaults',
    `--datadir=${data}`,
    `--socket=${socket}`,
    '--skip-networking',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-flush-method=nosync',
    '--innodb-doublewrite=0',
    '--innodb-file-per-table=0',
    '--sync-frm=0',
    '--skip-log-bin',
  ];
  const server = spawn(...account.command('mariadbd', args), { stdio: 'ignore' });
  for (let tries = 0; !existsSync(socket); tries++) {
    if (tries > 300 || server.exitCode !== null) throw new Error('MariaDB does not start');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    folder,
    stop() {
      execFileSync('mariadb-admin', ['--no-defaults', `--socket=${socket}`, '-u', 'root', 'shutdown'], {
        stdio: 'pipe',
      });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
