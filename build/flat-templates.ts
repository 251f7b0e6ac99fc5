/**
 * Flat templates — a template literal that stands in another becomes part of it. What they say is the same.
 *
 *     before  `in \`${a}\`: ${`{ ${b} }`}`
 *     after   `in \`${a}\`: { ${b} }`
 *
 * The bundler makes nested ones when it puts the only use of a constant in its place. The minifier of Farm 1.7 (swc_core 0.96) flattens them too, but
 * leaves out the backslashes, so that what it writes does not parse.
 */
import { type Node, parse } from 'acorn';

export function flatTemplates(code: string): string {
  let text = '';
  let from = 0;
  for (const [start, end] of nestedDelimiters(code)) {
    text += code.slice(from, start);
    from = end;
  }
  return text + code.slice(from);
}

/** What goes: `${` and a backtick before each nested template, a backtick and `}` behind it; in the order of the text. */
function nestedDelimiters(code: string): [start: number, end: number][] {
  const found: [number, number][] = [];
  for (const { start, end } of nestedTemplates(
    parse(code, { ecmaVersion: 2022, sourceType: 'module', allowHashBang: true }),
  )) {
    if (code.slice(start - 2, start) !== '${' || code[end] !== '}')
      throw new Error('there is something between a template literal and the one around it');
    found.push([start - 2, start + 1], [end - 1, end + 1]);
  }
  for (const [start, end] of found)
    if (MEETS.test(code.slice(start - 2, start) + code[end]))
      throw new Error(`two template literals would mean something else as one: ${code.slice(start - 20, end + 20)}`);
  return found.sort(([a], [b]) => a - b);
}

/** `$` before `{`, and `\0` before a digit; or before another delimiter, behind which those may stand. */
const MEETS = /\$[{$`]$|\\0[0-9$`]$/;

interface TemplateNode extends Node {
  readonly expressions: readonly Node[];
  /** What has a tag. */
  readonly quasi: TemplateNode;
}

function nestedTemplates(program: Node): Node[] {
  const found: Node[] = [];
  const open: unknown[] = [program];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const { type, expressions, quasi } = next as Partial<TemplateNode>;
    if (type === 'TemplateLiteral')
      for (const each of expressions!) if (each.type === 'TemplateLiteral') found.push(each);
    // A tag is told of each piece.
    for (const child of type === 'TaggedTemplateExpression' ? quasi!.expressions : Object.values(next))
      open.push(child);
  }
  return found;
}
