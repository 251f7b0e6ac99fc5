/**
 * Block — the code blocks of a page, as a reader copies them.
 */

export interface Block {
  /** The word after the fence: `ts`, `js`, `cedar`, `sh`, … */
  readonly language: string;
  readonly text: string;
  /** The line of the fence, counting from 1. */
  readonly line: number;
  /** The name of a file that cannot hold comments: the line before says `<!-- file: entities.json -->`, which readers do not see. */
  readonly file?: string | undefined;
  /** The line before says `<!-- shown -->`: the block is not code to copy. */
  readonly shown?: true | undefined;
}

/** Throws for a fence that is indented: it would not be seen, and so not run. */
export function blocksOf(page: string): Block[] {
  const blocks: Block[] = [];
  const lines = page.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const fence = /^(`{3,})(\S*)\s*$/.exec(lines[i]!);
    if (fence === null) {
      if (/^\s*(`{3}|~{3})/.test(lines[i]!))
        throw new Error(`the fence at line ${i + 1} is indented, or says too much`);
      continue;
    }
    const end = lines.indexOf(fence[1]!, i + 1);
    if (end < 0) throw new Error(`the block at line ${i + 1} does not end`);
    const file = /^<!-- file: (\S+) -->$/.exec(lines[i - 1] ?? '')?.[1];
    const text = `${lines.slice(i + 1, end).join('\n')}\n`;
    blocks.push({
      language: fence[2]!,
      text,
      line: i + 1,
      ...(file !== undefined && { file }),
      ...(lines[i - 1] === '<!-- shown -->' && { shown: true }),
    });
    i = end;
  }
  return blocks;
}
