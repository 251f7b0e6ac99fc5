/**
 * Direct imports — what a file takes from `codegen/index.ts` is taken from where it is defined.
 *
 *     before  import { EntityHandle, HandleStore } from '../../codegen/index.ts'
 *     after   import { EntityHandle } from '…/runtime/store/entity-handle.ts'; import { HandleStore } from '…/runtime/store/store.ts'
 *
 * The bundler puts whole files into chunks: those that an entry reaches, through an index too. So the entry of built modules would load the compiler.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Plugin } from 'esbuild';

const EXPORT = /^export (?:type )?\{([^}]*)\} from '(\.[^']+)';$/gm;
const IMPORT = /^import \{([^}]*)\} from '((?:\.\.\/)+codegen\/index\.ts)';$/gm;

export function directImports(root: string): Plugin {
  const index = join(root, 'codegen/index.ts');
  const files = definedIn(readFileSync(index, 'utf8'));
  const importOf = (specifier: string) => {
    const [name = ''] = specifier.split(' as ');
    const file = files.get(name.trim());
    if (file === undefined) throw new Error(`\`${name}\` is not exported by codegen/index.ts`);
    return `import { ${specifier} } from ${JSON.stringify(join(dirname(index), file))};`;
  };
  return {
    name: 'direct-imports',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        const contents = text.replace(IMPORT, (_, list: string) => valuesIn(list).map(importOf).join(' '));
        return { contents, loader: 'ts' };
      });
    },
  };
}

/** Names without `type`. */
function valuesIn(list: string): string[] {
  const names = list.split(',').map((each) => each.trim());
  return names.filter((name) => name !== '' && !name.startsWith('type '));
}

function definedIn(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [, list = '', file = ''] of text.matchAll(EXPORT))
    for (const name of valuesIn(list)) found.set(name, file);
  return found;
}
