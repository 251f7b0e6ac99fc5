/**
 * Seeded bug — a wrong Cedar, and the lemma that must refuse it. A proof that accepts everything proves nothing.
 *
 *     # what is wrong, in words
 *     file: spec/authorizer.dfy
 *     refused by: allowedOnlyIfExplicitlyPermitted in thm/authorization.dfy
 *     --- right
 *     text that stands once in the file
 *     --- wrong
 *     what is put in its place
 *
 * A bug of several edits repeats `file:` and what follows it.
 */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from './dafny.ts';

export interface SeededBug {
  readonly title: string;
  readonly lemma: string;
  readonly theorems: string;
  readonly edits: readonly { readonly file: string; readonly right: string; readonly wrong: string }[];
}

export function parseSeededBug(text: string): SeededBug {
  const title = /^# (.+)$/m.exec(text)?.[1];
  const refused = /^refused by: (\w+) in (\S+)$/m.exec(text);
  const edits = [
    ...text.matchAll(
      /^file: (\S+)\n(?:refused by: .*\n)?--- right\n([\s\S]*?)\n--- wrong\n([\s\S]*?)\n(?=file: |$(?![\s\S]))/gm,
    ),
  ];
  if (title === undefined || refused === null || edits.length === 0) throw new Error(`not a seeded bug:\n${text}`);
  return {
    title,
    lemma: refused[1]!,
    theorems: refused[2]!,
    edits: edits.map(([, file, right, wrong]) => ({ file: file!, right: right!, wrong: wrong! })),
  };
}

/** Why the bug went through, or `undefined` when Dafny refuses it where it should. */
export async function goesThrough(root: string, bug: SeededBug): Promise<string | undefined> {
  const copy = await mkdtemp(join(tmpdir(), 'cedarmill-wrong-'));
  try {
    for (const room of ['spec', 'compiled', 'validation', 'thm'])
      await cp(join(root, room), join(copy, room), { recursive: true });
    for (const { file, right, wrong } of bug.edits) {
      const source = await readFile(join(copy, file), 'utf8');
      if (source.split(right).length !== 2) return `the right text does not stand once in ${file}`;
      await writeFile(
        join(copy, file),
        source.replace(right, () => wrong),
      );
    }
    const { verdicts, errors } = await verify(copy, bug.theorems, bug.lemma);
    const verdict = verdicts.find((each) => each.name === bug.lemma && each.outcome !== 'verified');
    if (verdict !== undefined && /^errors?$/.test(verdict.outcome)) return undefined;
    return `${bug.lemma} ${verdict?.outcome ?? 'is accepted'}; ${verdicts.length === 0 ? errors.join('; ') : ''}`;
  } finally {
    await rm(copy, { recursive: true });
  }
}
