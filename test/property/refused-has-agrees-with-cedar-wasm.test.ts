/**
 * Refused has agrees with cedar-wasm — what may not stand after `has` is refused in the words of the official build, and in linear time.
 */
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { policyToJson } from '../../src/cedar-wasm/policies.ts';
import { Random } from '../arbitrary/random.ts';
import { runsOf, SEED } from './holds.ts';

interface Answer {
  readonly type: string;
  readonly errors?: readonly { readonly message: string; readonly related: readonly { readonly message: string }[] }[];
}

const official = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as {
  policyToJson(policy: string): Answer;
};

const ATOMS = [
  'a',
  'b',
  'if',
  'in',
  'true',
  'has',
  'principal',
  '"x"',
  '"x y"',
  '7',
  '007',
  '?principal',
  'A::"x"',
  'A::b',
];
const BEFORE = ['', '', '', '-', '!', '(', '[', '{a: ', 'a.', 'A::', 'if::'];
const AFTER = ['', '', '.b', '.if', '(1)', '(1, "x", )', '["y"]', ' + 1', '*2', ' - -1', '::c', '::in', ')', ']', '}'];

function rightSide(random: Random): string {
  const parts = [random.pick(BEFORE), random.pick(ATOMS), random.pick(AFTER), random.pick(AFTER), random.pick(AFTER)];
  return parts.join(random.pick(['', '', ' ', ' // c\n ']));
}

function policyOf(right: string): string {
  return `permit(principal, action, resource) when { context has ${right} };`;
}

function messagesOf({ type, errors = [] }: Answer): unknown {
  return {
    type,
    messages: errors.flatMap(({ message, related }) => [message, ...related.map((each) => each.message)]),
  };
}

test('the messages are those of the official build', () => {
  const random = new Random(SEED ?? 31);
  for (let i = 0; i < runsOf(1500); i++) {
    const policy = policyOf(rightSide(random));
    expect(messagesOf(policyToJson(policy) as Answer), policy).toEqual(messagesOf(official.policyToJson(policy)));
  }
});

test.each(['a has f(', 'a has a.b(', 'a has if.a(', 'a has a::b(', 'a has ('])(
  'a nest of `%s` takes a time linear in its depth',
  (open) => {
    const nest = `${open.repeat(120)}b${')'.repeat(120)}`;
    const begin = performance.now();
    expect(policyToJson(policyOf(nest)).type).toBe('failure');
    expect(performance.now() - begin).toBeLessThan(2000);
  },
);
