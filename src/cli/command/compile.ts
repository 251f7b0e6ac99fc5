/**
 * Compile — policies to a JavaScript module, with its declarations beside it.
 */
import { writeFileSync } from 'node:fs';
import { emitModule, MODULE_DECLARATIONS, type ModuleFormat } from '../../../codegen/index.ts';
import { check } from '../../../codegen/print/check.ts';
import { failure, reasonOf } from '../../build/input.ts';
import { declarationsFile, formatOfFile } from '../../build/module-format.ts';
import type { Diagnostic } from '../../syntax/diagnostic.ts';
import { type ValidationResult, validate } from '../../validator/validate.ts';
import { ExitCode } from '../exit-code.ts';
import { loadPolicies, loadSchema, type PolicyOptions, type SchemaOptions } from '../load.ts';
import type { Output } from '../output.ts';
import { validationReport } from './validate.ts';

export interface CompileOptions extends PolicyOptions, SchemaOptions {
  readonly out?: string | undefined;
  readonly format?: ModuleFormat | undefined;
  /** Whether declarations are written too. */
  readonly types: boolean;
}

export function compileToModule(options: CompileOptions, output: Output): ExitCode {
  const { out, format, types } = options;
  const natural = out === undefined ? undefined : formatOfFile(out);
  const policies = loadPolicies(options);
  const schema = loadSchema(options, output);
  const { errors, warnings } = schema === undefined ? NO_PROBLEMS : validate(policies, schema);
  if (errors.length > 0) {
    output.report(validationReport(policies, [...errors, ...warnings], true));
    return ExitCode.validationFailure;
  }
  const text = emitModule(policies, format ?? natural, { check, schema });
  if (out === undefined) {
    output.line(text.trimEnd());
    return ExitCode.success;
  }
  write(out, text);
  const declarations = declarationsFile(out);
  if (types && declarations !== undefined) write(declarations, MODULE_DECLARATIONS);
  if (format !== undefined && natural !== undefined && format !== natural)
    output.warn([misnamed(out, format, natural)]);
  return ExitCode.success;
}

const NO_PROBLEMS: ValidationResult = { errors: [], warnings: [] };

function misnamed(out: string, format: ModuleFormat, natural: ModuleFormat): Diagnostic {
  const name = (each: ModuleFormat) => (each === 'esm' ? 'an ES module' : 'CommonJS');
  return {
    severity: 'warning',
    code: 'moduleFormat',
    message: `\`${out}\` is ${name(format)}, but Node takes it for ${name(natural)}`,
    help: `name it \`.${format === 'esm' ? 'mjs' : 'cjs'}\`, leave \`--format\` out, or let a bundler read it`,
    labels: [],
  };
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw failure(`failed to write \`${file}\`: ${reasonOf(error)}`);
  }
}
