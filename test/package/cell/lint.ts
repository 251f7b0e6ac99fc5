/**
 * Lint cells — what publint and arethetypeswrong say about the tarball, and what must not be in it.
 */
import { type Cell, manifest } from '../cell.ts';

const PUBLINT = `
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
let found = 0;
for (const name of ['cedarmill', '@cedar-policy/cedar-wasm']) {
  const { messages, pkg } = await publint({ pkgDir: '../../node_modules/' + name, strict: true, pack: false });
  for (const message of messages) console.log(name, formatMessage(message, pkg));
  found += messages.length;
}
process.exitCode = found;
`;

/** The web form of the drop-in has a default export, so it is an ES module only, as the official one; hooks of Node are imported only. */
const TYPES = `
const known = (problem) => problem.kind === 'CJSResolvesToESM' && ['./cedar-wasm/web', './register'].includes(problem.entrypoint);
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { readdirSync, readFileSync } from 'node:fs';
const tarball = readdirSync('../..').find((name) => /^cedarmill-\\d/.test(name));
const { types, problems, entrypoints } = await checkPackage(createPackageFromTarballData(readFileSync('../../' + tarball)));
if (!types) throw new Error('the package has no types');
const found = problems.filter((problem) => !known(problem));
for (const problem of found) console.log(JSON.stringify(problem, undefined, 2));
if (!problems.some(known)) console.log('the known finding is none any more');
process.exitCode = found.length + (problems.some(known) ? 0 : 1);
if (Object.keys(entrypoints).length < 5) throw new Error('there are too few entries');
`;

const CONTENTS = `
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
const root = '../../node_modules/cedarmill';
const files = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile())
  .map((file) => join(file.parentPath, file.name))
  .filter((file) => !file.startsWith(join(root, 'node_modules')));
const found = [];
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  if (/\\.(js|ts)$/.test(file) && /\\/\\/# sourceMappingURL=/.test(text)) found.push(file + ' names a source map');
  if (file.endsWith('.d.ts') && /from ['"]estree['"]/.test(text)) found.push(file + ' needs the types of estree');
  if (!file.endsWith('.md')) continue;
  for (const [, link] of text.matchAll(/\\]\\(([^)\\s]+)\\)/g)) {
    const path = link.replace(/#.*/, '');
    if (/^(https?|mailto):/.test(link) || path === '') continue;
    if (!existsSync(join(dirname(file), path))) found.push(file + ' links to ' + path + ', which is not there');
  }
}
for (const line of found) console.log(line);
process.exitCode = found.length;
`;

export const lintCells: readonly Cell[] = [
  script('publint', 'no finding, suggestions included, for this package and for the one to alias', PUBLINT),
  script(
    'arethetypeswrong',
    'no finding for any entry and way of resolving, but that `cedar-wasm/web` is an ES module only',
    TYPES,
  ),
  script('Contents', 'no source map is named, no type needs `estree`, every link of a page leads somewhere', CONTENTS),
];

function script(name: string, shows: string, text: string): Cell {
  return {
    name,
    group: 'Tarball',
    shows,
    files: { 'package.json': manifest('module'), 'main.js': text },
    steps: [{ program: 'node', args: ['main.js'] }],
  };
}
