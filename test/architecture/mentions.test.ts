/**
 * Mentions — that what comments name exists: files of the tree, and modules of the Lean specification.
 */
import { expect, test } from 'vitest';
import { LEAN_MODULES } from './lean-modules.ts';
import { read, sourceFiles } from './tree.ts';

const files = sourceFiles('src', 'codegen', 'test', 'bench', 'examples', 'proofs').filter(
  (path) => !path.includes('generated'),
);

const COMMENT = /\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm;
/** A path or name such as `emit/program.ts`; not the end of `*.test.ts` or `index.d.ts`. */
const FILE = /(?<![\w*<.-])(?:[\w-]+\/)*[a-z][\w-]*(?:\.test)?\.ts\b/g;
/** What follows `Spec:` up to the names of definitions. */
const MODULE = /\bCedar(?:\.[A-Z]\w*)+/g;

function mentions(pattern: RegExp, inComments = /./): readonly (readonly [path: string, name: string])[] {
  return files.flatMap((path) =>
    (read(path).match(COMMENT) ?? [])
      .filter((comment) => inComments.test(comment))
      .flatMap((comment) => [...comment.matchAll(pattern)].map(([name]) => [path, name] as const)),
  );
}

test('every file that a comment names is there', () => {
  const exists = (name: string) => files.some((path) => path === name || path.endsWith(`/${name}`));
  expect(mentions(FILE).filter(([, name]) => !exists(name))).toEqual([]);
});

test('every module of the specification that a comment names is one', () => {
  const cited = mentions(MODULE, /Spec:/);
  expect(cited.length).toBeGreaterThan(40);
  expect(cited.filter(([, name]) => !LEAN_MODULES.has(name))).toEqual([]);
});
