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
  | { readonly kind: 'program'; readonly name: string; readonly text: string; readonly prints: string | undefined };

const FILE = /^(?:\/\/|#) (\S+\.\w+)$/;

export function partsOf(page: string): Part[] {
  const parts: Part[] = [];
  for (const block of blocksOf(page)) if (block.shown !== true) add(block, parts);
  return parts;
}

function add({ language, text, line, file }: Block, parts: Part[]): void {
  const last = parts.at(-1);
  const name = file ?? FILE.exec(text.split('\n', 1)[0]!)?.[1];
  if (name !== undefined) {
    parts.push({ kind: 'file', name, text });
  } else if (isCode(language) && last?.kind === 'program' && !/^import /m.test(text)) {
    parts[parts.length - 1] = { ...last, text: `${last.text}\n${text}` };
  } else if (isCode(language)) {
    parts.push({ kind: 'program', name: `block-${line}.${language}`, text, prints: undefined });
  } else if (language === 'text' && last?.kind === 'program') {
    parts[parts.length - 1] = { ...last, prints: (last.prints ?? '') + text };
  } else if (language === 'sh') {
    for (const each of text.trim().split('\n')) parts.push({ kind: 'command', text: each });
  } else {
    throw new Error(`the block at line ${line} is in \`${language}\`, and nothing runs it`);
  }
}

function isCode(language: string): boolean {
  return language === 'ts' || language === 'tsx';
}
