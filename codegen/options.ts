/**
 * Options — what callers can ask of the code generator. They are public (`CompileOptions`), so they name no ESTree types.
 */
import type { CorePolicy } from '../src/syntax/core-policy.ts';
import type { OptimizeOption } from './optimize/passes.ts';
import type { Check } from './print/check.ts';

export interface CodegenOptions {
  /** Run only the policies whose scope can match. Default `true`; the answers are the same either way. */
  readonly slice?: boolean | undefined;
  /** Which passes run over the IR. Default all. */
  readonly optimize?: OptimizeOption | undefined;
  /** After this many requests the functions of single actions are joined by a dispatcher, which is faster. Default 32. */
  readonly warmUp?: number | undefined;
  /** From this many policies of one skeleton on, they share one function and an index. Default 8 for actions with more than 64 policies, never for others. */
  readonly indexFrom?: number | undefined;
  /** From this many policies on, those of an action are kept in partitions that recompile one by one. Default 64 where some have come or gone, never elsewhere. */
  readonly partitionFrom?: number | undefined;
  /**
   * Parse emitted code again and compare it with what was meant, at about twice the compile time: `check` of `cedarmill/check`. It is given, not
   * switched on, so that its parser is not loaded where it is not used. Default: none.
   */
  readonly check?: Check | undefined;
  /** Tells of a static policy or template whether it was validated against the schema of the data. Default: none was. */
  readonly validated?: ((policy: CorePolicy) => boolean) | undefined;
}
