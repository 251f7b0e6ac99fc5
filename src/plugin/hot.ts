/**
 * Hot — what a module says to a development server, so that changed policies get into the running engine.
 *
 *     before  export default engine                          a change of the policies makes another engine, or reloads the page
 *     after   one engine for all versions of the module      it stays, `onChange` listeners are told, and stores are kept
 *
 * Policies that do not build never become a module: the engine keeps the last good ones.
 */

const ENGINE = 'const engine = /* @__PURE__ */ load(policies);';

/** The interface that a bundler gives to modules: that of Vite, that of webpack, which Rspack has too, or that of Turbopack. */
export type HotInterface = 'vite' | 'webpack' | 'turbopack';

export function withHotReplacement(code: string, hot: HotInterface): string {
  if (!code.includes(ENGINE)) throw new Error('the module has no engine to replace the policies of');
  return code.replace(ENGINE, HOT[hot]);
}

const REPLACE = `// The schema may have changed too: in development the policies and their schema are edited together.
held?.replace(policies, { schema: 'change' });
const engine = held ?? load(policies);`;

/** `data` is made when a version is disposed of. webpack replaces these expressions as they stand, so none has a name of its own. */
function disposing(hot: string): string {
  return `const held = ${hot} ? ${hot}.data?.engine : undefined;
${REPLACE}
if (${hot}) {
  ${hot}.dispose((data) => {
    data.engine = engine;
  });
  ${hot}.accept();
}`;
}

const HOT: Readonly<Record<HotInterface, string>> = {
  // Vite keeps `data` from one version of a module to the next.
  vite: `const held = import.meta.hot?.data.engine;
${REPLACE}
if (import.meta.hot) {
  import.meta.hot.data.engine = engine;
  import.meta.hot.accept();
}`,
  webpack: disposing('import.meta.webpackHot'),
  turbopack: disposing('import.meta.turbopackHot'),
};
