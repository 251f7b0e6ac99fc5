/**
 * Page — what its blocks are: files, commands and programs, in their order.
 *
 * A block whose first line is a comment with a file name is that file. Blocks of TypeScript that begin with an import begin a program; those that do
 * not go on with the one before. A block `text` after a program is what that program prints. Of commands, those of cedarmill are run.
 */
import { type Block, blocksOf } from './block.ts';

export type Part =
  | { readonly kind: 'file'; readonly name: string; readonly text: string }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'program'; readonly name: string; readonly text: string; readonly prints?: string | undefined };

const FILE = /^(?:\/\/|#) (\S+\.\w+)$/;

export function partsOf(page: string): Part[] {
  const parts: Part[] = [];
  for (const block of blocksOf(page)) if (block.shown !== true) add(block, parts);
  return parts;
}

function add({ language, text, line, file }: Block, parts: Part[]): void {
  const name = file ?? FILE.exec(text.split('\n', 1)[0]!)?.[1];
  if (name !== undefined) parts.push({ kind: 'file', name, text });
  else if (isCode(language)) addCode({ language, text, line }, parts);
  else if (language === 'text')
    extend(parts, line, ({ prints = '', ...program }) => ({ ...program, prints: prints + text }));
  else if (language === 'sh')
    parts.push(
      ...text
        .trim()
        .split('\n')
        .map((each) => ({ kind: 'command', text: each }) as const),
    );
  else throw new Error(`the block at line ${line} is in \`${language}\`, and nothing runs it`);
}

function addCode({ language, text, line }: Block, parts: Part[]): void {
  if (/^import /m.test(text))
    parts.push({ kind: 'program', name: `block-${line}.${language}`, text, prints: undefined });
  else extend(parts, line, (program) => ({ ...program, text: `${program.text}\n${text}` }));
}

type Program = Extract<Part, { kind: 'program' }>;

/** Changes the last program, whatever has been shown since. */
function extend(parts: Part[], line: number, change: (program: Program) => Program): void {
  const last = parts.findLastIndex(({ kind }) => kind === 'program');
  if (last < 0) throw new Error(`the block at line ${line} goes on from a program, but there is none before`);
  parts[last] = change(parts[last] as Program);
}

function isCode(language: string): boolean {
  return language === 'ts' || language === 'tsx';
}
