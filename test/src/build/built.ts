/**
 * Built — folders with inputs of a build, and modules as importing them would give them.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import type { EntityStore, ModuleEngine, TypedModule } from '../../../src/index.ts';

const RUNTIME = new URL('../../../src/runtime.ts', import.meta.url).href;

/** A folder with these files, until the test ends. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'cedarmill-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return folder;
}

export interface BuiltModule {
  readonly default: ModuleEngine;
  readonly policies: TypedModule;
  readonly schema?: object | undefined;
  readonly store?: EntityStore | undefined;
}

const imported = { modules: 0 };

/** What importing the text of a module gives. */
export async function importText(text: string, folder: string): Promise<BuiltModule> {
  const file = join(folder, `imported-${imported.modules++}.mjs`);
  writeFileSync(file, text.replace("'cedarmill/runtime'", JSON.stringify(RUNTIME)));
  return await import(/* @vite-ignore */ pathToFileURL(file).href);
}
