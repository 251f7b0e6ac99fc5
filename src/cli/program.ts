/**
 * Program — the commands of `cedarmill`, their options and help.
 */
import { Command, Option } from 'commander';
import { type AuthorizeOptions, authorize } from './command/authorize.ts';
import { type CheckParseOptions, checkParse } from './command/check-parse.ts';
import { type CompileOptions, compileToModule } from './command/compile.ts';
import { type EvaluateOptions, evaluate } from './command/evaluate.ts';
import { type TranslatePolicyOptions, translatePolicy } from './command/translate-policy.ts';
import { type TranslateSchemaOptions, translateSchema } from './command/translate-schema.ts';
import { type ValidateOptions, validatePolicies } from './command/validate.ts';
import type { ExitCode } from './exit-code.ts';
import type { Output } from './output.ts';

const EXIT_CODES = `
Exit codes: 0 success or allow, 1 failure, 2 deny, 3 validation failure`;

/** The command line; `finish` is told how the command ended. */
export function commandLine(version: string, output: Output, finish: (code: ExitCode) => void): Command {
  const program = new Command('cedarmill')
    .description('Compiles Cedar authorization policies into JavaScript, and decides requests with them')
    .version(version)
    .addHelpText('after', EXIT_CODES)
    .showHelpAfterError('(--help shows the options)');

  withRequest(withSchema(withPolicies(program.command('authorize').description('decide a request'))))
    .requiredOption('--entities <file>', 'entities, as JSON')
    .option('-v, --verbose', 'say so when no policy applied')
    .option('--json', 'print the whole answer as JSON')
    .addHelpText(
      'after',
      examples(
        `cedarmill authorize -p policies.cedar --entities entities.json -l 'User::"alice"' -a 'Action::"view"' -r 'Photo::"beach"'`,
        'cedarmill authorize -p policies.cedar --entities entities.json --request-json request.json --json',
      ),
    )
    .action((options: AuthorizeOptions) => finish(authorize(options, output)));

  withRequest(withSchema(program.command('evaluate').description('evaluate an expression')))
    .argument('<expression>')
    .option('--entities <file>', 'entities, as JSON')
    .addHelpText(
      'after',
      examples(
        `cedarmill evaluate -l 'User::"alice"' -a 'Action::"view"' -r 'Photo::"beach"' 'principal == User::"alice"'`,
      ),
    )
    .action((text: string, options: EvaluateOptions) => finish(evaluate(text, options, output)));

  withSchema(withPolicies(program.command('validate').description('check policies against a schema'), true))
    .option('--deny-warnings', 'fail on warnings too')
    .addOption(new Option('--validation-mode <mode>', 'how strict').choices(['strict', 'permissive']).default('strict'))
    .option('--level <n>', 'how often an entity may be dereferenced in a chain', wholeNumber)
    .addHelpText('after', examples('cedarmill validate -p policies.cedar -s schema.cedarschema --deny-warnings'))
    .action((options: ValidateOptions) => finish(validatePolicies(options, output)));

  withSchema(withPolicies(program.command('check-parse').description('check that inputs parse')))
    .option('--expression <text>', 'an expression')
    .option('--entities <file>', 'entities, as JSON')
    .addHelpText('after', examples('cedarmill check-parse -p policies.cedar -s schema.cedarschema'))
    .action((options: CheckParseOptions) => finish(checkParse(options, output)));

  program
    .command('translate-policy')
    .description('translate policies between Cedar text and JSON')
    .addOption(direction('cedar-to-json', 'json-to-cedar'))
    .option('-p, --policies <file>', 'policies; standard input if not given')
    .addHelpText('after', examples('cedarmill translate-policy --direction cedar-to-json -p policies.cedar'))
    .action((options: TranslatePolicyOptions) => finish(translatePolicy(options, output)));

  program
    .command('translate-schema')
    .description("translate a schema between Cedar's format and JSON")
    .addOption(direction('cedar-to-json', 'json-to-cedar', 'cedar-to-json-with-resolved-types'))
    .option('-s, --schema <file>', 'schema; standard input if not given')
    .addHelpText('after', examples('cedarmill translate-schema --direction cedar-to-json -s schema.cedarschema'))
    .action((options: TranslateSchemaOptions) => finish(translateSchema(options, output)));

  withSchema(withPolicies(program.command('compile').description('compile policies to a JavaScript module')))
    .option('-o, --out <file>', 'write the module there, and its types beside it, instead of printing it')
    .addOption(
      new Option('--format <format>', 'kind of module; by default what Node takes the file for').choices([
        'esm',
        'cjs',
      ]),
    )
    .option('--no-types', 'write no declarations')
    .addHelpText('after', examples('cedarmill compile -p policies.cedar -s app.cedarschema -o policies.js'))
    .action((options: CompileOptions) => finish(compileToModule(options, output)));

  return program;
}

function withPolicies(command: Command, required = false): Command {
  const note = required ? '' : '; standard input if not given';
  return command
    .option('-p, --policies <file>', `policies and templates${note}`)
    .addOption(
      new Option('--policy-format <format>', 'format of the policies').choices(['cedar', 'json']).default('cedar'),
    )
    .option('-k, --template-linked <file>', 'links of templates, as JSON');
}

function withSchema(command: Command): Command {
  return command
    .option('-s, --schema <file>', 'schema')
    .addOption(
      new Option('--schema-format <format>', 'format of the schema').choices(['cedar', 'json']).default('cedar'),
    );
}

function withRequest(command: Command): Command {
  return command
    .option('-l, --principal <uid>', `principal, such as User::"alice"`)
    .option('-a, --action <uid>', `action, such as Action::"view"`)
    .option('-r, --resource <uid>', `resource, such as Photo::"beach"`)
    .option('-c, --context <file>', 'context, as JSON')
    .addOption(
      new Option('--request-json <file>', 'the whole request, as JSON').conflicts([
        'principal',
        'action',
        'resource',
        'context',
      ]),
    )
    .addOption(
      new Option('--request-validation <bool>', 'check the request against the schema')
        .choices(['true', 'false'])
        .default('true'),
    );
}

function direction(...choices: string[]): Option {
  return new Option('--direction <direction>', 'from what to what').choices(choices).makeOptionMandatory();
}

function wholeNumber(text: string): number {
  return /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
}

function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
