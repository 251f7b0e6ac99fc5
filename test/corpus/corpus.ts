/**
 * Corpus — the official test corpus, unpacked for the time of a test run.
 *
 * `CEDAR_ORACLE` names the folder that holds its archive; with `CEDAR_ORACLE_REQUIRED` its absence is a failure and not only a warning.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseJson } from '../../src/value/json.ts';

const folder = process.env.CEDAR_ORACLE ?? fileURLToPath(new URL('../../../shared/oracle', import.meta.url));

export interface CorpusRequest {
  readonly description: string;
  readonly principal: object;
  readonly action: object;
  readonly resource: object;
  readonly context: object;
  readonly validateRequest?: boolean;
  readonly decision: 'allow' | 'deny';
  readonly reason: readonly string[];
  readonly errors: readonly string[];
}

export interface CorpusCase {
  readonly id: string;
  readonly policies: string;
  readonly schema: string;
  readonly entities: unknown;
  readonly shouldValidate: boolean;
  readonly requests: readonly CorpusRequest[];
}

/** Says loudly that the corpus is absent, or fails if it must not be. */
export function corpusArchive(): string | undefined {
  const archive = existsSync(folder)
    ? readdirSync(folder).find((name) => /^corpus-tests.*\.tar\.gz$/.test(name))
    : undefined;
  if (archive !== undefined) return join(folder, archive);
  const message = `THE OFFICIAL CORPUS IS ABSENT: there is no corpus-tests*.tar.gz in the folder of CEDAR_ORACLE (${folder})`;
  if (process.env.CEDAR_ORACLE_REQUIRED !== undefined) throw new Error(message);
  console.warn(message);
  return undefined;
}

/** Every case in turn; integers beyond 2^53 stay exact. */
export function* corpusCases(archive: string): IterableIterator<CorpusCase> {
  const root = mkdtempSync(join(tmpdir(), 'cedarmill-corpus-'));
  try {
    execFileSync('tar', ['-xzf', archive, '-C', root]);
    const read = (path: string) => readFileSync(join(root, path), 'utf8');
    for (const line of read('labels.jsonl').trim().split('\n')) {
      const { id } = JSON.parse(line) as { id: string };
      const given = parseJson(read(`${id}.json`)) as Omit<CorpusCase, 'id' | 'entities'> & { entities: string };
      yield {
        ...given,
        id,
        policies: read(given.policies),
        schema: read(given.schema),
        entities: parseJson(read(given.entities)),
      };
    }
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
