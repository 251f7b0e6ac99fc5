/**
 * Main — starts one application in a fresh process, and prints how long it took from before its imports to its first decision.
 *
 *     node main.js STARTER DOOR MODULE
 */
import { readFileSync } from 'node:fs';

const [starter, door, module] = process.argv.slice(2);
const read = (name) => readFileSync(new URL(name, import.meta.url), 'utf8');
const application = { policies: read('policies.cedar'), ...JSON.parse(read('application.json')) };
const { start } = await import(`./${starter}.js`);
const begin = performance.now();
const allowed = await start(application, { door, module });
console.log(JSON.stringify({ ms: performance.now() - begin, allowed }));
