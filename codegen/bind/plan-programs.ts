/**
 * Plan programs — the functions of plans, loaded with the rows and indexes of one store.
 *
 * The whole plan is one program; or, where policies come and go, each partition of it is one (partitions.ts).
 */
import type { CompiledPolicies } from '../compile.ts';
import type { CompiledPolicy } from '../compiled-policy.ts';
import type { Mode, ProgramOptions } from '../emit/program-options.ts';
import type { AttributeKinds } from '../ir/kind.ts';
import { compileOnFirstCall } from '../load/lazy-program.ts';
import type { Plan, PlanNode } from '../plan/plan.ts';
import { inlineOf, linkLookupOf, sharedNodeOf } from '../plan/planner.ts';
import type { AnyIndex, Loaded } from '../runtime/program/loaded.ts';
import type { ProgramInputs } from './bound-plan.ts';
import type { Fixed, PartitionPrograms } from './partitions.ts';
import type { PolicyRow, Rows } from './rows.ts';

export class PlanPrograms {
  readonly #compiled: CompiledPolicies;
  readonly #rows: Rows;
  readonly #runtime: object;
  readonly #wellTyped: AttributeKinds | undefined;

  constructor(compiled: CompiledPolicies, rows: Rows, runtime: object, wellTyped: AttributeKinds | undefined) {
    this.#compiled = compiled;
    this.#rows = rows;
    this.#runtime = runtime;
    this.#wellTyped = wellTyped;
  }

  get options(): ProgramOptions {
    return { testAction: this.#compiled.options.slice === false, wellTyped: this.#wellTyped };
  }

  /** The whole plan as one program. */
  whole(plan: Plan): { readonly inputs: ProgramInputs; readonly loaded: Loaded } {
    const inputs = {
      plan,
      rows: plan.flatMap((node) => this.#rowsOf(node)),
      indexes: plan.flatMap((node) => this.#indexesOf(node)),
    };
    const loaded = compileOnFirstCall((only) =>
      this.#compiled.factory(plan, { ...this.options, only })(this.#runtime, inputs.rows, inputs.indexes),
    );
    return { inputs, loaded };
  }

  /** Policies written out in one program, which is not kept. */
  written(policies: readonly CompiledPolicy[]): Loaded {
    const rows = policies.map((policy) => this.#rows.inlineRow(policy));
    const options = { testAction: false, wellTyped: this.#wellTyped };
    return compileOnFirstCall((only) =>
      this.#compiled.load(policies.map(inlineOf), { ...options, only })(this.#runtime, rows, []),
    );
  }

  #rowsOf(node: PlanNode): readonly PolicyRow[] {
    return node.kind === 'inline' ? [this.#rows.inlineRow(node.source)] : [];
  }

  #indexesOf(node: PlanNode): readonly AnyIndex[] {
    if (node.kind === 'inline') return [];
    if (node.kind === 'linkLookup') return [this.#rows.ofTemplate(node.template)];
    const index = this.#rows.skeletonIndex(node.policies[0]!);
    for (const policy of node.policies) index.add(this.#rows.skeletonRow(policy));
    return [index];
  }

  /** Links of one template, as a part of a greater plan. */
  links(template: CompiledPolicy): Fixed {
    const index = this.#rows.ofTemplate(template);
    return {
      effect: template.effect,
      loaded: this.#shared(`links of ${template.order}`, linkLookupOf(template), index),
    };
  }

  readonly partitions: PartitionPrograms = {
    inline: (policies) => {
      const rows = policies.map((policy) => this.#rows.inlineRow(policy));
      return compileOnFirstCall((only) =>
        this.#compiled.load(policies.map(inlineOf), this.#partitionOptions(only))(this.#runtime, rows, []),
      );
    },
    index: (policy, index) => this.#shared(policy.skeleton.key, sharedNodeOf([policy]), index),
    emptyIndex: (policy) => this.#rows.skeletonIndex(policy),
    row: (policy) => this.#rows.skeletonRow(policy),
  };

  /** The program of policies that are rows of one index. */
  #shared(key: string, node: PlanNode, index: AnyIndex): Loaded {
    return compileOnFirstCall((only) =>
      this.#compiled.partitionFactory(key, node, this.#partitionOptions(only))(this.#runtime, [], [index]),
    );
  }

  #partitionOptions(only: Mode): ProgramOptions {
    return { testAction: false, wellTyped: this.#wellTyped, partition: true, only };
  }
}
