/**
 * Compile — from policies to an engine.
 */
import type { CodegenOptions } from '../../codegen/index.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Schema } from '../schema/schema.ts';
import { PolicySet as StrictPolicySet } from '../syntax/policy-set.ts';
import type { PolicyDiagnostic } from '../validator/validate.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import { CompiledEngine } from './compiled-engine.ts';
import type { Engine } from './engine.ts';
import type { SchemaInput } from './input/given-schema.ts';
import { givenOption, readOptions } from './input/options.ts';
import type { PolicyInput } from './input/policy-input.ts';
import { schemaOption } from './input/schema-input.ts';
import { ModelEngine } from './model-engine.ts';
import { PolicyCheck, type ValidateOption } from './policy-check.ts';
import { PolicySet } from './policy-set.ts';
import type { ActionMap, AnyActions, AnyEntities, EntityMap } from './typed-input.ts';

export interface CompileOptions extends Omit<CodegenOptions, 'validated'> {
  /**
   * The schema, as text, JSON or what `parseSchema` gave. The policies must fit it (`ValidationError`), and every request too (`ConformanceError`);
   * contexts and entities are read by it. Policies then run without type checks on stores of the same schema. The answers are the same.
   */
  readonly schema?: SchemaInput | undefined;
  /** Where the entities are in an application's rows and tables: `mapping(schema, …)`, of the same schema. Filters need it. */
  readonly mapping?: Mapping | undefined;
  /**
   * How policies are held against the schema, now and whenever one is added: `strict` (the default) or `permissive`, where errors refuse the policies;
   * a function that is told of errors and warnings instead, and may throw; or `false` for not at all.
   */
  readonly validate?: ValidateOption | undefined;
  /** Is told of the validator's warnings. */
  readonly onWarnings?: ((warnings: readonly PolicyDiagnostic[]) => void) | undefined;
  /**
   * `compile` generates code (the default). `interpret` uses the model instead: some hundred times slower, but it needs no code generation, as
   * under a Content Security Policy without `unsafe-eval`. It is never chosen for you.
   */
  readonly mode?: 'compile' | 'interpret' | undefined;
}

const OPTIONS = [
  'schema',
  'mapping',
  'validate',
  'onWarnings',
  'mode',
  'check',
  'slice',
  'optimize',
  'warmUp',
  'indexFrom',
  'partitionFrom',
] as const satisfies readonly (keyof CompileOptions)[];

/**
 * Compiles policies into an engine.
 *
 *     const engine = compile('permit(principal, action == Action::"view", resource) when { resource.public };');
 *     const photo = { uid: 'Photo::"beach"', attrs: { public: true }, parents: [] };
 *     const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"beach"' };
 *     engine.isAllowed(request, [photo])   // true
 *
 * Policies are Cedar text, a policy or policy set in JSON, a `PolicySet`, or a list of these. In text, the annotation `@id("…")` names a policy; others
 * are `policy0`, `policy1`, …
 *
 * Throws `PolicySyntaxError` for what does not parse, `SchemaError` for a schema that does not, `ValidationError` for policies that do not fit the
 * schema, `PolicySetError` for ids that clash, `UsageError` for options that do not exist, and `CodeGenerationForbidden` where code may not be
 * generated. Each is a `CedarmillError`.
 */
export function compile<
  Actions extends ActionMap<Actions> = AnyActions,
  Entities extends EntityMap<Entities> = AnyEntities,
>(policies: PolicyInput, options: CompileOptions = {}): Engine<Actions, Entities> {
  const given = readOptions(options, OPTIONS, 'compile');
  const { schema: _, mapping: __, validate, onWarnings, mode = 'compile', ...codegen } = given;
  requireMode(mode);
  requireCheck(given);
  const schema = schemaOption(given, 'compile');
  if (schema === undefined && validate !== undefined && validate !== false)
    throw new UsageError('`validate` needs a schema', 'give the option `schema`');
  const mapping = mappingOption(given, schema);
  const set = policySetFrom(policies);
  const policyCheck = schema && new PolicyCheck(schema, validate, onWarnings);
  policyCheck?.requireValid(set);
  const engine: Engine =
    mode === 'interpret'
      ? new ModelEngine(set, { schema, mapping, policyCheck })
      : new CompiledEngine(set, { ...codegen, schema, mapping, policyCheck });
  return engine as unknown as Engine<Actions, Entities>;
}

/** A set is used as it is, for the engine follows its changes. */
function policySetFrom(policies: PolicyInput): PolicySet {
  return policies instanceof StrictPolicySet ? (policies as PolicySet) : PolicySet.of(policies);
}

/** Throws `UsageError` for what is not a mapping of the engine's schema. */
function mappingOption(given: CompileOptions, schema: Schema | undefined): Mapping | undefined {
  const mapping = givenOption(given, 'mapping', 'compile', 'leave the option out for none') as Mapping | undefined;
  if (mapping === undefined) return undefined;
  if (!(mapping.types instanceof Map)) throw new UsageError('`mapping` is not a mapping', 'give `mapping(schema, …)`');
  if (schema === undefined || mapping.schema !== schema)
    throw new UsageError('the mapping is of another schema than the engine', 'make both of one and the same schema');
  return mapping;
}

function requireMode(mode: unknown): void {
  if (mode === 'compile' || mode === 'interpret') return;
  throw new UsageError(`\`mode\` is \`${String(mode)}\``, 'it is `compile` or `interpret`');
}

const CHECK = "it is a function: import { check } from 'cedarmill/check'";

/** A self-check that was meant to be on is never off without a word. */
function requireCheck(options: CompileOptions): void {
  const check = givenOption(options, 'check', 'compile', CHECK);
  if (check !== undefined && typeof check !== 'function')
    throw new UsageError('`check` is given, not switched on', CHECK);
}
