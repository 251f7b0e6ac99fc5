/**
 * Vocabulary — that the coined words which the glossary of ARCHITECTURE.md replaced do not come back as names.
 */
import { expect, test } from 'vitest';
import { read, sourceFiles } from './tree.ts';

const files = sourceFiles('src', 'codegen', 'test', 'bench').filter((path) => !path.includes('/generated/'));

/** Words that are gone from names everywhere. */
const GONE =
  'front door halves patience restless outline outliner outlines kin kinship orphans lineage visitors visitor guest stranger strangers ' +
  'judge judges hunt hunts bred sibling siblings crowd crowded salt salted echo echoes aims dismiss replan';

/** Words that are gone from names of the compiler, where they meant something else than they do elsewhere, or in Cedar. */
const GONE_FROM_COMPILER =
  'segment segments chunk chunks bucket hole holes shape shaped lift lifted loose tabled lenient trusted settled ' +
  'admit reach welcome aside turned';

/** What keeps one of these words, and why. */
const KEPT: Readonly<Record<string, string>> = {
  'src/value/ipaddr.ts halves': 'the two halves of an IPv6 address, around `::`',
  'codegen/runtime/index/int-pair-multimap.ts bucket': 'a bucket of a hash table, as the field calls it',
};

/** The words of an identifier: `makeRowList` is `make row list`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[\s_$#-]+/)
    .map((word) => word.toLowerCase());
}

/** Names of files, and identifiers outside of comments and texts. */
function namesIn(path: string): readonly string[] {
  const code = read(path)
    .replace(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g, '')
    .replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`|\/(?:[^/\\\n]|\\.)+\/[dgimsuy]*/g, '');
  return [
    path
      .split('/')
      .at(-1)!
      .replace(/(\.test)?\.ts$/, ''),
    ...(code.match(/[A-Za-z_$][\w$]*/g) ?? []),
  ];
}

function found(words: string, paths: readonly string[]): readonly string[] {
  const gone = new Set(words.split(' '));
  const all = paths.flatMap((path) =>
    namesIn(path).flatMap((name) =>
      wordsOf(name)
        .filter((word) => gone.has(word))
        .map((word) => `${path} ${word}`),
    ),
  );
  return [...new Set(all)].filter((each) => KEPT[each] === undefined);
}

test('coined words are gone from names', () => {
  expect(found(GONE, files)).toEqual([]);
});

test('words that the compiler has other terms for are gone from its names', () => {
  const compiler = files.filter((path) => /^(test\/)?codegen\//.test(path));
  expect(found(GONE_FROM_COMPILER, compiler)).toEqual([]);
});

/** Turns of phrase that have to be read twice, and coined words. */
const TURNS =
  /\/\*\* Of |\b(?:is|are) no (?!longer|more|other|way|such)[a-z]+ (?!yet)|\bso many\b|\banew\b|\bgone through\b|\btells of\b|\b[Jj]udges?\b|\b[Hh]unt(?:s|ed)?\b/;

test('comments avoid phrases that have to be read twice', () => {
  const commented = [...files, ...sourceFiles('examples', 'proofs', 'build')].filter(
    (path) => path !== 'test/architecture/vocabulary.test.ts',
  );
  const turned = commented.flatMap((path) =>
    (read(path).match(/\/\*[\s\S]*?\*\/|(?<![:'"`])\/\/[^\n]*/g) ?? [])
      .filter((comment) => TURNS.test(comment.replace(/\b[Tt]here (?:is|are) no /g, '')))
      .map((comment) => `${path}: ${comment}`),
  );
  expect(turned).toEqual([]);
});
