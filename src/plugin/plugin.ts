/**
 * Plugin — `import engine from './policies.cedar'` in every bundler that unplugin knows.
 *
 * The bundler reads and watches the file; it is compiled in `transform`, with its schema and what else the options name.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { globSync } from 'tinyglobby';
import { createUnplugin, type UnpluginOptions } from 'unplugin';
import { type HotInterface, withHotReplacement } from './hot.ts';
import { type HotLoaderContext, orLastGood } from './last-good-build.ts';
import { policyImport, requireOptions, schemaCandidates } from './options.ts';
import type { PluginOptions } from './plugin-options.ts';
import {
  buildPolicyFile,
  declarationsOf,
  type PlacedError,
  refreshDeclarations,
  watchedFiles,
} from './policy-build.ts';

/** The parts of Vite that are needed. */
interface ViteModule {
  readonly file: string | null;
}

interface ViteEnvironment {
  readonly moduleGraph: { readonly idToModuleMap: ReadonlyMap<string, ViteModule> };
  reloadModule(module: ViteModule): Promise<void>;
}

interface ViteDevServer {
  readonly watcher: { on(event: string, listener: (path: string) => void): unknown };
  readonly environments: Readonly<Record<string, ViteEnvironment>>;
}

/** What Vitest gives to plugins, as far as it is needed. */
interface VitestContext {
  readonly vitest: { readonly config: { readonly coverage: { readonly enabled?: boolean } } };
}

/** What webpack and Rspack give to a loader. */
interface PackLoaderContext extends HotLoaderContext {
  addDependency?(path: string): void;
}

/** Bundlers that show `frame` of an error; for others it is part of the message. */
const SHOW_FRAMES: ReadonlySet<string> = new Set(['vite', 'rollup', 'rolldown']);

export const unplugin = createUnplugin((options: PluginOptions | undefined, { framework }) =>
  policyPlugin(options ?? {}, framework),
);

function policyPlugin(options: PluginOptions, framework: string): UnpluginOptions {
  requireOptions(options);
  let root = resolve(options.root ?? '.');
  let isServing = false;
  let given = options;
  return {
    name: 'cedarmill',
    enforce: 'pre',

    /** Types that are there are made right before anything is transformed, and so before a type checker beside the bundler looks. */
    buildStart() {
      if (options.types !== false) refreshAllDeclarations(options, root);
    },

    ...(framework === 'farm' && { load: LOAD }),

    transform: {
      filter: { id: /\.cedar(?:\?|$)/ },
      handler(text, id) {
        const asked = policyImport(id);
        if (asked === undefined) return undefined;
        const { file, query } = asked;
        const loader = loaderContextOf(this.getNativeBuildContext?.());
        const watch = (paths: readonly string[]) => {
          for (const path of paths.map((each) => resolve(root, each)))
            if (loader?.addDependency !== undefined) loader.addDependency(path);
            else if (framework !== 'vite' || existsSync(path)) this.addWatchFile(path);
        };
        watch(watchedFiles(file, options));
        const built = orLastGood(loader ?? {}, id, () =>
          framed(framework, () => buildPolicyFile(file, given, root, { text, query })),
        );
        watch(built.watched);
        for (const warning of built.warningTexts) this.warn(warning);
        const hot: HotInterface | undefined = isServing ? 'vite' : loader?.hot === true ? 'webpack' : undefined;
        const code = hot === undefined ? built.code : withHotReplacement(built.code, hot);
        // Rolldown takes the kind of a module from its ending otherwise.
        return { code, map: built.map, moduleType: 'js' } as {
          code: string;
        };
      },
    },

    vite: {
      configResolved(config) {
        if (options.root === undefined) root = config.root;
        isServing = config.command === 'serve' && config.mode !== 'test';
      },
      configureServer: followSchemas,
      // A hook of Vitest, which Vite does not know.
      ...{
        configureVitest({ vitest }: VitestContext) {
          if (options.coverage === undefined && vitest.config.coverage.enabled) given = { ...options, coverage: true };
        },
      },
    },
  };
}

/** What belongs to the module itself: in Rspack, the files that unplugin watches belong to the compilation, and no module is built again for them. */
function loaderContextOf(native: unknown): PackLoaderContext | undefined {
  return (native as { readonly loaderContext?: PackLoaderContext } | null | undefined)?.loaderContext;
}

/** Vite takes a watched file for an import, which must be there; so schemas that come and go are looked after here. */
function followSchemas({ watcher, environments }: Pick<ViteDevServer, 'watcher' | 'environments'>): void {
  const follow = (path: string) => {
    for (const { moduleGraph, reloadModule } of Object.values(environments).map(bound))
      for (const module of moduleGraph.idToModuleMap.values())
        if (module.file?.endsWith('.cedar') && schemaCandidates(module.file).includes(path)) void reloadModule(module);
  };
  watcher.on('add', follow);
  watcher.on('unlink', follow);
}

function bound(environment: ViteEnvironment): ViteEnvironment {
  return { moduleGraph: environment.moduleGraph, reloadModule: (module) => environment.reloadModule(module) };
}

/** Farm reads files of kinds that it knows only. */
const LOAD = {
  filter: { id: /\.cedar(?:\?|$)/ },
  handler: (id: string) => {
    const asked = policyImport(id);
    return asked && { code: readFileSync(asked.file, 'utf8'), map: null };
  },
};

function framed<T>(framework: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const { frame } = error as PlacedError;
    if (frame !== undefined && !SHOW_FRAMES.has(framework)) (error as PlacedError).message += `\n${frame}`;
    throw error;
  }
}

function refreshAllDeclarations(options: PluginOptions, root: string): void {
  const files = globSync('**/*.d.cedar.ts', {
    cwd: root,
    absolute: true,
    ignore: ['**/node_modules/**', '**/dist/**'],
  });
  for (const declarations of files) {
    const file = resolve(declarations.replace(/\.d\.cedar\.ts$/, '.cedar'));
    if (declarationsOf(file) !== resolve(declarations) || !existsSync(file)) continue;
    refreshDeclarations(file, options, root);
  }
}
