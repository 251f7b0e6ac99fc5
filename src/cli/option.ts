/**
 * Option — the options that several commands share, and how their values are read.
 */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type SlotTexts, wrongSlot } from '../build/links-file.ts';
import { isJsonObject } from '../parser/json/json-form.ts';
import { ERROR_FORMATS } from './error-report.ts';

export function withPolicies(command: Command): Command {
  return command
    .option('-p, --policies <file>', 'policies and templates, one file; standard input if not given')
    .addOption(
      new Option('--policy-format <format>', 'format of the policies').choices(['cedar', 'json']).default('cedar'),
    )
    .option('-k, --template-linked <file>', 'links of templates, as JSON');
}

export function withSchema(command: Command, required = false): Command {
  return command
    .addOption(new Option('-s, --schema <file>', 'schema').makeOptionMandatory(required))
    .addOption(
      new Option('--schema-format <format>', 'format of the schema').choices(['cedar', 'json']).default('cedar'),
    );
}

export function withRequest(command: Command): Command {
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

/** A request of which an id or the context may be unknown. */
export function withPartialRequest(command: Command): Command {
  const others = ['principalType', 'principalEid', 'action', 'resourceType', 'resourceEid', 'context'];
  return command
    .option('--principal-type <type>', 'type of the principal, such as User')
    .option('--principal-eid <id>', 'id of the principal; unknown if not given')
    .option('-a, --action <uid>', `action, such as Action::"view"`)
    .option('--resource-type <type>', 'type of the resource, such as Photo')
    .option('--resource-eid <id>', 'id of the resource; unknown if not given')
    .option('-c, --context <file>', 'context, as JSON; unknown if not given')
    .addOption(new Option('--request-json <file>', 'the whole request, as JSON').conflicts(others));
}

/** A request of which one part is open. */
export function withOpenRequest(command: Command): Command {
  return command
    .option('-l, --principal <uid>', `principal, such as User::"alice"`)
    .option('--principal-type <type>', 'list the principals of this type')
    .option('-a, --action <uid>', `action, such as Action::"view"; not given: list the actions`)
    .option('-r, --resource <uid>', `resource, such as Photo::"beach"`)
    .option('--resource-type <type>', 'list the resources of this type')
    .option('-c, --context <file>', 'context, as JSON');
}

export function withMapping(command: Command): Command {
  return command.requiredOption('--mapping <file>', 'where entities are in tables, as JSON');
}

export function dialect(): Option {
  return new Option('--dialect <name>', 'dialect of SQL').choices(['postgresql', 'sqlite', 'mysql', 'mariadb']);
}

export function errorFormat(): Option {
  return new Option('-f, --error-format <format>', 'how failures are reported; default human').choices(ERROR_FORMATS);
}

export function validationMode(): Option {
  return new Option('--validation-mode <mode>', 'how strict')
    .choices(['strict', 'permissive', 'partial'])
    .default('strict');
}

export function moduleFormat(): Option {
  return new Option('--format <format>', 'kind of module; by default what Node takes the file for').choices([
    'esm',
    'cjs',
  ]);
}

export function direction(...choices: string[]): Option {
  return new Option('--direction <direction>', 'from what to what').choices(choices).makeOptionMandatory();
}

export function wholeNumber(text: string): number {
  if (!/^[0-9]{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** A list with commas. */
export function names(text: string): readonly string[] {
  const listed = text.split(',').map((name) => name.trim());
  if (listed.includes('')) throw new InvalidArgumentError('It must be names with commas between them.');
  return listed;
}

export function slotTexts(text: string): SlotTexts {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
  if (!isJsonObject(value)) throw new InvalidArgumentError('It must be a JSON object.');
  const wrong = wrongSlot(value);
  if (wrong !== undefined) throw new InvalidArgumentError(wrong);
  return value as SlotTexts;
}

/**
 * Refuses an option that is given twice. The last one would win otherwise: of `-p forbids.cedar -p permits.cedar` the forbids would be lost.
 */
export function once(command: Command): void {
  const given = new Set<string>();
  for (const option of command.options.filter(({ variadic }) => !variadic)) {
    command.on(`option:${option.name()}`, () => {
      if (given.has(option.name())) command.error(`error: the option '${option.flags}' cannot be used multiple times`);
      given.add(option.name());
    });
  }
}

export function examples(...lines: string[]): string {
  return `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`;
}
