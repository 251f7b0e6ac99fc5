/**
 * Compile — from policies to an engine.
 */
import type { CodegenOptions } from '../../codegen/options.ts';
import type { Schema } from '../schema/schema.ts';
import { CompiledEngine } from './compiled-engine.ts';
import type { Engine } from './engine.ts';
import { type PolicyInput, policySetFrom } from './input/policy-input.ts';
import { ModelEngine } from './model-engine.ts';

export interface CompileOptions extends Omit<CodegenOptions, 'validated'> {
  /**
   * Check every request against this schema (`ConformanceError` if it does not fit), and read contexts by it. Policies that pass the validator then
   * run without type checks on stores of the same schema; other policies and other stores keep them. The answers are the same.
   */
  readonly schema?: Schema | undefined;
  /**
   * `compile` generates code (the default). `interpret` uses the model instead: some hundred times slower, but it needs no code generation, as
   * under a Content Security Policy without `unsafe-eval`. It is never chosen for you.
   */
  readonly mode?: 'compile' | 'interpret' | undefined;
}

/**
 * Compiles policies into an engine.
 *
 *     const engine = compile('permit(principal, action == Action::"view", resource) when { resource.public };');
 *     const photo = { uid: { type: 'Photo', id: 'beach' }, attrs: { public: true }, parents: [] };
 *     const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"beach"' };
 *     engine.isAllowed(request, [photo])   // true
 *
 * Throws `PolicySyntaxError` for text that does not parse, `PolicySetError` for ids that clash, and `CodeGenerationForbidden` where code may not
 * be generated.
 */
export function compile(policies: PolicyInput, options: CompileOptions = {}): Engine {
  if (options.check !== undefined && typeof options.check !== 'function')
    throw new TypeError("`check` is given, not switched on: import { check } from 'cedarmill/check'");
  const set = policySetFrom(policies);
  return options.mode === 'interpret' ? new ModelEngine(set, options.schema) : new CompiledEngine(set, options);
}
