/**
 * Standalone — the runtime as one expression, which `cedarmill build --standalone` puts into modules.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { STANDALONE } from '../src/build/standalone.ts';
import { flatTemplates } from './flat-templates.ts';
import { ownMembersOnly } from './own-members.ts';

const ASSIGNED = /^(?:"use strict";)?var runtime=/;

export async function buildStandalone(root: string): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: ['src/runtime.ts'],
    absWorkingDir: root,
    bundle: true,
    format: 'iife',
    globalName: 'runtime',
    target: 'es2022',
    minify: true,
    write: false,
    logLevel: 'warning',
  });
  const text = flatTemplates(ownMembersOnly(outputFiles[0]!.text.trim()));
  if (!ASSIGNED.test(text)) throw new Error(`the bundle begins with \`${text.slice(0, 40)}\``);
  writeFileSync(join(root, STANDALONE), `${text.replace(ASSIGNED, '').replace(/;$/, '')}\n`);
}
