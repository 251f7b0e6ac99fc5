/**
 * Compatibility — docs/compatibility.md, as it is to be.
 *
 *     npx tsx test/package/compatibility.ts > docs/compatibility.md
 */
import { pathToFileURL } from 'node:url';
import type { Cell } from './cell.ts';
import { CELLS } from './cells.ts';

const HEAD = `# Where cedarmill works

cedarmill needs no configuration. Each row is a test that packs the package, installs the tarball in an empty project, and uses it there;
\`npm run check:package\` runs them all, and so does CI on every change. It runs every code block of these pages, too.

- \`import\` and \`require\` work on every Node from 20.0 on. Both reach one copy of every class, so a store, an engine or an error passes from an
  ES module to a CommonJS file and back.
- Types resolve with \`moduleResolution\` \`bundler\`, \`node16\`, \`nodenext\` and \`node10\`, with \`skipLibCheck: false\`, in \`.ts\`, \`.mts\` and \`.cts\`.
- Where code may not be generated (a Content Security Policy without \`unsafe-eval\`, workerd), \`compile\` throws \`CodeGenerationForbidden\`. Compile the
  policies ahead of time there, or ask for \`{ mode: 'interpret' }\`: [modules and edge](modules-and-edge.md).
`;

/** One table for each group, in the order of the cells; pages of the documentation say nothing about a place. */
export function compatibilityPage(cells: readonly Cell[]): string {
  const groups = [...new Set(cells.map(({ group }) => group))].filter((group) => group !== 'Documentation');
  return `${[HEAD, ...groups.map((group) => table(group, cells))].join('\n')}`;
}

function table(group: string, cells: readonly Cell[]): string {
  const rows = cells.filter((cell) => cell.group === group).map(({ name, shows }) => `| ${name} | ${shows} |`);
  return `## ${group}\n\n| where | what is tested |\n| --- | --- |\n${rows.join('\n')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1]!).href) process.stdout.write(compatibilityPage(CELLS));
