/**
 * Program — the commands of `cedarmill`, their options and help.
 *
 * Size:  a list of commands, each with its options and an example.
 */
import { Command, Option } from 'commander';
import { InputFailure } from '../build/input.ts';
import { type AuthorizeOptions, authorize } from './command/authorize.ts';
import { type BuildCommandOptions, buildModule } from './command/build.ts';
import { type CheckParseOptions, checkParse } from './command/check-parse.ts';
import { type CompileOptions, compileToModule } from './command/compile.ts';
import { type EvaluateOptions, evaluate } from './command/evaluate.ts';
import {
  type FilterOptions,
  type FiltersOptions,
  filter,
  filters,
  printRowSecurity,
  type RowSecurityOptions,
} from './command/filter.ts';
import { type FormatOptions, format } from './command/format.ts';
import { languageVersion } from './command/language-version.ts';
import { type LinkOptions, link } from './command/link.ts';
import { newProject } from './command/new-project.ts';
import { type QueryOptions, query } from './command/query.ts';
import { type RunTestsOptions, runTests } from './command/run-tests.ts';
import { type TypesOptions, writeTypes } from './command/schema-types.ts';
import { type TpeOptions, tpe } from './command/tpe.ts';
import { type TranslatePolicyOptions, translatePolicy } from './command/translate-policy.ts';
import { type TranslateSchemaOptions, translateSchema } from './command/translate-schema.ts';
import { type ValidateOptions, validatePolicies } from './command/validate.ts';
import { visualize } from './command/visualize.ts';
import type { ErrorFormat } from './error-report.ts';
import { ExitCode } from './exit-code.ts';
import {
  dialect,
  direction,
  errorFormat,
  examples,
  moduleFormat,
  names,
  once,
  slotTexts,
  validationMode,
  wholeNumber,
  withMapping,
  withOpenRequest,
  withPartialRequest,
  withPolicies,
  withRequest,
  withSchema,
} from './option.ts';
import { type FailureStream, Output, type Terminal } from './output.ts';

const HELP = `
Exit codes: 0 success or allow, 1 failure, 2 deny or wrong usage, 3 validation failure
An option that is given twice is wrong usage. To read several files of policies: cat *.cedar | cedarmill authorize …`;

/** The command line; `finish` is told how the command ended. */
export function commandLine(version: string, terminal: Terminal, finish: (code: ExitCode) => void): Command {
  const program = new Command('cedarmill')
    .description('Compiles Cedar authorization policies into JavaScript, and decides requests with them')
    .version(version)
    .addOption(errorFormat().env('CEDAR_ERROR_FORMAT'))
    .addHelpText('after', HELP)
    .showHelpAfterError('(--help shows the options)')
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.err })
    .exitOverride();

  /** A command of this name, with what it does; failures go where those of the official command go. */
  function command<O extends object>(
    name: string,
    does: string,
    failures: FailureStream,
    run: (options: O, output: Output, argument: string) => ExitCode,
  ): Command {
    const made: Command = program.command(name).description(does).addOption(errorFormat());
    return made.action((...given: unknown[]) => {
      const options = made.opts<O & { errorFormat?: ErrorFormat }>();
      const form = options.errorFormat ?? program.opts<{ errorFormat?: ErrorFormat }>().errorFormat ?? 'human';
      const output = new Output(terminal, form, failures);
      finish(ended(() => run(options, output, String(given[0])), output));
    });
  }

  withRequest(withSchema(withPolicies(command<AuthorizeOptions>('authorize', 'decide a request', 'out', authorize))))
    .requiredOption('--entities <file>', 'entities, as JSON')
    .option('-v, --verbose', 'say which policies the decision is due to')
    .option('-t, --timing', 'say how long the decision took')
    .option('--json', 'print the whole answer as JSON')
    .addHelpText(
      'after',
      examples(
        `cedarmill authorize -p policies.cedar --entities entities.json -l 'User::"alice"' -a 'Action::"view"' -r 'Photo::"beach"'`,
        'cedarmill authorize -p policies.cedar --entities entities.json --request-json request.json --json',
      ),
    );

  withPartialRequest(
    withSchema(
      withPolicies(command<TpeOptions>('tpe', 'decide a request of which parts are unknown', 'out', tpe)),
      true,
    ),
  )
    .requiredOption('--entities <file>', 'entities, as JSON; what is left out is unknown')
    .option('-t, --timing', 'say how long the decision took')
    .addHelpText(
      'after',
      examples(
        `cedarmill tpe -p policies.cedar -s app.cedarschema --entities entities.json --principal-type User --principal-eid alice -a 'Action::"view"' --resource-type Photo`,
      ),
    );

  withOpenRequest(withSchema(withPolicies(command<QueryOptions>('query', 'list what is allowed', 'out', query)), true))
    .requiredOption('--entities <file>', 'entities, as JSON')
    .option('-v, --verbose', 'say which policies allow it')
    .addHelpText(
      'after',
      examples(
        `cedarmill query -p policies.cedar -s app.cedarschema --entities entities.json -l 'User::"alice"' -a 'Action::"view"' --resource-type Photo`,
        `cedarmill query -p policies.cedar -s app.cedarschema --entities entities.json -l 'User::"alice"' -r 'Photo::"beach"'`,
      ),
    );

  withMapping(
    withSchema(
      withPolicies(command<FilterOptions>('filter', 'print the condition of a list as SQL', 'out', filter)),
      true,
    ),
  )
    .requiredOption('-l, --principal <uid>', `principal, such as User::"alice"`)
    .requiredOption('-a, --action <uid>', `action, such as Action::"view"`)
    .requiredOption('--resource-type <type>', 'type of the rows')
    .option('-c, --context <file>', 'context, as JSON')
    .option('--entities <file>', 'what is known of the principal and others, as JSON')
    .addOption(dialect().default('postgresql'))
    .option('--superset', 'give an upper bound where a policy cannot be said')
    .option('--explain', 'say which policy gives which clause')
    .addHelpText(
      'after',
      examples(
        `cedarmill filter -p policies.cedar -s app.cedarschema --mapping mapping.json -l 'User::"alice"' -a 'Action::"view"' --resource-type Photo`,
      ),
    );

  withMapping(
    withSchema(
      withPolicies(command<FiltersOptions>('filters', 'check which lists can be said in SQL', 'out', filters)),
      true,
    ),
  )
    .option('--check', 'what the command does anyway: fail if a policy cannot be said')
    .addOption(dialect())
    .addHelpText(
      'after',
      examples('cedarmill filters --check -p policies.cedar -s app.cedarschema --mapping mapping.json'),
    );

  withMapping(
    withSchema(
      withPolicies(
        command<RowSecurityOptions>('row-security', 'print policies of tables for PostgreSQL', 'out', printRowSecurity),
      ),
      true,
    ),
  )
    .requiredOption('--principal-type <type>', 'type of the principals')
    .requiredOption('--resource-types <types>', 'types whose tables get policies, with commas between them', names)
    .option('--select <uid>', 'action of SELECT; what is left out is refused for all rows')
    .option('--insert <uid>', 'action of INSERT')
    .option('--update <uid>', 'action of UPDATE')
    .option('--delete <uid>', 'action of DELETE')
    .addHelpText(
      'after',
      examples(
        `cedarmill row-security -p policies.cedar -s app.cedarschema --mapping mapping.json --principal-type User --resource-types Photo --select 'Action::"view"'`,
      ),
    );

  withRequest(
    withSchema(
      command<EvaluateOptions>('evaluate', 'evaluate an expression', 'out', (options, output, text) =>
        evaluate(text, options, output),
      ),
    ),
  )
    .argument('<expression>')
    .option('--entities <file>', 'entities, as JSON')
    .addHelpText(
      'after',
      examples(
        `cedarmill evaluate -l 'User::"alice"' -a 'Action::"view"' -r 'Photo::"beach"' 'principal == User::"alice"'`,
      ),
    );

  withSchema(
    withPolicies(command<ValidateOptions>('validate', 'check policies against a schema', 'out', validatePolicies)),
    true,
  )
    .option('--deny-warnings', 'fail on warnings too')
    .addOption(validationMode())
    .option('--level <n>', 'how often an entity may be dereferenced in a chain', wholeNumber)
    .addHelpText('after', examples('cedarmill validate -p policies.cedar -s schema.cedarschema --deny-warnings'));

  withSchema(withPolicies(command<CheckParseOptions>('check-parse', 'check that inputs parse', 'out', checkParse)))
    .option('--expression <text>', 'an expression')
    .option('--entities <file>', 'entities, as JSON')
    .addHelpText('after', examples('cedarmill check-parse -p policies.cedar -s schema.cedarschema'));

  withPolicies(command<LinkOptions>('link', 'link a template', 'out', link))
    .requiredOption('--template-id <id>', 'id of the template')
    .requiredOption('-n, --new-id <id>', 'id of the new policy')
    .requiredOption('-a, --arguments <json>', 'values of the slots, as a JSON object', slotTexts)
    .addHelpText(
      'after',
      examples(
        `cedarmill link -p policies.cedar -k links.json --template-id viewer -n alice -a '{"?principal": "User::\\"alice\\""}'`,
      ),
    );

  command<FormatOptions>('format', 'lay out policies', 'out', format)
    .option('-p, --policies <file>', 'policies and templates; standard input if not given')
    .option('-l, --line-width <n>', 'columns of a line', wholeNumber, 80)
    .option('-i, --indent-width <n>', 'columns of an indentation', wholeNumber, 2)
    .addOption(new Option('-w, --write', 'write the policies back to their file').conflicts('check'))
    .option('-c, --check', 'exit with 1 unless the policies are laid out so already')
    .hook('preAction', (_program, made) => {
      if (made.opts().write === true && made.opts().policies === undefined)
        made.error('error: --write needs --policies <file>');
    })
    .addHelpText('after', examples('cedarmill format -p policies.cedar --check'));

  command<TranslatePolicyOptions>(
    'translate-policy',
    'translate policies between Cedar text and JSON',
    'err',
    translatePolicy,
  )
    .addOption(direction('cedar-to-json', 'json-to-cedar'))
    .option('-p, --policies <file>', 'policies; standard input if not given')
    .addHelpText('after', examples('cedarmill translate-policy --direction cedar-to-json -p policies.cedar'));

  command<TranslateSchemaOptions>(
    'translate-schema',
    "translate a schema between Cedar's format and JSON",
    'err',
    translateSchema,
  )
    .addOption(direction('cedar-to-json', 'json-to-cedar', 'cedar-to-json-with-resolved-types'))
    .option('-s, --schema <file>', 'schema; standard input if not given')
    .addHelpText('after', examples('cedarmill translate-schema --direction cedar-to-json -s schema.cedarschema'));

  command<{ entities: string }>('visualize', 'draw the hierarchy of entities for Graphviz', 'err', visualize)
    .requiredOption('--entities <file>', 'entities, as JSON')
    .addHelpText('after', examples('cedarmill visualize --entities entities.json | dot -Tsvg > entities.svg'));

  command<{ name: string }>('new', 'make a folder with a schema, a policy and entities', 'out', newProject)
    .requiredOption('-n, --name <folder>', 'the new folder')
    .addHelpText('after', examples('cedarmill new --name my-policies'));

  withSchema(withPolicies(command<RunTestsOptions>('run-tests', 'run tests of policies', 'out', runTests)))
    .requiredOption('--tests <file>', 'tests, as JSON')
    .addHelpText('after', examples('cedarmill run-tests -p policies.cedar --tests tests.json'));

  command<object>('language-version', 'print the version of the Cedar language', 'out', (_options, output) =>
    languageVersion(output),
  );

  withSchema(
    withPolicies(command<CompileOptions>('compile', 'compile policies to a JavaScript module', 'out', compileToModule)),
  )
    .option('-o, --out <file>', 'write the module there, and its types beside it, instead of printing it')
    .addOption(moduleFormat())
    .option('--no-types', 'write no declarations')
    .addHelpText('after', examples('cedarmill compile -p policies.cedar -s app.cedarschema -o policies.js'));

  command<BuildCommandOptions>('build', 'build a typed module of policies', 'out', buildModule)
    .requiredOption('-p, --policies <paths...>', 'policies and templates: files, folders and globs')
    .option('-s, --schema <files...>', 'schema, in Cedar or JSON; several files are one schema')
    .option('-k, --template-linked <file>', 'links of templates, as JSON')
    .option('--entities <file>', 'entities that are the same for all requests, as JSON')
    .option('--actions <names>', 'only what requests for these actions need, such as view,edit', names)
    .requiredOption('-o, --out <file>', 'the module; its types are written beside it')
    .addOption(moduleFormat())
    .option('--standalone', 'put the runtime into the module, which then imports nothing')
    .option('--no-types', 'write no declarations')
    .option('--no-source-map', 'write no source map')
    .option('--coverage', 'count which clauses are evaluated, for exact coverage reports')
    .addOption(new Option('--validation-mode <mode>', 'how strict').choices(['strict', 'permissive']).default('strict'))
    .option('--deny-warnings', 'fail on warnings too')
    .addOption(
      new Option('--check', 'write nothing; exit with 1 unless the files are what would be written').conflicts('watch'),
    )
    .option('--watch', 'build again whenever a file changes')
    .addHelpText('after', examples('cedarmill build -p policies -s app.cedarschema -o src/authz.js'));

  withSchema(
    withPolicies(command<TypesOptions>('types', 'write TypeScript types of a schema', 'out', writeTypes)),
    true,
  )
    .option('-o, --out <file>', 'write them there, instead of printing them')
    .addOption(
      new Option('--check', 'write nothing; exit with 1 unless the file is what would be written').conflicts('watch'),
    )
    .option('--watch', 'write them again whenever a file changes')
    .addHelpText('after', examples('cedarmill types -s app.cedarschema -p policies.cedar -o policies.d.cedar.ts'));

  for (const each of [program, ...program.commands]) once(each);
  return program;
}

function ended(run: () => ExitCode, output: Output): ExitCode {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof InputFailure)) throw error;
    output.report(error.report);
    return ExitCode.failure;
  }
}
