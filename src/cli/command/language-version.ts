/**
 * Language version — which version of the Cedar language this command speaks.
 */
import { getCedarLangVersion } from '../../cedar-wasm/version.ts';
import { ExitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';

export function languageVersion(output: Output): ExitCode {
  output.line(`Cedar language version: ${getCedarLangVersion()}`);
  return ExitCode.success;
}
