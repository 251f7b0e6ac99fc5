/**
 * Build — policies to a module of their own, with its declarations beside it.
 */
import { basename, dirname, resolve } from 'node:path';
import type { ModuleFormat } from '../../../codegen/index.ts';
import { type Built, build } from '../../build/build.ts';
import { declarationsFile, formatOfFile } from '../../build/module-format.ts';
import { BuildError } from '../../build/problem.ts';
import { isUpToDate, writeText } from '../../build/written-file.ts';
import type { ValidationMode } from '../../validator/type.ts';
import { ExitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { runOnChange, type WatchedInputs } from '../watch-inputs.ts';

export interface BuildCommandOptions {
  readonly policies: readonly string[];
  readonly schema?: readonly string[] | undefined;
  readonly templateLinked?: string | undefined;
  readonly entities?: string | undefined;
  readonly actions?: readonly string[] | undefined;
  readonly out: string;
  readonly format?: ModuleFormat | undefined;
  readonly standalone?: boolean | undefined;
  readonly types: boolean;
  /** Whether a source map is written beside the module. */
  readonly sourceMap: boolean;
  readonly validationMode: ValidationMode;
  readonly denyWarnings?: boolean | undefined;
  /** Count which clauses are evaluated. */
  readonly coverage?: boolean | undefined;
  /** Write nothing; fail if files are not what would be written. */
  readonly check?: boolean | undefined;
  readonly watch?: boolean | undefined;
}

export function buildModule(options: BuildCommandOptions, output: Output): ExitCode {
  if (options.watch !== true) return buildOnce(options, output);
  runOnChange(inputsOf(options), () => buildOnce(options, output), output);
  return ExitCode.success;
}

function buildOnce(options: BuildCommandOptions, output: Output): ExitCode {
  const built = attempt(options, output);
  if (typeof built === 'number') return built;
  for (const { diagnostic, source } of built.warnings) output.warn([diagnostic], source);
  const files = filesOf(built, options);
  if (options.check === true) return checked(files, output);
  for (const [file, text] of files) if (writeText(file, text)) output.line(`wrote \`${file}\``);
  return ExitCode.success;
}

/** The exit code, once what is wrong was reported. */
function attempt(options: BuildCommandOptions, output: Output): Built | ExitCode {
  const { templateLinked, validationMode, out, format = formatOfFile(out), ...rest } = options;
  try {
    return build({ ...rest, mapBase: dirname(resolve(out)), links: templateLinked, validate: validationMode, format });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    for (const { diagnostic, source } of error.problems) output.report({ diagnostics: [diagnostic], source });
    return error.code === 'validation' ? ExitCode.validationFailure : ExitCode.failure;
  }
}

/** Apart from the rest of the comment, so that no tool takes this file for one that has a map. */
const MAP_LINK = 'sourceMappingURL';

function filesOf(
  { code, map, declarations }: Built,
  { out, types, sourceMap }: BuildCommandOptions,
): (readonly [string, string])[] {
  const beside = types ? declarationsFile(out) : undefined;
  const mapped: (readonly [string, string])[] = sourceMap
    ? [
        [out, `${code}${['//#', MAP_LINK].join(' ')}=${basename(out)}.map\n`],
        [`${out}.map`, `${JSON.stringify(map)}\n`],
      ]
    : [[out, code]];
  return [...mapped, ...(beside === undefined ? [] : [[beside, declarations] as const])];
}

function checked(files: readonly (readonly [file: string, text: string])[], output: Output): ExitCode {
  const stale = files.filter(([file, text]) => !isUpToDate(file, text)).map(([file]) => file);
  for (const file of stale) output.line(`\`${file}\` is stale: run \`cedarmill build\` without \`--check\``);
  return stale.length === 0 ? ExitCode.success : ExitCode.failure;
}

function inputsOf(options: BuildCommandOptions): WatchedInputs {
  const { policies, schema = [], templateLinked, entities } = options;
  return {
    files: [...schema, templateLinked ?? [], entities ?? []].flat(),
    folders: policies.map((pattern) => pattern.replace(/(^|\/)[^/]*[*?{[(!].*$/, '') || '.'),
    written: filesOf({ code: '', declarations: '' } as Built, options).map(([file]) => file),
  };
}
