/**
 * Build — policies, their schema, links and static entities → a module with its declarations.
 *
 *     read → validate → slice by action → compile → module text, declarations
 *
 * The command line, the bundler plugin, the loaders and the hooks of Node all build by this, so that they give the same bytes.
 */
import { resolve } from 'node:path';
import type { ModuleFormat } from '../../codegen/index.ts';
import { check } from '../../codegen/print/check.ts';
import { EntityStore } from '../engine/entity-store.ts';
import type { Schema } from '../schema/schema.ts';
import { moduleDeclarations } from '../schema-types/declarations.ts';
import type { PolicySet } from '../syntax/policy-set.ts';
import type { ValidationMode } from '../validator/type.ts';
import { type PolicyDiagnostic, validate } from '../validator/validate.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import { parseJson } from '../value/json.ts';
import { sliceActions } from './action-slice.ts';
import { builtText } from './built-text.ts';
import { withCoverageCounters } from './coverage-counters.ts';
import { shownPath, watchedFolders } from './policy-files.ts';
import { BuildError, type Problem, problemOf } from './problem.ts';
import { type ReadFile, readFromDisk, readPolicies, textOf } from './read-policies.ts';
import { type ReadSchema, readSchema } from './read-schema.ts';
import { extractSourceMap, type SourceMap } from './source-map.ts';

export interface BuildOptions {
  /** Files, folders and globs. */
  readonly policies: readonly string[];
  /** Files; several are one schema. None: requests and data are not checked, and not typed. */
  readonly schema?: readonly string[] | undefined;
  /** A file of template links. */
  readonly links?: string | undefined;
  /** A file of entities that are the same for all requests; the module has a store of them. */
  readonly entities?: string | undefined;
  /** Only what requests for these actions need; needs a schema. */
  readonly actions?: readonly string[] | undefined;
  readonly format?: ModuleFormat | undefined;
  /** The runtime is in the module, which then imports nothing. */
  readonly standalone?: boolean | undefined;
  readonly validate?: ValidationMode | undefined;
  /** Warnings of the validator are errors. */
  readonly denyWarnings?: boolean | undefined;
  /** Coverage tools report exactly which clauses were evaluated; the module is slower, and debuggers find no policies in it. */
  readonly coverage?: boolean | undefined;
  /** What relative paths start from, and what paths in messages are relative to. */
  readonly root?: string | undefined;
  /** The folder that the sources of the source map are relative to. */
  readonly mapBase?: string | undefined;
}

export interface Built {
  readonly code: string;
  readonly map: SourceMap;
  /** They hold for `import engine from './policies.cedar'` too. */
  readonly declarations: string;
  readonly warnings: readonly Problem[];
  /** The files that were read, as absolute paths. */
  readonly files: readonly string[];
  /** The folders whose listings count. */
  readonly folders: readonly string[];
}

/** Throws `BuildError`. */
export function build(options: BuildOptions, readFile: ReadFile = readFromDisk): Built {
  const root = resolve(options.root ?? '.');
  const read = readSchemaOf(options, root, readFile);
  const { set, texts } = readPolicies(options.policies, options.links, root, readFile);
  const warnings = [...(read?.warnings ?? []), ...validated(set, read?.schema, options)];
  const { set: sliced, schema } = sliceOf(set, read?.schema, options);
  const entities = entitiesOf(options, schema, root, readFile);
  // Policies that share code have no places of their own.
  const codegen = options.coverage === true ? { check, indexFrom: Number.POSITIVE_INFINITY } : { check };
  const marked = builtText(sliced, codegen, { ...options, schema, entities });
  const base = resolve(options.mapBase ?? root);
  const mapped = options.coverage === true ? withCoverageCounters : extractSourceMap;
  const { code, map } = mapped(marked, sliced, ({ name = '' }) => shownPath(resolve(root, name), base));
  return {
    code,
    map,
    declarations: declarationsOf(sliced, read, schema, options),
    warnings,
    files: [...(read?.texts.keys() ?? []), ...texts.keys(), ...others(options, root)],
    folders: watchedFolders(options.policies, root),
  };
}

/** The declarations of a build, without the validator and the compiler: those of a module that may not build. Throws `BuildError`. */
export function buildDeclarations(options: BuildOptions, readFile: ReadFile = readFromDisk): string {
  const root = resolve(options.root ?? '.');
  const read = readSchemaOf(options, root, readFile);
  const { set } = readPolicies(options.policies, options.links, root, readFile);
  const { set: sliced, schema } = sliceOf(set, read?.schema, options);
  return declarationsOf(sliced, read, schema, options);
}

function declarationsOf(
  policies: PolicySet,
  read: ReadSchema | undefined,
  schema: Schema | undefined,
  { entities }: BuildOptions,
): string {
  return moduleDeclarations({
    schema,
    docs: read?.docs,
    policies: declaredPolicies(policies),
    hasStore: entities !== undefined,
  });
}

function readSchemaOf({ schema }: BuildOptions, root: string, readFile: ReadFile): ReadSchema | undefined {
  if (schema === undefined || schema.length === 0) return undefined;
  const paths = schema.map((path) => resolve(root, path));
  return readSchema(paths, root, readFile);
}

function others({ links, entities }: BuildOptions, root: string): string[] {
  return [links, entities].flatMap((path) => (path === undefined ? [] : [resolve(root, path)]));
}

/** The warnings. Throws `BuildError`. */
function validated(set: PolicySet, schema: Schema | undefined, options: BuildOptions): readonly Problem[] {
  if (schema === undefined) return [];
  const { errors, warnings } = validate(set, schema, { mode: options.validate ?? 'strict' });
  const problems = (found: readonly PolicyDiagnostic[]) => found.map((each) => placed(each, set));
  if (errors.length > 0) throw new BuildError(problems(errors), 'validation');
  if (options.denyWarnings === true && warnings.length > 0) throw new BuildError(problems(warnings), 'validation');
  return problems(warnings);
}

function placed({ policyId, diagnostic }: PolicyDiagnostic, set: PolicySet): Problem {
  const policy = set.get(policyId) ?? set.get(set.linkOf(policyId)?.templateId ?? '');
  const labels =
    diagnostic.labels.length > 0 || policy?.span === undefined ? diagnostic.labels : [{ span: policy.span }];
  return { diagnostic: { ...diagnostic, labels }, source: policy?.source };
}

function sliceOf(set: PolicySet, schema: Schema | undefined, { actions }: BuildOptions) {
  if (actions === undefined || actions.length === 0) return { set, schema };
  if (schema !== undefined) return sliceActions(set, schema, actions);
  throw new BuildError([problemOf('schemaRequired', '`actions` needs a schema', 'give the schema, which knows them')]);
}

/** The entities as JSON data, once they were read and found to fit. Throws `BuildError`. */
function entitiesOf({ entities }: BuildOptions, schema: Schema | undefined, root: string, readFile: ReadFile) {
  if (entities === undefined) return undefined;
  const text = textOf(resolve(root, entities), root, readFile);
  try {
    const data = parseJson(text);
    EntityStore.from(data as never, schema === undefined ? {} : { schema });
    return text;
  } catch (error) {
    if (!(error instanceof CedarmillError)) throw error;
    throw new BuildError([problemOf(error.code, `${shownPath(resolve(root, entities), root)}: ${error.message}`)]);
  }
}

/** What answers may name: static policies and links. */
export function declaredPolicies(set: PolicySet) {
  return Array.from(set.policies(), ({ id, annotations }) => ({ id, annotations }));
}
