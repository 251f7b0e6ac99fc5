/**
 * Plugin — a bundler's start: the plugin's hooks as Rollup calls them, in a fresh process.
 *
 *     node plugin.js PLUGIN PROJECT
 *
 * Prints the milliseconds of the import of the plugin, of `buildStart`, and of the first import of the policies, with the length of the module.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [plugin, root] = process.argv.slice(2);
const times = [performance.now()];
const { default: cedarmill } = await import(plugin);
times.push(performance.now());
const [{ buildStart, transform }] = [cedarmill({ root })].flat();
const context = { addWatchFile() {}, warn() {}, getWatchFiles: () => [] };
await buildStart.call(context, {});
times.push(performance.now());
const file = join(root, 'policies.cedar');
const built = await (transform.handler ?? transform).call(context, readFileSync(file, 'utf8'), file);
times.push(performance.now());
const [load, start, first] = times.slice(1).map((time, i) => time - times[i]);
console.log(JSON.stringify({ load, start, first, length: built.code.length }));
