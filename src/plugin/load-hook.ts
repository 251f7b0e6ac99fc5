/**
 * Load hook — a policy file as the module loader of Node asks for it.
 *
 * The source map is in the module, so that debuggers, `--enable-source-maps` and coverage find the policies: there is no other file to look for it in.
 */
import { fileURLToPath } from 'node:url';
import type { SourceMap } from '../build/source-map.ts';
import { policyImport } from './options.ts';
import { buildPolicyFile } from './policy-build.ts';

interface Loaded {
  readonly format: string;
  readonly source?: unknown;
  readonly shortCircuit?: boolean;
}

type NextLoad<Result> = (url: string, context: object) => Result;

/** Anything but policies is left to the next hook. */
export function load<Result>(url: string, context: object, nextLoad: NextLoad<Result>): Result | Loaded {
  const asked = policyImport(url);
  if (asked === undefined || !url.startsWith('file:')) return nextLoad(url, context);
  // Node writes a coverage report at its end: so c8 and others have it.
  const coverage = (process.env.NODE_V8_COVERAGE ?? '') !== '';
  // A program that serves must not run code that it could itself have written to a cache.
  const options = { types: false, cache: false, coverage };
  const { code, map, warningTexts } = buildPolicyFile(fileURLToPath(asked.file), options, process.cwd(), {
    query: asked.query,
  });
  for (const warning of warningTexts) process.emitWarning(warning, 'cedarmill');
  return { format: 'module', source: withMap(code, map), shortCircuit: true };
}

/** Apart from the rest of the comment, so that no tool takes this file for one that has a map. */
const MAP_LINK = 'sourceMappingURL';

function withMap(code: string, map: SourceMap): string {
  const data = Buffer.from(JSON.stringify(map)).toString('base64');
  return `${code}${['//#', MAP_LINK].join(' ')}=data:application/json;base64,${data}\n`;
}
