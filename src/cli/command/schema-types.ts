/**
 * Schema types — the TypeScript types of a schema, and of policies if they are given.
 */
import { schemaDeclarations } from '../../schema-types/declarations.ts';
import type { PolicySet } from '../../syntax/policy-set.ts';
import { ExitCode } from '../exit-code.ts';
import { failure } from '../input.ts';
import { loadPolicies, loadSchemaWithDocs, type PolicyOptions, type SchemaOptions } from '../load.ts';
import type { Output } from '../output.ts';
import { isUpToDate, writeText } from '../written-file.ts';

export interface TypesOptions extends PolicyOptions, SchemaOptions {
  readonly out?: string | undefined;
  /** Write nothing; fail if the file is not what would be written. */
  readonly check?: boolean | undefined;
}

export function writeTypes(options: TypesOptions, output: Output): ExitCode {
  const { out, check, policies } = options;
  if (check === true && out === undefined) throw failure('`--check` needs `--out <file>`, the file to look at');
  const { schema, docs } = loadSchemaWithDocs(options, output);
  const set = policies === undefined ? undefined : loadPolicies(options);
  const text = schemaDeclarations({ schema, docs, policies: set && declaredPolicies(set) });
  if (out === undefined) output.write(text);
  else if (check !== true) writeText(out, text);
  else if (!isUpToDate(out, text)) {
    output.line(`\`${out}\` is stale: run \`cedarmill types\` without \`--check\``);
    return ExitCode.failure;
  }
  return ExitCode.success;
}

/** What answers may name: static policies and links. */
function declaredPolicies(set: PolicySet) {
  return Array.from(set.policies(), ({ id, annotations }) => ({ id, annotations }));
}
