/**
 * Patch — a seeded bug as its text file has it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import type { Patch } from '../drt/bundle.ts';
import { ROOT } from '../drt/bundle.ts';

export interface Mutant extends Patch {
  /** `class/name`. */
  readonly name: string;
  readonly title: string;
}

const FORM = /^# (.+)\n(\S+)\n--- before\n([\s\S]+)\n--- after\n([\s\S]*)\n$/;
const FOLDER = `${ROOT}test/mutants/patches`;

/** All of them, by name. */
export function readMutants(): readonly Mutant[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((kind) =>
      readdirSync(`${FOLDER}/${kind}`)
        .sort()
        .map((file) => readMutant(`${kind}/${file.replace(/\.txt$/, '')}`)),
    );
}

function readMutant(name: string): Mutant {
  const match = FORM.exec(readFileSync(`${FOLDER}/${name}.txt`, 'utf8'));
  if (match === null) throw new Error(`${name}: not of the form that README.md tells`);
  const [, title = '', path = '', before = '', after = ''] = match;
  return { name, title, path, before, after };
}
