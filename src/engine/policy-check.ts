/**
 * Policy check — whether policies fit the schema that an engine was given, when it is made and whenever one comes.
 */
import type { Schema } from '../schema/schema.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import type { PolicyChange, PolicySet } from '../syntax/policy-set.ts';
import { ValidationError } from '../validator/invalid-policies.ts';
import {
  type PolicyDiagnostic,
  type ValidationResult,
  validate,
  validateLink,
  validatePolicy,
} from '../validator/validate.ts';
import { UsageError } from '../value/cedarmill-error.ts';
import type { Source } from '../value/diagnostic.ts';

/**
 * `strict` (the default) and `permissive` refuse policies with errors; a function is told what was found, and may throw; `false` checks nothing.
 */
export type ValidateOption = 'strict' | 'permissive' | false | ((result: ValidationResult) => void);

export class PolicyCheck {
  readonly #schema: Schema;
  readonly #validate: ValidateOption;
  readonly #onWarnings: ((warnings: readonly PolicyDiagnostic[]) => void) | undefined;
  /** Whether a policy has no errors in strict mode. */
  readonly #passes = new WeakMap<CorePolicy, boolean>();

  constructor(
    schema: Schema,
    validate: ValidateOption = 'strict',
    onWarnings?: (warnings: readonly PolicyDiagnostic[]) => void,
  ) {
    if (validate !== false && validate !== 'strict' && validate !== 'permissive' && typeof validate !== 'function')
      throw new UsageError(`\`validate\` is \`${validate}\``, 'it is `strict`, `permissive`, `false` or a function');
    this.#schema = schema;
    this.#validate = validate;
    this.#onWarnings = onWarnings;
  }

  /** Whether a static policy or template has no errors in strict mode, so that compiled code may leave out type checks. */
  passes(policy: CorePolicy): boolean {
    let passes = this.#passes.get(policy);
    if (passes === undefined) {
      passes = !validatePolicy(policy, this.#schema).some(isError);
      this.#passes.set(policy, passes);
    }
    return passes;
  }

  /** Throws `ValidationError`. */
  requireValid(set: PolicySet): void {
    const mode = this.#mode;
    if (mode === undefined) return;
    const { errors, warnings } = validate(set, this.#schema, { mode });
    if (mode === 'strict') this.#learn(set, errors);
    this.#report(errors, warnings, (id) => sourceOf(id, set));
  }

  /** The same for a change that is about to happen. */
  requireValidChange(change: PolicyChange): void {
    if (change.kind === 'replace') {
      this.requireValid(change.policies);
      return;
    }
    const mode = this.#mode;
    const source = sourceOfChange(change);
    if (mode === undefined || source === undefined) return;
    const found =
      change.kind === 'link'
        ? validateLink(change.link, change.template, this.#schema)
        : validatePolicy(source, this.#schema, { mode });
    this.#report(
      found.filter(isError),
      found.filter((each) => !isError(each)),
      () => source.source,
    );
  }

  get #mode(): 'strict' | 'permissive' | undefined {
    if (this.#validate === false) return undefined;
    return this.#validate === 'permissive' ? 'permissive' : 'strict';
  }

  #learn(set: PolicySet, errors: readonly PolicyDiagnostic[]): void {
    const wrong = new Set(errors.map(({ policyId }) => policyId));
    for (const policies of [set.staticPolicies(), set.templates()])
      for (const policy of policies) this.#passes.set(policy, !wrong.has(policy.id));
  }

  #report(
    errors: readonly PolicyDiagnostic[],
    warnings: readonly PolicyDiagnostic[],
    sourceOf: (id: string) => Source | undefined,
  ): void {
    if (typeof this.#validate === 'function') {
      if (errors.length + warnings.length > 0) this.#validate({ errors, warnings });
      return;
    }
    if (warnings.length > 0) this.#onWarnings?.(warnings);
    if (errors.length > 0)
      throw new ValidationError(
        errors,
        errors.map(({ policyId }) => sourceOf(policyId)),
      );
  }
}

function isError({ diagnostic }: PolicyDiagnostic): boolean {
  return diagnostic.severity === 'error';
}

/** What a change brings; what goes needs no look. */
function sourceOfChange(change: PolicyChange): CorePolicy | undefined {
  if (change.kind === 'add') return change.policy;
  return change.kind === 'addTemplate' || change.kind === 'link' ? change.template : undefined;
}

function sourceOf(id: string, set: PolicySet): Source | undefined {
  return (set.get(id) ?? set.get(set.linkOf(id)?.templateId ?? ''))?.source;
}
