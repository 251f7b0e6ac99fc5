/**
 * Hot — what a module says to a development server, so that changed policies get into the running engine.
 *
 *     before  export default engine                          a change of the policies makes another engine, or reloads the page
 *     after   one engine for all versions of the module      it stays, `onChange` listeners are told, and stores are kept
 *
 * Policies that do not build never become a module: the engine keeps the last good ones.
 */

const ENGINE = 'const engine = /* @__PURE__ */ load(policies);';

/** Vite keeps `import.meta.hot.data` from one version of a module to the next. */
export function withHotReplacement(code: string): string {
  if (!code.includes(ENGINE)) throw new Error('the module has no engine to replace the policies of');
  return code.replace(ENGINE, HOT);
}

const HOT = `const held = import.meta.hot?.data.engine;
// The schema may have changed too: in development the policies and their schema are edited together.
held?.replace(policies, { schema: 'change' });
const engine = held ?? load(policies);
if (import.meta.hot) {
  import.meta.hot.data.engine = engine;
  import.meta.hot.accept();
}`;
