/**
 * Arrow — what a page claims about a line, turned into an assertion.
 *
 *     engine.isAllowed(request, store); // → true
 *     const allowed = engine.isAllowed(request, store); // → true
 *     console.log(engine.isAllowed(request, store)); // → true
 *     compile('permit('); // → throws PolicySyntaxError: unexpected end of input
 *
 * The claim is a JavaScript value, or the beginning of what an error says.
 */

const ARROW = /^(\s*)(?:(const|let) (\w+)(?:: [^=]+)? = )?(.+?);?\s*\/\/ → (.+)$/;

/** The program with its claims as assertions. Throws for a claim that is not on a line of its own statement. */
export function withAssertions(program: string): string {
  const lines = program.split('\n').map((line) => (line.includes('// →') ? asserted(line) : line));
  return `import { same, throws } from './claims.mjs';\n${lines.join('\n')}`;
}

function asserted(line: string): string {
  const [, indent = '', keyword, name, written, claim] = ARROW.exec(line) ?? [];
  const expression = written && (/^console\.log\((.*)\)$/.exec(written)?.[1] ?? written);
  if (expression === undefined || claim === undefined) throw new Error(`no claim can be made of \`${line}\``);
  const error = /^throws (.*)$/.exec(claim)?.[1];
  if (error !== undefined) return `${indent}await throws(async () => ${expression}, ${JSON.stringify(error)});`;
  if (name === undefined) return `${indent}same(${expression}, ${claim});`;
  return `${indent}${keyword} ${name} = ${expression}; same(${name}, ${claim});`;
}

/** The module that the assertions come from. `output` is what was printed so far. */
export const CLAIMS = `
import assert from 'node:assert/strict';

const exact = (_key, value) => (typeof value === 'bigint' ? value + 'n' : value);
const plain = (value) => (typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value, exact)) : value);

export function same(value, claimed) {
  assert.deepEqual(plain(value), plain(claimed));
}

export async function throws(run, said) {
  let thrown;
  try {
    await run();
  } catch (error) {
    thrown = error;
  }
  assert.ok(thrown !== undefined, 'nothing was thrown');
  const text = thrown.name + ': ' + thrown.message;
  assert.ok(text.startsWith(said), 'it threw ' + text);
}
`;
