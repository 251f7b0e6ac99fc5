/**
 * Schema types — the TypeScript types of a schema, and of policies if they are given.
 */
import { declaredPolicies } from '../../build/build.ts';
import { failure } from '../../build/input.ts';
import { isUpToDate, writeText } from '../../build/written-file.ts';
import { moduleDeclarations, schemaDeclarations } from '../../schema-types/declarations.ts';
import { ExitCode } from '../exit-code.ts';
import { loadPolicies, loadSchemaWithDocs, type PolicyOptions, type SchemaOptions } from '../load.ts';
import type { Output } from '../output.ts';
import { runOnChange } from '../watch-inputs.ts';

export interface TypesOptions extends PolicyOptions, SchemaOptions {
  readonly out?: string | undefined;
  /** Write nothing; fail if the file is not what would be written. */
  readonly check?: boolean | undefined;
  readonly watch?: boolean | undefined;
}

export function writeTypes(options: TypesOptions, output: Output): ExitCode {
  const { out, policies, schema, templateLinked } = options;
  if (options.watch !== true) return writeOnce(options, output);
  if (out === undefined) throw failure('`--watch` needs `--out <file>`, the file to write');
  const files = [schema ?? [], policies ?? [], templateLinked ?? []].flat();
  runOnChange({ files, folders: [], written: [out] }, () => writeOnce(options, output), output);
  return ExitCode.success;
}

function writeOnce(options: TypesOptions, output: Output): ExitCode {
  const { out, check, policies } = options;
  if (check === true && out === undefined) throw failure('`--check` needs `--out <file>`, the file to look at');
  const { schema, docs } = loadSchemaWithDocs(options, output);
  const set = policies === undefined ? undefined : loadPolicies(options);
  // Beside `x.cedar`, `x.d.cedar.ts` declares what importing it gives.
  const declarations = out?.endsWith('.d.cedar.ts') === true ? moduleDeclarations : schemaDeclarations;
  const text = declarations({ schema, docs, policies: set && declaredPolicies(set) });
  if (out === undefined) output.write(text);
  else if (check !== true) writeText(out, text);
  else if (!isUpToDate(out, text)) {
    output.line(`\`${out}\` is stale: run \`cedarmill types\` without \`--check\``);
    return ExitCode.failure;
  }
  return ExitCode.success;
}
