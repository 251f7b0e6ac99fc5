/**
 * Messages — what is said of each mistake stands in docs/messages.md, where a person reads it. `npx vitest run test/src/messages -u` writes the page.
 */
import { expect, test } from 'vitest';
import { CedarmillError } from '../../../src/index.ts';
import { MISTAKES, type Mistake, POLICY_MISTAKES, RIGHT } from './mistakes.ts';

function told({ run }: Mistake): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return 'nothing is told';
}

function fence(text: string): string {
  return `\n\`\`\`\n${text}\n\`\`\``;
}

const HEAD = `# What mistakes are told

Each message is meant to be enough to repair the mistake. The page is written by \`test/src/messages\`, which fails when a message changes: read the
difference, then run it with \`-u\`.

Every error is a \`CedarmillError\`: \`error.format({ color: true })\` shows the lines in question, \`error.diagnostics\` has them as data.
`;

test('every mistake is told by an error of the package', () => {
  for (const mistake of [...POLICY_MISTAKES, ...MISTAKES]) {
    if (mistake.title.includes('contextSchema')) continue;
    expect(mistake.run, mistake.title).toThrow(CedarmillError);
  }
});

test.each(RIGHT)('is right: $title', ({ run, gives }) => {
  expect(run()).toEqual(gives);
});

test('the page has what is told', async () => {
  const inPolicies = POLICY_MISTAKES.map((each) => `### ${each.title}\n${fence(each.code)}\n${fence(told(each))}\n`);
  const inCalls = MISTAKES.map((each) => `### ${each.title}\n\n\`${each.code}\`\n${fence(told(each))}\n`);
  const right = RIGHT.map(({ title, code, gives }) => `| ${title} | \`${code}\` | \`${gives}\` |`);
  const page = [
    HEAD,
    '## In policies\n',
    ...inPolicies,
    '## In calls\n',
    ...inCalls,
    '## Right, though it may look like a mistake\n',
    '| what | line | gives |\n| --- | --- | --- |',
    ...right,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../../docs/messages.md');
});
