/**
 * Build — the package into `dist`.
 *
 *     npm run build              code and types
 *     npm run build -- --code    code alone
 */
import { chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildAlias } from './alias.ts';
import { buildCode } from './code.ts';
import { buildDeclarations } from './declarations.ts';
import { buildStandalone } from './standalone.ts';

const root = fileURLToPath(new URL('../', import.meta.url));
rmSync(join(root, 'dist'), { recursive: true, force: true });
await buildCode(root);
await buildStandalone(root);
chmodSync(join(root, 'dist/src/cli/main.js'), 0o755);
if (!process.argv.includes('--code')) buildDeclarations(root);
buildAlias(root);
