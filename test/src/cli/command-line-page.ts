/**
 * Command line page — docs/cli.md, as it is to be.
 *
 *     npx tsx test/src/cli/command-line-page.ts > docs/cli.md
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { INVOCATIONS, type Invocation } from './invocation.ts';
import type { Ran } from './ran.ts';
import { keyOf } from './record.ts';

const HEAD = `# Command line

\`npx cedarmill --help\` lists the commands; \`npx cedarmill authorize --help\` shows the options of one, with examples. Commands, options, exit codes
and streams are those of the official \`cedar\` command (\`cedar-policy-cli\` 4.14.1), so scripts can change the name and go on.

| command | what it does |
| --- | --- |
| \`authorize\` | decides a request; \`--verbose\` names the policies that decided, \`--json\` prints the whole answer |
| \`tpe\` | decides a request of which parts are unknown, or prints what is left: [partial evaluation](partial-evaluation.md) |
| \`query\` | lists the resources, principals or actions that are allowed: [lists](lists.md). The official command has none |
| \`filter\` | prints the condition of a list as SQL: [lists](lists.md). The official command has none |
| \`filters\` | says which lists can be said in which dialect of SQL, and fails if one cannot |
| \`row-security\` | prints policies of tables for PostgreSQL: [lists](lists.md). The official command has none |
| \`evaluate\` | evaluates an expression |
| \`validate\` | checks policies against a schema |
| \`check-parse\` | checks that policies, schema, entities or an expression parse |
| \`format\` | lays out policies; \`--check\` only says whether they are, \`--write\` writes them back |
| \`link\` | gives a template values for its slots, and adds the link to a file |
| \`tpe\`, \`query\` | decide requests of which parts are unknown, and list what is allowed: [partial evaluation](partial-evaluation.md), [lists](lists.md). The official command has no \`query\` |
| \`run-tests\` | runs tests of policies: [testing policies](testing-policies.md) |
| \`translate-policy\`, \`translate-schema\` | between Cedar text and JSON |
| \`visualize\` | draws the hierarchy of entities for Graphviz |
| \`new\` | makes a folder to begin with |
| \`language-version\` | prints the version of the Cedar language |
| \`compile\` | writes policies as a JavaScript module: [modules and edge](modules-and-edge.md). The official command has none |

| exit code | meaning |
| --- | --- |
| 0 | done; \`authorize\`: allowed |
| 1 | an input cannot be read or is malformed; \`format --check\` and \`run-tests\` found something |
| 2 | \`authorize\`: denied; for every command: the command line is wrong |
| 3 | \`validate\` found errors, or warnings under \`--deny-warnings\` |
| 4 | \`tpe\`: the decision depends on what is unknown |
| 4 | \`tpe\`: the decision depends on what is unknown |

**One option, one value.** An option that is given twice is refused with exit code 2, as the official command does: of \`-p forbids.cedar -p permits.cedar\` one
file would be lost otherwise. To read several files, join them: \`cat *.cedar | npx cedarmill authorize --entities …\`.

**Failures** are reported for people (\`human\`), for screen readers (\`plain\`) or for programs (\`json\`): \`--error-format\`, \`-f\`, or the environment variable
\`CEDAR_ERROR_FORMAT\`. The JSON form has the members of the official one. As there, most commands report failures on standard output.

## Beside the official command

Each row is a test (\`test/src/cli\`), which holds our command against recorded answers of the official one; with \`CEDAR_CLI\` set, against the command itself.
*same* means every character, *lines* the same lines in any order, *JSON* the same value, *report* the same value but for the name of the file, *own* a text of our own on the same stream.

| command line | exit | standard output | standard error | remark |
| --- | ---: | --- | --- | --- |
`;

export function commandLinePage(invocations: readonly Invocation[], official: Readonly<Record<string, Ran>>): string {
  return HEAD + invocations.map((invocation) => `${row(invocation, official[keyOf(invocation)]!)}\n`).join('');
}

function row(invocation: Invocation, { exit, out, err }: Ran): string {
  const { output, differs } = invocation;
  const names = { text: 'same', lines: 'lines', json: 'JSON', report: 'report', own: 'own' };
  const typed = keyOf(invocation).replaceAll('|', '\\|');
  const cells = [
    `\`${typed === '' ? ' ' : typed}\``,
    exit,
    out === '' ? '–' : names[output],
    err === '' ? '–' : 'own',
    differs ?? '',
  ];
  return `| ${cells.join(' | ')} |`;
}

if (process.argv[1] === import.meta.filename) {
  const official = JSON.parse(readFileSync(join(import.meta.dirname, 'official.json'), 'utf8'));
  process.stdout.write(commandLinePage(INVOCATIONS, official));
}
