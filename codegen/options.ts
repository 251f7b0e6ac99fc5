/**
 * Options — what can be asked of the code generator. Its types are public (`CompileOptions`), so they name no syntax tree of JavaScript.
 */
import type { CorePolicy } from '../src/syntax/core-policy.ts';
import type { OptimizeOption } from './optimize/passes.ts';
import type { Check } from './print/check.ts';

export interface CodegenOptions {
  /** Run only the policies whose scope can match. Default `true`; the answers are the same either way. */
  readonly slice?: boolean | undefined;
  /** Which passes run over the IR. Default all. */
  readonly optimize?: OptimizeOption | undefined;
  /** After so many requests the functions of single actions are joined into one that is faster. Default 32. */
  readonly warmUp?: number | undefined;
  /** Policies of one skeleton become rows of one function from so many on. Default 8 for actions with more than 64 policies, and never for others. */
  readonly indexFrom?: number | undefined;
  /** With so many policies for an action, they are kept in partitions that follow changes one by one. Default 512, or 64 where some have come or gone. */
  readonly partitionFrom?: number | undefined;
  /**
   * Parse emitted code again and compare it with what was meant, at about twice the compile time: `check` of `cedarmill/check`. It is given, not
   * switched on, so that its parser is not loaded where it is not used. Default: none.
   */
  readonly check?: Check | undefined;
  /** Tells of a static policy or template whether it was validated against the schema of the data. Default: none was. */
  readonly validated?: ((policy: CorePolicy) => boolean) | undefined;
}
