/**
 * Built — the examples use the package as it is built from this checkout: builds it if it is not.
 */
import { execSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const run = (command) => execSync(command, { cwd: root, stdio: 'inherit' });
if (!existsSync(`${root}/node_modules/unplugin`)) run('npm ci');
if (!existsSync(`${root}/dist/standalone.js`)) run('npm run build');
