/**
 * Plugin options — what a project says about its policies. It imports nothing, so that its declaration can be in both formats.
 */

export interface PluginOptions {
  /** Files, from the project's root; several are one schema. `false`: none. By default the schema that stands beside the policies. */
  readonly schema?: string | readonly string[] | false | undefined;
  /** A file of template links. */
  readonly links?: string | undefined;
  /** A file of entities that are the same for all requests; the modules have a store of them. */
  readonly entities?: string | undefined;
  /** Only what requests for these actions need, as `?actions=view,edit` says it for one import. */
  readonly actions?: readonly string[] | undefined;
  /** How strict the validator is. */
  readonly validate?: 'strict' | 'permissive' | undefined;
  /** Warnings fail the build. */
  readonly denyWarnings?: boolean | undefined;
  /** Whether `policies.d.cedar.ts` is written beside `policies.cedar` (the default). */
  readonly types?: boolean | undefined;
  /** Whether builds are kept in `node_modules/.cache/cedarmill` and taken from there when nothing has changed (the default). */
  readonly cache?: boolean | undefined;
  /** Modules count which clauses are evaluated, so that coverage reports are exact. By default in Vitest with coverage, and where c8 runs Node without a bundler. */
  readonly coverage?: boolean | undefined;
  /** The project's root; by default what the bundler says, or the working directory. */
  readonly root?: string | undefined;
}
