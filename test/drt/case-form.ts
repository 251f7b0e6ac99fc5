/**
 * Shape — what the compiler was made to do: each operation together with those of its operands and what is known of their values.
 *
 * A case with a pairing that no case had before is worth keeping: it drove the emitter somewhere new.
 */
import { children, type Ir } from '../../codegen/ir/ir.ts';
import { kindOf } from '../../codegen/ir/kind.ts';
import { lowerPolicy } from '../../codegen/lower/lower.ts';
import { optimizePolicy } from '../../codegen/optimize/passes.ts';
import { desugarPolicy } from '../../src/syntax/desugar.ts';
import type { Policy } from '../../src/syntax/policy.ts';

export class Shapes {
  readonly #seen = new Set<string>();

  get size(): number {
    return this.#seen.size;
  }

  /** Whether the policies show something new; from now on it is known. */
  learn(policies: readonly Policy[]): boolean {
    const before = this.#seen.size;
    for (const policy of policies) {
      const { condition } = optimizePolicy(lowerPolicy(desugarPolicy(policy)));
      if (condition !== undefined) this.#walk(condition, 'condition');
    }
    return this.#seen.size > before;
  }

  #walk(ir: Ir, above: string): void {
    const operands = children(ir);
    const word = wordOf(ir);
    this.#seen.add(
      `${above} ${word} ${operands
        .slice(0, 3)
        .map((operand) => kindOf(operand))
        .join()}`,
    );
    for (const [i, operand] of operands.entries()) this.#walk(operand, `${word}/${Math.min(i, 2)}`);
  }
}

function wordOf(ir: Ir): string {
  if (ir.op === 'call') return ir.fn;
  if (ir.op === 'and' || ir.op === 'or' || ir.op === 'set' || ir.op === 'record')
    return `${ir.op}${Math.min(children(ir).length, 3)}`;
  return ir.op === 'like' ? `like${Math.min(ir.pattern.length, 4)}` : ir.op;
}
