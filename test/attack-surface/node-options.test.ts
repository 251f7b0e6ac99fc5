/**
 * Node options — the package answers alike where Node is told to allow less, and under SES lockdown (Hardened JavaScript).
 */
import { beforeAll, describe, expect, test } from 'vitest';
import { bundled, run } from './bundle.ts';

let program = '';
let expected: string[] = [];
let interpreted: string[] = [];

beforeAll(async () => {
  program = await bundled('child.ts');
  expected = run(program, ['plain'])[0]!;
  interpreted = run(program, ['plain', '--interpret'])[0]!;
});

const [major = 20] = process.versions.node.split('.').map(Number);
const PERMISSION = major < 22 ? '--experimental-permission' : '--permission';

describe('the same answers', () => {
  test.each<[string, readonly string[]]>([
    ['intrinsics are frozen', ['--frozen-intrinsics', '--no-warnings']],
    ['there is no `__proto__`', ['--disable-proto=delete']],
    ['`__proto__` throws', ['--disable-proto=throw']],
    ['only reading files is permitted', [PERMISSION, '--allow-fs-read=*', '--no-warnings']],
  ])('where %s', (_what, options) => {
    expect(run(program, ['plain'], options)[0]).toEqual(expected);
  });

  test('where SES froze all intrinsics before', () => {
    expect(run(program, ['lockdown'])[0]).toEqual(expected);
  });

  test('where code must not be generated, by the model', () => {
    expect(run(program, ['plain', '--interpret'], ['--disallow-code-generation-from-strings'])[0]).toEqual(interpreted);
  });
});

test('where code must not be generated, an engine that would generate it says so', () => {
  const [answers] = run(program, ['plain'], ['--disallow-code-generation-from-strings']);
  const compiled = answers!.filter((answer) => /^compiled . . /.test(answer));
  expect(compiled.length).toBeGreaterThan(0);
  for (const answer of compiled) expect(answer).toContain('CodeGenerationForbidden');
});
