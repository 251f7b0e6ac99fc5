/**
 * Compiled engine — the engine that runs generated code.
 *
 * The engine leads to its programs, and nothing but its users leads to either: the policy set knows the programs weakly.
 */
import {
  type AttributeKinds,
  BoundProgram,
  type CallEntities,
  type CallReading,
  type Check,
  type CodegenOptions,
  CompiledPolicies,
  entityLayoutsOf,
  HandleStore,
} from '../../codegen/index.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Schema } from '../schema/schema.ts';
import type { Annotations } from '../syntax/annotations.ts';
import type { CorePolicy } from '../syntax/core-policy.ts';
import type { ChangeParticipant, PolicyChange, PreparedChange } from '../syntax/policy-set.ts';
import { enlistWeakly } from '../syntax/weak-participant.ts';
import { actionEntities } from '../validator/conformance/conformance.ts';
import type { Entity } from '../value/entities.ts';
import type { EntitySource } from '../value/entity-source.ts';
import type { Response } from '../value/response.ts';
import { unreachable } from '../value/unreachable.ts';
import { attributeKinds } from './attribute-kinds.ts';
import { BoundPrograms } from './bound-programs.ts';
import type { Engine, EntitiesInput } from './engine.ts';
import type { EntityStore } from './entity-store.ts';
import type { InlineCache } from './inline-cache.ts';
import { CallEntitiesCache } from './input/call-entities.ts';
import { callReading, contextValueOf } from './input/call-reading.ts';
import type { PolicyInput } from './input/policy-input.ts';
import { RequestCheck } from './input/request-check.ts';
import type { RequestInput } from './input/request-input.ts';
import { RequestReader } from './input/request-reader.ts';
import { requireSchema } from './own-objects.ts';
import { PolicyCheck } from './policy-check.ts';
import type { PolicySet } from './policy-set.ts';
import type { OpenPart, OrderedPolicy, QueryHost, RowProgram } from './query-context.ts';
import { QueryMethods } from './query-methods.ts';
import { NodeRowProgram } from './row-program.ts';

interface Options extends CodegenOptions {
  readonly schema?: Schema | undefined;
  readonly mapping?: Mapping | undefined;
  /** Default with a schema: one that refuses nothing. */
  readonly policyCheck?: PolicyCheck | undefined;
}

type Program = BoundProgram<RequestInput>;

export class CompiledEngine extends QueryMethods implements Engine, QueryHost {
  readonly policies: PolicySet;
  readonly #programs: CompiledPrograms;
  readonly #cache: InlineCache;
  readonly code: { readonly check: Check | undefined };

  constructor(policies: PolicySet, options: Options) {
    super(options.schema, options.mapping);
    this.code = { check: options.check };
    this.policies = policies;
    this.#programs = new CompiledPrograms(policies, options);
    this.#cache = this.#programs.cache;
  }

  isAllowed(request: RequestInput, entities: EntitiesInput): boolean {
    const cache = this.#cache;
    if (entities === cache.entities && entities !== undefined) {
      const allowed = cache.isAllowed(request);
      if (allowed !== undefined) return allowed;
    }
    return this.#programs.isAllowed(request, entities);
  }

  isAuthorized(request: RequestInput, entities: EntitiesInput): Response {
    const cache = this.#cache;
    if (entities === cache.entities && entities !== undefined) {
      const response = cache.isAuthorized(request);
      if (response !== undefined) return response;
    }
    return this.#programs.isAuthorized(request, entities);
  }

  rowProgram(store: EntityStore, policies: readonly OrderedPolicy[], open: OpenPart): RowProgram | undefined {
    return this.#programs.rowProgram(store, policies, open);
  }

  protected override get queryHost(): QueryHost {
    return this;
  }

  annotations(policyId: string): Annotations {
    return this.policies.annotations(policyId);
  }

  replace(policies: PolicyInput): void {
    this.policies.replace(policies);
  }

  onChange(listener: (change: PolicyChange) => void): () => void {
    return this.policies.onChange(listener);
  }

  release(): void {
    this.releaseQueries();
    this.#programs.release();
  }
}

class CompiledPrograms extends BoundPrograms<Program> implements ChangeParticipant {
  readonly #policies: PolicySet;
  readonly #codegen: CodegenOptions;
  readonly #policyCheck: PolicyCheck | undefined;
  readonly #schema: Schema | undefined;
  readonly #check: RequestCheck | undefined;
  readonly #kinds: AttributeKinds | undefined;
  readonly #actions: readonly Entity[] | undefined;
  readonly #callEntities: CallEntitiesCache;
  readonly #callReading: CallReading;
  #compiled: CompiledPolicies;
  readonly #leave: () => void;

  constructor(policies: PolicySet, options: Options) {
    const { schema, mapping: _, policyCheck = schema && new PolicyCheck(schema, false), ...codegen } = options;
    const check = schema && new RequestCheck(schema);
    super(new RequestReader(() => this.#compiled.contextAttributes, check));
    this.#policies = policies;
    this.#schema = schema;
    this.#callEntities = new CallEntitiesCache(schema);
    this.#callReading = callReading(schema);
    this.#check = check;
    this.#kinds = schema && attributeKinds(schema);
    this.#actions = schema && actionEntities(schema);
    this.#policyCheck = policyCheck;
    this.#codegen = { ...codegen, validated: policyCheck && validatedBy(policyCheck) };
    this.#compiled = CompiledPolicies.of(policies, this.#codegen);
    this.#leave = enlistWeakly(this, policies);
  }

  override release(): void {
    this.#leave();
    super.release();
  }

  /** A program of policies beside those of the set. */
  rowProgram(store: EntityStore, policies: readonly OrderedPolicy[], open: OpenPart): RowProgram | undefined {
    // Each brings the entities that it names along; when there are many, a new graph is smaller.
    this.dropWhere((each) => each.outgrown);
    const program = this.programOf(store);
    const entries = policies.flatMap(({ policy, order }) => this.#compiled.beside(policy, order) ?? []);
    if (entries.length < policies.length) return undefined;
    return new NodeRowProgram(program, entries, open, () => this.isCurrent(store, program));
  }

  protected override bind(store: EntityStore | undefined): Program {
    const check = this.#check;
    const isChecked = store === undefined || store.schema === this.#schema;
    return new BoundProgram<RequestInput>(this.#compiled, this.#policies, store?.handles ?? new HandleStore(), {
      wellTyped: isChecked ? this.#kinds : undefined,
      requestTypes: check && ((action) => check.typesOf(action)),
      contextValueOf,
      callReading: store === undefined ? this.#callReading : undefined,
      readsBy: store !== undefined && this.mayRead(store) ? this.#callReading.readsBy : undefined,
      calls: store === undefined ? { layouts: this.#schema && entityLayoutsOf(this.#schema) } : undefined,
      actions: isChecked ? undefined : this.#actions,
      cache: this.cache,
    });
  }

  protected override mayRead({ schema }: EntityStore): boolean {
    return this.#schema === undefined || schema === this.#schema;
  }

  protected override requireReadable({ schema }: EntitySource): void {
    requireSchema(schema, this.#schema);
  }

  protected override callEntitiesOf(entities: readonly object[]): CallEntities {
    return this.#callEntities.read(entities);
  }

  protected override derive(): void {
    this.#compiled = CompiledPolicies.of(this.#policies, this.#codegen);
  }

  prepare(change: PolicyChange): PreparedChange {
    this.#policyCheck?.requireValidChange(change);
    const follow = this.isStale ? () => {} : this.#prepared(change);
    const mayResume = !this.isStale;
    return {
      begin: () => this.suspend(),
      commit: () => {
        follow();
        if (mayResume && !this.#compiled.isOvergrown) this.resume();
      },
    };
  }

  /** Does what may fail, and gives what is left to do. */
  #prepared(change: PolicyChange): () => void {
    const compiled = this.#compiled;
    switch (change.kind) {
      case 'add': {
        const entry = compiled.prepare(change.policy);
        return () => {
          compiled.commit(entry);
          this.#each((program) => program.add(entry));
        };
      }
      case 'remove':
        return () => {
          const entry = compiled.remove(change.policy.id);
          this.#each((program) => program.remove(entry));
        };
      case 'addTemplate': {
        const entry = compiled.prepareTemplate(change.template);
        return () => {
          compiled.commitTemplate(entry);
          this.#each((program) => program.addTemplate(entry));
        };
      }
      case 'removeTemplate':
        return () => {
          const entry = compiled.removeTemplate(change.template.id);
          this.#each((program) => program.removeTemplate(entry));
        };
      case 'link':
        return () => this.#each((program) => program.link(change.link));
      case 'unlink':
        return () => this.#each((program) => program.unlink(change.link));
      case 'replace': {
        const next = CompiledPolicies.of(change.policies, this.#codegen);
        return () => {
          this.#compiled = next;
          this.dropWhere(() => true);
        };
      }
      default:
        return unreachable(change);
    }
  }

  /** Programs that do not know all attributes are made again when they are next needed. */
  #each(follow: (program: Program) => void): void {
    this.dropWhere((program) => program.outgrown);
    for (const program of this.programs) follow(program);
  }
}

/** A function made in the constructor would lead to the programs: closures of one function share what any of them takes from it. */
function validatedBy(policyCheck: PolicyCheck): (policy: CorePolicy) => boolean {
  return (policy) => policyCheck.passes(policy);
}
