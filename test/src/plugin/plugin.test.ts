/**
 * Plugin — which schema a policy file has, what is left to others, and what stands on the disk. The bundlers themselves run in test/package.
 */
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { transformer } from '../../../src/plugin/jest.ts';
import { load as loadHook } from '../../../src/plugin/load-hook.ts';
import { cedarmillLoader } from '../../../src/plugin/loader.ts';
import { buildOptions, policyImport, requireOptions, schemaCandidates } from '../../../src/plugin/options.ts';
import { buildPolicyFile, type PlacedError } from '../../../src/plugin/policy-build.ts';

import { folderWith } from '../build/built.ts';

const FILES = {
  'p.cedar': 'permit (principal, action == Action::"view", resource);',
  'p.cedarschema': 'entity U; action view, edit appliesTo { principal: U, resource: U };',
};

describe('imports', () => {
  test.each([
    ['/a/p.cedar', '/a/p.cedar', {}],
    ['/a/p.cedar?t=17&import', '/a/p.cedar', {}],
    ['/a/p.cedar?actions=view,edit', '/a/p.cedar', { actions: ['view', 'edit'] }],
  ])('%s is one of policies', (id, file, query) => expect(policyImport(id)).toEqual({ file, query }));

  test.each(['/a/p.cedar?raw', '/a/p.cedar?url', '/a/p.cedarschema', '/a/p.js?x=.cedar'])(
    '%s is left to others',
    (id) => expect(policyImport(id)).toBeUndefined(),
  );
});

describe('the schema of a file', () => {
  test('is the first that stands beside it, and all places are watched', () => {
    const root = folderWith({ ...FILES, 'schema.cedarschema': 'entity V;' });
    const file = join(root, 'p.cedar');
    expect(buildOptions(file, {}, root).schema).toEqual([join(root, 'p.cedarschema')]);
    expect(schemaCandidates(file).map((path) => path.slice(root.length + 1))).toEqual([
      'p.cedarschema',
      'p.cedarschema.json',
      'schema.cedarschema',
      'schema.cedarschema.json',
    ]);
    expect(buildPolicyFile(file, { types: false }, root).watched).toEqual(schemaCandidates(file));
  });

  test('one that is named must be there', () => {
    const root = folderWith(FILES);
    const file = join(root, 'p.cedar');
    expect(() => buildPolicyFile(file, { schema: 'missing.cedarschema' }, root)).toThrow(
      '`missing.cedarschema`: no such file',
    );
    expect(() => buildOptions(file, { schema: undefined }, root)).toThrow('`schema` is `undefined`');
    expect(buildOptions(file, { schema: false }, root).schema).toEqual([]);
  });

  test('an option that does not exist is refused', () => {
    expect(() => requireOptions({ shcema: 'a' })).toThrow('there is no option `shcema`');
  });
});

test('modules count clauses where that is asked for, and by the hooks of Node where a coverage report is written', () => {
  const root = folderWith(FILES);
  const file = join(root, 'p.cedar');
  const counts = (text: string) => text.includes('function counter0() ');
  const hooked = () => loadHook(`file://${file}`, {}, () => expect.unreachable()) as { source: string };
  vi.stubEnv('NODE_V8_COVERAGE', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect([counts(buildPolicyFile(file, {}, root).code), counts(hooked().source)]).toEqual([false, false]);
  expect(counts(buildPolicyFile(file, { coverage: true }, root).code)).toBe(true);
  vi.stubEnv('NODE_V8_COVERAGE', join(root, 'coverage'));
  expect([counts(buildPolicyFile(file, {}, root).code), counts(hooked().source)]).toEqual([false, true]);
  for (const coverage of ['false', 0, undefined, null])
    expect(() => requireOptions({ coverage })).toThrow(`the option \`coverage\` is \`${coverage}\``);
});

describe('declarations', () => {
  test('stand beside the file, and are written only when they change', () => {
    const root = folderWith(FILES);
    const [file, types] = [join(root, 'p.cedar'), join(root, 'p.d.cedar.ts')];
    buildPolicyFile(file, {}, root);
    expect(readFileSync(types, 'utf8')).toContain('export default engine;');
    const { ino } = statSync(types);
    buildPolicyFile(file, {}, root);
    expect(statSync(types).ino).toBe(ino);
    writeFileSync(file, '@id("x") permit (principal, action, resource);');
    buildPolicyFile(file, {}, root);
    expect(readFileSync(types, 'utf8')).toContain("readonly x: { readonly id: 'x' };");
  });

  test('are not written for a slice, or on request', () => {
    const root = folderWith(FILES);
    const file = join(root, 'p.cedar');
    buildPolicyFile(file, { types: false }, root);
    buildPolicyFile(file, {}, root, { query: { actions: ['view'] } });
    expect(existsSync(join(root, 'p.d.cedar.ts'))).toBe(false);
  });

  test('stay as they are when policies do not fit, and the error leads to the place', () => {
    const root = folderWith(FILES);
    const file = join(root, 'p.cedar');
    buildPolicyFile(file, {}, root);
    const before = readFileSync(join(root, 'p.d.cedar.ts'), 'utf8');
    let thrown: PlacedError | undefined;
    try {
      buildPolicyFile(file, {}, root, { text: '\npermit (principal, action == Action::"veiw", resource);' });
    } catch (error) {
      thrown = error as PlacedError;
    }
    expect(thrown).toMatchObject({ plugin: 'cedarmill', id: file, loc: { file: 'p.cedar', line: 2, column: 29 } });
    expect(thrown?.message).toMatch(/^p\.cedar:2:30: /);
    expect(thrown?.frame).toContain('^^^^^^^^^^^^^^');
    expect(readFileSync(join(root, 'p.d.cedar.ts'), 'utf8')).toBe(before);
  });
});

test('every way of building gives the same bytes', () => {
  const root = folderWith(FILES);
  const file = join(root, 'p.cedar');
  const { code } = buildPolicyFile(file, {}, root);
  const loader = { resourcePath: file, rootContext: root };
  expect(cedarmillLoader.call(loader, FILES['p.cedar'])).toBe(code);
  const { source, format } = loadHook(`file://${file}`, {}, () => expect.unreachable()) as {
    source: string;
    format: string;
  };
  expect([format, source.slice(0, code.length)]).toEqual(['module', code]);
  const jest = { config: { rootDir: root }, supportsStaticESM: true };
  expect(transformer.process(FILES['p.cedar'], file, jest).code).toBe(code);
});

test('every way of building gives the source map, or has it in the module', () => {
  const root = folderWith(FILES);
  const file = join(root, 'p.cedar');
  const { map } = buildPolicyFile(file, {}, root);
  expect(map.sources).toEqual(['p.cedar']);
  const given: unknown[] = [];
  const callback = (...args: unknown[]) => void given.push(...args);
  expect(cedarmillLoader.call({ resourcePath: file, rootContext: root, callback }, FILES['p.cedar'])).toBe(undefined);
  expect(given[2]).toEqual(map);
  expect(transformer.process(FILES['p.cedar'], file, { config: { rootDir: root } }).map).toMatchObject({
    sources: ['p.cedar'],
  });
  const { source } = loadHook(`file://${file}`, {}, () => expect.unreachable()) as { source: string };
  const [, data = ''] = source.split(/\n\/\/# sourceMappingURL=data:application\/json;base64,/);
  expect(JSON.parse(Buffer.from(data, 'base64').toString())).toEqual(map);
});

test('the loader makes modules that replace each other where the compiler says so, and only there', () => {
  const root = folderWith(FILES);
  const loader = { resourcePath: join(root, 'p.cedar'), rootContext: root };
  const text = FILES['p.cedar'];
  expect(cedarmillLoader.call({ ...loader, hot: true }, text)).toContain('import.meta.webpackHot.accept();');
  expect(cedarmillLoader.call({ ...loader, hot: false }, text)).not.toContain('import.meta');
  const turbopack = { ...loader, mode: 'development' };
  expect(cedarmillLoader.call(turbopack, text)).toContain('import.meta.turbopackHot.accept();');
  for (const other of [{ mode: 'production' }, { hot: false }, { _compiler: {} }, { mode: undefined }])
    expect(cedarmillLoader.call({ ...turbopack, ...other }, text)).not.toContain('import.meta');
});

test('Jest finds no old module after a change of the schema, and a new one where none was', () => {
  const root = folderWith({ 'p.cedar': FILES['p.cedar'] });
  const file = join(root, 'p.cedar');
  const key = () => transformer.getCacheKey(FILES['p.cedar'], file, { config: { rootDir: root } });
  const keys = [key(), key()];
  for (const text of [FILES['p.cedarschema'], 'entity U;']) {
    writeFileSync(join(root, 'p.cedarschema'), text);
    keys.push(key());
  }
  expect(new Set(keys).size).toBe(3);
});
