/**
 * JavaScript — makes of Dafny's output a module that Node imports as it stands, and its declarations.
 *
 *     proofs/model.dfy → proofs/generated/model.js, proofs/generated/model.d.ts
 *
 * Same input, same bytes: `npm run prove` compares them with the tree.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toJavaScript } from './dafny.ts';

const BANNER = '// Made by `npm run prove -- --write` from proofs/model.dfy. Do not edit.\n';

/** File name in proofs/generated → its text. */
export async function generate(root: string): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'cedarmill-proofs-'));
  try {
    await toJavaScript(root, 'model.dfy', join(folder, 'model'));
    const script = await readFile(join(folder, 'model.js'), 'utf8');
    return new Map([
      ['model.js', module(script)],
      ['model.d.ts', declarations(script)],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Dafny numbers its modules; users see the names that stand in the sources. */
function modulesOf(script: string): [name: string, variable: string, body: string][] {
  const parts = script.matchAll(/^let (_\d+_(\w+)_Compile) = \(function\(\) \{\n(.*?)^\}\)\(\); \/\/ end of module/gms);
  return [...parts].map(([, variable, name, body]) => [name!, variable!, body!]);
}

function module(script: string): string {
  const names = modulesOf(script).map(([name, variable]) => `  ${variable} as ${name},\n`);
  const body = script
    .replace(/^\/\/ Dafny program .*\n/, BANNER)
    .replace("const BigNumber = require('bignumber.js');", "import BigNumber from 'bignumber.js';")
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{2,}/g, '\n');
  return `${body.trimEnd()}\nexport {\n  BigNumber,\n  _dafny as dafny,\n${names.join('')}};\n`;
}

function declarations(script: string): string {
  const modules = modulesOf(script).map(([name, , body]) => `export const ${name}: {\n${classesOf(body).join('')}};\n`);
  return `${BANNER}import BigNumber from 'bignumber.js';
export { BigNumber };
/** A value of a Dafny datatype: \`is_C\` tells its constructor, \`dtor_f\` gives a field. */
export interface Datum {
  readonly [member: \`is_\${string}\`]: boolean;
  readonly [member: \`dtor_\${string}\`]: unknown;
}
export const dafny: {
  readonly Seq: { of(...elements: unknown[]): unknown };
  readonly Set: { fromElements(...elements: unknown[]): unknown };
  readonly Map: { of(...pairs: (readonly [unknown, unknown])[]): unknown };
  readonly Tuple: { of(...components: unknown[]): unknown };
};
${modules.join('')}`;
}

function classesOf(body: string): string[] {
  const classes = body.matchAll(/^ {2}\$module\.(\w+) = class \w+ \{\n(.*?)^ {2}\}/gms);
  return [...classes].flatMap(([, name, members]) => {
    const methods = [...members!.matchAll(/^ {4}static ((?!Rtd)\w+)\(([^)]*)\) \{/gm)].map(([, method, parameters]) => {
      const typed =
        parameters === ''
          ? ''
          : parameters!
              .split(/,\s*/)
              .map((each) => `${each}: unknown`)
              .join(', ');
      return `    ${method}(${typed}): ${method!.startsWith('create_') ? 'Datum' : 'unknown'};\n`;
    });
    return methods.length === 0 ? [] : [`  readonly ${name}: {\n${methods.join('')}  };\n`];
  });
}
