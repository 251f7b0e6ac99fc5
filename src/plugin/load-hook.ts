/**
 * Load hook — a policy file as the module loader of Node asks for it.
 */
import { fileURLToPath } from 'node:url';
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
  const { code, warningTexts } = buildPolicyFile(fileURLToPath(asked.file), { types: false }, process.cwd(), {
    query: asked.query,
  });
  for (const warning of warningTexts) process.emitWarning(warning, 'cedarmill');
  return { format: 'module', source: code, shortCircuit: true };
}
