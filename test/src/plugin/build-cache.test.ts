/**
 * Build cache — what comes from the disk is what a build would give, and nothing else ever comes from it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { build } from '../../../src/build/build.ts';
import { readFromDisk } from '../../../src/build/read-policies.ts';
import { BuildCache, cacheFolder } from '../../../src/plugin/build-cache.ts';
import { buildOptions, requireOptions } from '../../../src/plugin/options.ts';
import { refreshDeclarations } from '../../../src/plugin/policy-build.ts';

import { folderWith } from '../build/built.ts';

const FILES = {
  'p.cedar': `permit (principal, action == Action::"view", resource) when { principal.id > 1 };
    permit (principal, action == Action::"edit", resource) when { false };`,
  'p.cedarschema': 'entity U { id: Long }; action view, edit appliesTo { principal: U, resource: U };',
  'e.json': '[{ "uid": { "type": "U", "id": "a" }, "attrs": { "id": 1 }, "parents": [] }]',
};

/** A project, its cache, and how often texts were read: twice for a build, since the digest reads them too. */
function project(compiler = 'v1') {
  const root = folderWith(FILES);
  const file = join(root, 'p.cedar');
  const folder = join(root, 'cache');
  const options = buildOptions(file, { entities: 'e.json' }, root);
  const cache = new BuildCache(folder, compiler);
  const reads = { count: 0 };
  const readFile = (path: string) => {
    reads.count++;
    return readFromDisk(path);
  };
  const readsOf = <T>(run: () => T) => {
    reads.count = 0;
    return { result: run(), reads: reads.count };
  };
  return { root, file, folder, options, cache, readsOf, build: () => readsOf(() => cache.build(options, readFile)) };
}

const FILES_READ = 3;

/** The files of the only entry, by their endings. */
function entryIn(folder: string, ending: string): string {
  const [name, ...others] = readdirSync(folder).filter((each) => each.endsWith(ending));
  expect(others).toEqual([]);
  return join(folder, name!);
}

describe('the second build of the same texts', () => {
  test('is read from the cache, to the letter', () => {
    const { build: cached, options, cache } = project();
    const [first, second] = [cached(), cached()];
    expect([first.reads, second.reads]).toEqual([2 * FILES_READ, FILES_READ]);
    expect(second.result).toEqual(first.result);
    expect(JSON.stringify(second.result)).toBe(JSON.stringify(build(options)));
    expect(second.result.warnings).toHaveLength(1);
    expect(cache.declarations(options, readFromDisk)).toBe(first.result.declarations);
  });

  test.each(['p.cedar', 'p.cedarschema', 'e.json'] as const)('is made again when %s changes', (name) => {
    const { root, options, build: cached, cache } = project();
    cached();
    writeFileSync(join(root, name), `${FILES[name]}\n`);
    expect(cache.declarations(options, readFromDisk)).toBeUndefined();
    const again = cached();
    expect(again.reads).toBe(2 * FILES_READ);
    expect(JSON.stringify(again.result)).toBe(JSON.stringify(build(options)));
  });

  test('is made again by another compiler, and for other options', () => {
    const { folder, options, build: cached } = project();
    const { code } = cached().result;
    const other = new BuildCache(folder, 'v2');
    expect(other.declarations(options, readFromDisk)).toBeUndefined();
    const { cache, readsOf } = project();
    expect(readsOf(() => cache.build({ ...options, actions: ['edit'] }, readFromDisk)).result.code).not.toBe(code);
    expect(cache.declarations(options, readFromDisk)).toBeUndefined();
  });

  test.each(['.json', '.js', '.js.map'])('is made again when %s of the entry is damaged', (ending) => {
    const { folder, build: cached } = project();
    const { result } = cached();
    for (const damage of ['', '{}', 'export default { isAllowed: () => true };']) {
      writeFileSync(entryIn(folder, ending), damage);
      const again = cached();
      expect(again.reads).toBe(2 * FILES_READ);
      expect(again.result).toEqual(result);
    }
  });
});

test('a build that fails is not kept, and fails again; so does one whose files are gone', () => {
  const { root, options, cache, build: cached } = project();
  cached();
  writeFileSync(join(root, 'p.cedar'), 'permit (principal, action == Action::"veiw", resource);');
  for (const _ of [1, 2]) expect(cached).toThrow('veiw');
  expect(cache.declarations(options, readFromDisk)).toBeUndefined();
  writeFileSync(join(root, 'p.cedar'), FILES['p.cedar']);
  expect(() => cache.build({ ...options, entities: 'none.json' }, readFromDisk)).toThrow('`none.json`');
});

test('where the folder cannot be written, every build is made', () => {
  const { root, options } = project();
  const cache = new BuildCache(join(root, 'p.cedar', 'cache'), 'v1');
  for (const _ of [1, 2]) expect(cache.build(options, readFromDisk)).toEqual(build(options));
});

test('the folder is in the nearest `node_modules`', () => {
  const root = folderWith({ 'node_modules/x.txt': '', 'a/b/p.cedar': '' });
  expect(cacheFolder(join(root, 'a/b'))).toBe(join(root, 'node_modules/.cache/cedarmill'));
});

test('`cache` is a boolean', () => {
  expect(() => requireOptions({ cache: 'no' })).toThrow('the option `cache` is `no`: give `true` or `false`');
  expect(() => requireOptions({ cache: undefined })).toThrow('the option `cache` is `undefined`');
  requireOptions({ cache: false });
});

describe('declarations at the start', () => {
  test('are those of the build, and stay as they are when the text does not parse', () => {
    const { root, file, options } = project();
    const types = join(root, 'p.d.cedar.ts');
    refreshDeclarations(file, { entities: 'e.json' }, root);
    expect(readFileSync(types, 'utf8')).toBe(build(options).declarations);
    writeFileSync(file, 'permit (');
    refreshDeclarations(file, { entities: 'e.json' }, root);
    expect(readFileSync(types, 'utf8')).toContain('policy0');
  });
});
