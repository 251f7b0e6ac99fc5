/**
 * Bundle size — what an application's bundle holds of the package, with all that it does not import left out.
 *
 * A limit is some percent above what was measured, so that it fails for a new dependency among the files and not for a fix. Whoever raises one says why
 * beside it, and in docs/build-time.md, which has the figures.
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { directImports } from '../../build/direct-imports.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** As applications bundle: minified, for the web. */
async function bundled(contents: string): Promise<{
  readonly kilobytes: number;
  readonly inputs: Metafile['inputs'];
  /** The files of which something is in the bundle. */
  readonly held: readonly string[];
}> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    plugins: [directImports(root)],
    external: ['acorn'],
    write: false,
    metafile: true,
  });
  const [output] = Object.values(metafile.outputs);
  const held = Object.entries(output!.inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
  return { kilobytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length / 1000, inputs: metafile.inputs, held };
}

describe('a bundle, gzipped', () => {
  it.each([
    // What decides, the store, prepared contexts, and data in every form; the rest is not wanted by modules (the next test). Own objects over stores brought 1.5.
    ['a built module loads', "export { load, EntityStore, Node, schemaOf } from './src/runtime.ts';", 48],
    // The same class, and the parser of schemas.
    ['`EntityStore` of the main entry is', "export { EntityStore } from './src/index.ts';", 36],
    // Partial evaluation, the validator and the compiler: an engine has them as methods.
    ['`compile` is', "export { compile } from './src/index.ts';", 141],
    // What makes filters, prepared ones and code for predicates too, comes with the mapping that they need (engine/filter-maker.ts).
    ['`compile` with a `mapping` is', "export { compile, mapping } from './src/index.ts';", 169],
    // It parses, validates and evaluates; the compiler comes when a set is prepared.
    ['the drop-in is', "export { isAuthorized } from './src/cedar-wasm/index.ts';", 62],
  ])('what %s stays below its limit', async (_, contents, limit) => {
    const { kilobytes } = await bundled(contents);
    expect(kilobytes).toBeLessThan(limit);
    expect(kilobytes).toBeGreaterThan(limit * 0.9);
  });

  it('takes from the main entry what it imports: `load` alone brings no parser of schemas', async () => {
    const [main, runtime] = await Promise.all(
      ['index', 'runtime'].map((entry) => bundled(`export { load } from './src/${entry}.ts';`)),
    );
    expect(main!.kilobytes).toBeLessThan(runtime!.kilobytes + 1);
  });
});

describe('the entry of built modules', () => {
  it('brings indexes to modules that have links, and to no others', async () => {
    const indexes = async (names: string) => {
      const { held } = await bundled(`export { ${names} } from './src/runtime.ts';`);
      return held.filter((path) => /codegen\/runtime\/index\/(?:link|scope|single-entity)-index/.test(path)).length;
    };
    expect(await indexes('load, Node, EntityStore, schemaOf')).toBe(0);
    expect(await indexes('load, Node, LinkIndex')).toBe(3);
  });

  it('reaches nothing that parses policies or schemas, validates, evaluates in part, filters or compiles', async () => {
    const { inputs } = await bundled("export * from './src/runtime.ts';");
    const reached = Object.keys(inputs);
    expect(reached.length).toBeGreaterThan(80);
    expect(reached.filter((path) => UNWANTED.test(path))).toEqual([]);
  });
});

/** `codegen/bind/schema-types.ts` says what requests a schema allows. */
const UNWANTED =
  /^(?:src\/(?:parser\/(?:text\/(?:policy|expression|scope|text)\.|syntax-error|json\/policy)|schema\/(?:text|json|parse-schema)|validator\/typecheck|partial\/(?!partial-request)|untyped-partial|filter|model|mapping|format|schema-types|syntax\/(?:desugar|print|policy-set\.))|codegen\/(?!runtime\/|bind\/schema-types))/;
