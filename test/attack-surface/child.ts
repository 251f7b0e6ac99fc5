/**
 * Child — a process of its own that pollutes `Object.prototype`, before it loads the package or after, and prints the answers as JSON.
 *
 *     node child.js before|after|never NAME …
 */
import { answersOf, pollute } from './answers.ts';

const [when, ...names] = process.argv.slice(2);
if (when === 'before') pollute(names);
const [cedarmill, dropIn] = await Promise.all([import('../../src/index.ts'), import('../../src/cedar-wasm/index.ts')]);
if (when === 'after') pollute(names);
process.stdout.write(answersOf(cedarmill, dropIn).join('\n'));
