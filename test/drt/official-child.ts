/**
 * Official child — the process in which the official build answers. It may die: the parent starts another one.
 */
import { createRequire } from 'node:module';
import type { Answer, Batch } from './official.ts';

/** JSON text that the official build is to read as it stands, so that integers and keys of any kind get there. */
class RawJson {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

const wasm = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs') as Record<
  string,
  (...args: unknown[]) => unknown
>;
const stringify = JSON.stringify;
// The official build serializes its arguments with the global function.
JSON.stringify = ((value: unknown, ...rest: []) =>
  value instanceof RawJson ? value.text : stringify(value, ...rest)) as typeof JSON.stringify;

process.on('message', ({ id, calls }: Batch) => {
  const answers = calls.map(({ fn, args }): Answer => {
    try {
      return { answer: wasm[fn]!(...args.map((arg) => (typeof arg === 'string' ? arg : new RawJson(arg.json)))) };
    } catch (error) {
      return { threw: String(error) };
    }
  });
  process.send!({ id, answers });
});
