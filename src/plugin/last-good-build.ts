/**
 * Last good build — what webpack and Rspack go on with when a changed policy file does not build.
 *
 *     a loader throws → the module throws when it is next run, and the page has no policies
 *     it reports the error and gives the last good module → the errors are shown, and the module has not changed
 *
 * A compiler that started from its cache on disk has no build of the file yet; then the error is the module.
 */

/** What is used of the context that these bundlers give to loaders. */
export interface HotLoaderContext {
  /** Whether modules are replaced while the program runs. */
  readonly hot?: boolean | undefined;
  readonly _compiler?: object | undefined;
  readonly emitError?: ((error: Error) => void) | undefined;
}

/** By compiler, so that one configuration does not see the builds of another, and they go with it. */
const builds = new WeakMap<object, Map<string, unknown>>();

/** What `build` gives, or its last result if it throws now. `id` names the import, with its query. */
export function orLastGood<T>(context: HotLoaderContext, id: string, build: () => T): T {
  const { hot, _compiler: compiler } = context;
  if (hot !== true || compiler === undefined || context.emitError === undefined) return build();
  const good = builds.get(compiler) ?? new Map<string, unknown>();
  builds.set(compiler, good);
  try {
    const built = build();
    good.set(id, built);
    return built;
  } catch (error) {
    if (!good.has(id)) throw error;
    context.emitError(error as Error);
    return good.get(id) as T;
  }
}
