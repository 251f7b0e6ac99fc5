/**
 * Words — what every file of the tree owes its reader, and the few things that may stand in one place only.
 */
import { describe, expect, test } from 'vitest';
import { read, sourceFiles } from './tree.ts';

const shipped = sourceFiles('src', 'codegen');
/** Configurations have the shape that their tools want. */
const all = sourceFiles('src', 'codegen', 'test', 'bench', 'examples').filter((path) => !path.endsWith('.config.ts'));

describe('the house', () => {
  test('code is made from text in one file only', () => {
    const makers = shipped.filter((path) =>
      /\bnew Function\b(?!`)|\beval\s*\(|\bFunction\s*\(\s*['"`]|node:vm/.test(withoutComments(path)),
    );
    expect(makers).toEqual(['codegen/load/load.ts']);
  });

  test('no module holds state: there is no module-level let', () => {
    expect(shipped.filter((path) => /^(export )?let /m.test(read(path)))).toEqual([]);
  });

  test('the numbers that limit plans and the runtime stand in two files', () => {
    const limit = /^(?:export )?const [A-Z_]+_(?:AT_MOST|AT_LEAST|FROM) = /m;
    const holders = sourceFiles('codegen').filter((path) => limit.test(read(path)));
    expect(holders).toEqual(['codegen/plan/limits.ts', 'codegen/runtime/limits.ts']);
  });

  test('every file begins with a header that says what it is', () => {
    expect(all.filter((path) => !/^(#!.*\n)?\/\*\*?[\s\S]*?—[\s\S]*?\*\//.test(read(path)))).toEqual([]);
  });

  test('a file over 300 lines says why in its header', () => {
    const long = shipped.filter((path) => read(path).split('\n').length > 300);
    expect(long.filter((path) => !/\blong\b|\bLength:|\bSize:/i.test(read(path).split('*/')[0] ?? ''))).toEqual([]);
  });

  test('no name says nothing', () => {
    expect(all.filter((path) => /\/(utils?|helpers?|common|misc|types|shared|stuff)(\.ts|\/)/.test(path))).toEqual([]);
  });

  test('nothing is exported by default, and nothing escapes the type checker', () => {
    expect(all.filter((path) => /^export default/m.test(read(path)))).toEqual([]);
    expect(
      all.filter(
        (path) => path !== 'test/architecture/words.test.ts' && /@ts-(ignore|nocheck)|\bas any\b/.test(read(path)),
      ),
    ).toEqual([]);
  });

  test('no clock and no chance in what makes code', () => {
    const wild = sourceFiles('codegen', 'src/syntax', 'src/parser', 'src/schema', 'src/validator', 'src/model');
    expect(
      wild.filter((path) => /Math\.random|Date\.now|new Date\b|performance\.now/.test(withoutComments(path))),
    ).toEqual([]);
  });
});

function withoutComments(path: string): string {
  return read(path).replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
}
