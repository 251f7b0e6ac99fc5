/**
 * Options — how imported policy files are built, and by which schema if nobody says so.
 *
 *     policies.cedar → policies.cedarschema, policies.cedarschema.json, schema.cedarschema or schema.cedarschema.json beside it, the first that is there
 */
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { BuildOptions } from '../build/build.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { PluginOptions } from './plugin-options.ts';

const OPTIONS = [
  'schema',
  'links',
  'entities',
  'actions',
  'validate',
  'denyWarnings',
  'types',
  'cache',
  'coverage',
  'root',
];

/** Throws `UsageError` for an option that does not exist: a misspelt one must not be a build without a schema. */
export function requireOptions(options: object): void {
  const unknown = Object.keys(options).find((name) => !OPTIONS.includes(name));
  if (unknown !== undefined)
    throw new UsageError(
      `there is no option \`${unknown}\``,
      `the options are ${OPTIONS.map((name) => `\`${name}\``).join(', ')}`,
    );
  for (const name of ['cache', 'coverage']) {
    const value = (options as Readonly<Record<string, unknown>>)[name];
    if (name in options && typeof value !== 'boolean')
      throw new UsageError(`the option \`${name}\` is \`${String(value)}\``, 'give `true` or `false`, or leave it out');
  }
}

const SCHEMAS = ['.cedarschema', '.cedarschema.json'];

/** The files whose coming or going decides which schema the policies of a file have. */
export function schemaCandidates(file: string): string[] {
  const stems = [file.replace(/\.cedar$/, ''), join(dirname(file), 'schema')];
  return stems.flatMap((stem) => SCHEMAS.map((ending) => `${stem}${ending}`));
}

/** What the import of a file asks for beyond the options of the plugin. */
export interface ImportQuery {
  readonly actions?: readonly string[] | undefined;
}

/** The options of a build of one file. */
export function buildOptions(
  file: string,
  options: PluginOptions,
  root: string,
  query: ImportQuery = {},
): BuildOptions {
  const { links, entities, validate, denyWarnings, coverage } = options;
  return {
    policies: [file],
    mapBase: dirname(file),
    schema: schemaFiles(file, options, root),
    actions: query.actions ?? options.actions,
    ...{ links, entities, validate, denyWarnings, coverage, root },
  };
}

function schemaFiles(file: string, options: PluginOptions, root: string): readonly string[] {
  const { schema } = options;
  if (schema === false) return [];
  if (schema === undefined) {
    // A schema that is given and missing is an error, and `undefined` is most likely a variable that nobody set.
    if ('schema' in options)
      throw new UsageError('the option `schema` is `undefined`', 'leave it out, or give `false` for none');
    return schemaCandidates(file)
      .filter((path) => existsSync(path))
      .slice(0, 1);
  }
  return [schema].flat().map((path) => resolve(root, path));
}

/** The file of an id, and its query; `undefined` for ids that are left to others, such as `x.cedar?raw`. */
export function policyImport(id: string): { readonly file: string; readonly query: ImportQuery } | undefined {
  const [file = '', search = ''] = id.split('?', 2);
  if (!file.endsWith('.cedar')) return undefined;
  const query = new URLSearchParams(search);
  if (['raw', 'url', 'inline'].some((name) => query.has(name))) return undefined;
  const actions = query.get('actions')?.split(',');
  return { file, query: actions === undefined ? {} : { actions } };
}
