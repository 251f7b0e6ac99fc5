/**
 * Page — how blocks become files, commands and programs.
 */
import { expect, test } from 'vitest';
import { withAssertions } from './arrow.ts';
import { blocksOf } from './block.ts';
import { partsOf } from './page.ts';
import { pages } from './pages.ts';

const fence = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n`;

test('blocks have their language, text and line', () => {
  expect(blocksOf(`a\n${fence('ts', 'b')}c`)).toEqual([{ language: 'ts', text: 'b\n', line: 2 }]);
  expect(() => blocksOf('```ts\na')).toThrow('the block at line 1 does not end');
  expect(() => blocksOf('  ```ts\n  a\n  ```')).toThrow('is indented');
});

test('a program goes on until the next import, and prints what follows it', () => {
  const page = fence('ts', "import 'a';\nb;") + fence('ts', 'c;') + fence('text', 'said') + fence('ts', "import 'd';");
  expect(partsOf(page)).toEqual([
    { kind: 'program', name: 'block-1.ts', text: "import 'a';\nb;\n\nc;\n", prints: 'said\n' },
    { kind: 'program', name: 'block-11.ts', text: "import 'd';\n", prints: undefined },
  ]);
});

test('files have names, and commands are lines', () => {
  expect(partsOf(fence('cedar', '// a.cedar\npermit();') + fence('sh', 'npm i\nnpx cedarmill'))).toEqual([
    { kind: 'file', name: 'a.cedar', text: '// a.cedar\npermit();\n' },
    { kind: 'command', text: 'npm i' },
    { kind: 'command', text: 'npx cedarmill' },
  ]);
  const json = `<!-- file: a.json -->\n${fence('json', '[]')}`;
  expect(partsOf(json)).toEqual([{ kind: 'file', name: 'a.json', text: '[]\n' }]);
});

test('a block that nothing runs is an error', () => {
  expect(() => partsOf(fence('ts', 'x;'))).toThrow('goes on from a program');
  expect(() => partsOf(fence('python', 'x'))).toThrow('in `python`');
});

test('claims become assertions', () => {
  const said = (line: string) => withAssertions(line).split('\n')[1];
  expect(said('a(b); // → true')).toBe('same(a(b), true);');
  expect(said('console.log(a(b)); // → true')).toBe('same(a(b), true);');
  expect(said('const x: Y = a; // → [1]')).toBe('const x = a; same(x, [1]);');
  expect(said('a(); // → throws Error: no')).toBe('await throws(async () => a(), "Error: no");');
  expect(() => withAssertions('// → true')).toThrow('no claim can be made');
});

test('every page can be run', () => {
  const found = pages().map(({ path, text }) => [path, partsOf(text).length] as const);
  expect(found.filter(([, parts]) => parts > 0).length).toBeGreaterThan(9);
});
