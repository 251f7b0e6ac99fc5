/**
 * Main — fills a fresh process with what takes memory, and prints the bytes of each when the garbage is gone.
 *
 *     node --expose-gc main.ts entities|links|policies COUNT
 */
import { HOLDERS, type Kind } from './holders.ts';

const [kind, count] = [process.argv[2] as Kind, Number(process.argv[3])];

function used(): number {
  globalThis.gc!();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const before = used();
const { alone, asked } = HOLDERS[kind](count);
const data = used();
const kept = [alone, asked()];
const withEngine = used();
// `kept` is read at the end, so that nothing is let go before.
console.log(
  JSON.stringify({ alone: (data - before) / count, withEngine: (withEngine - before) / count, kept: kept.length }),
);
