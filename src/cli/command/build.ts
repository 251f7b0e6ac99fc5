/**
 * Build — policies to a module of their own, with its declarations beside it.
 */
import { basename, dirname, resolve } from 'node:path';
import { watch } from 'chokidar';
import type { ModuleFormat } from '../../../codegen/index.ts';
import { type Built, build } from '../../build/build.ts';
import { declarationsFile, formatOfFile } from '../../build/module-format.ts';
import { BuildError } from '../../build/problem.ts';
import { isUpToDate, writeText } from '../../build/written-file.ts';
import type { ValidationMode } from '../../validator/type.ts';
import { ExitCode } from '../exit-code.ts';
import type { Output } from '../output.ts';

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
  /** Write nothing; fail if files are not what would be written. */
  readonly check?: boolean | undefined;
  readonly watch?: boolean | undefined;
}

export function buildModule(options: BuildCommandOptions, output: Output): ExitCode {
  const exit = buildOnce(options, output);
  if (options.watch === true) rebuildOnChange(options, output);
  return exit;
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

/** The process goes on until it is ended. What cannot be built leaves the last good files as they are. */
function rebuildOnChange(options: BuildCommandOptions, output: Output): void {
  const { policies, schema = [], templateLinked, entities } = options;
  const given = [...schema, templateLinked, entities].flatMap((path) => (path === undefined ? [] : [resolve(path)]));
  const folders = policies.map((pattern) => resolve(pattern.replace(/(^|\/)[^/]*[*?{[(!].*$/, '') || '.'));
  const own = new Set(filesOf({ code: '', declarations: '' } as Built, options).map(([file]) => resolve(file)));
  const isOwn = (path: string) => own.has(path) || path.endsWith('.tmp');
  const watcher = watch([...given, ...folders, ...given.map(dirname)], {
    ignoreInitial: true,
    depth: 20,
    ignored: (path) => isOwn(path) || /[\\/](?:node_modules|\.git)(?:[\\/]|$)/.test(path),
  });
  let timer: NodeJS.Timeout | undefined;
  watcher.on('all', (_event, path) => {
    if (!/\.(?:cedar|cedarschema|json)$/.test(path)) return;
    clearTimeout(timer);
    // Editors write in several steps.
    timer = setTimeout(() => buildOnce(options, output), 20);
  });
  watcher.on('ready', () => output.line('watching'));
}
