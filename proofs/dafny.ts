/**
 * Dafny — runs the verifier on one file and reads what it says of each lemma.
 *
 * Debian's Dafny complains of a solver parameter that its z3 no longer knows; those lines are harmless and passed over.
 */
import { execFile } from 'node:child_process';
import { relative } from 'node:path';

/** What Dafny says of one lemma, function or method. */
export interface Verdict {
  readonly name: string;
  readonly seconds: number;
  readonly outcome: string;
}

export interface Report {
  readonly file: string;
  readonly verdicts: readonly Verdict[];
  /** Parse and type errors, and where proofs fail. */
  readonly errors: readonly string[];
  readonly ok: boolean;
  readonly seconds: number;
}

const VERDICT = /^Verifying (?:Impl|CheckWellformed)\$\$\S*?\.(\S+) \.\.\.\s*\[([\d.]+) s, [^\]]*\]\s+(.+)$/gm;

/** Verifies one file, or one lemma of it; the files that it includes are taken as verified. */
export async function verify(root: string, file: string, lemma?: string): Promise<Report> {
  const started = performance.now();
  const only = lemma === undefined ? [] : [`/proc:*.${lemma}`];
  const output = await dafny(root, ['/compile:0', '/trace', '/timeLimit:60', ...only, file]);
  const verdicts = [...output.matchAll(VERDICT)].map(([, name, seconds, outcome]) => ({
    name: name!.replace(/^__default\./, ''),
    seconds: Number(seconds),
    outcome: outcome!.trim(),
  }));
  return {
    file,
    verdicts,
    errors: output.split('\n').filter((line) => /\(\d+,\d+\): (Error|Related|Timed out|Warning)/.test(line)),
    ok: /verifier finished with \d+ verified, 0 errors\s*$/.test(output.trimEnd()) && !/: Error/.test(output),
    seconds: (performance.now() - started) / 1000,
  };
}

/** The JavaScript that Dafny makes of a file, without verifying it again. */
export async function toJavaScript(root: string, file: string, target: string): Promise<void> {
  const output = await dafny(root, [
    '/compile:0',
    '/compileTarget:js',
    '/spillTargetCode:3',
    '/noVerify',
    `/out:${target}`,
    file,
  ]);
  if (!output.includes('Compiled program written to'))
    throw new Error(`dafny makes no JavaScript of ${file}:\n${output}`);
}

/** `undefined` when there is no Dafny on this machine. */
export async function version(root: string): Promise<string | undefined> {
  try {
    return /Dafny [\d.]+/.exec(await dafny(root, ['/compile:0', '/dafnyVerify:0', 'spec/value.dfy']))?.[0] ?? 'Dafny';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function dafny(root: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile('dafny', args, { cwd: root, maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      // A failed proof is an exit code; only a Dafny that cannot be run is an error.
      if (error !== null && typeof error.code === 'string') reject(error);
      else resolve(`${stdout}${stderr}`.replaceAll(`${relative('.', root)}/`, ''));
    });
  });
}
