/**
 * Record — the answers of the official command, into official.json.
 *
 *     CEDAR_CLI=/path/to/cedar npx tsx test/src/cli/record.ts
 *
 * `cargo install cedar-policy-cli --version 4.14.1` builds it.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INVOCATIONS } from './invocation.ts';
import { type Ran, ranProgram } from './ran.ts';

/** Only what is compared: text of failures is each command's own. */
export function recorded(program: string): Record<string, Ran> {
  const entries = INVOCATIONS.map((invocation) => {
    const { exit, out, err, file } = ranProgram([program], invocation);
    const shown = invocation.output === 'own' ? (out === '' ? '' : '…') : stable(invocation, out);
    return [
      keyOf(invocation),
      { exit, out: shown, err: err === '' ? '' : '…', ...(file === undefined ? {} : { file }) },
    ] as const;
  });
  return Object.fromEntries(entries);
}

/** The official command puts some lines in the order of a hash table. */
function stable({ output }: (typeof INVOCATIONS)[number], text: string): string {
  return output === 'lines' ? text.split('\n').sort().join('\n') : text;
}

/** The command line as one would type it; unique with the file that is looked at. */
export function keyOf({ args, file, input }: (typeof INVOCATIONS)[number]): string {
  const typed = args.map((arg) => (/^[\w./:-]+$/.test(arg) ? arg : `'${arg}'`)).join(' ');
  const piped = input === undefined ? '' : ` < '${input}'`;
  return `${typed}${piped}${file === undefined ? '' : ` # ${file}`}`;
}

if (process.argv[1] === import.meta.filename) {
  const program = process.env.CEDAR_CLI;
  if (program === undefined) throw new Error('CEDAR_CLI must name the official command');
  writeFileSync(join(import.meta.dirname, 'official.json'), `${JSON.stringify(recorded(program), undefined, 2)}\n`);
}
