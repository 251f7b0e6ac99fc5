/**
 * Written file — files that commands write: as a whole or not at all, and only if their bytes change.
 *
 * Technique: a temporary file beside it, then rename, which replaces a file in one step. Who reads it meanwhile sees the old text or the new one.
 */
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { failure, reasonOf } from './input.ts';

/** Tells whether the file was written. Throws `InputFailure`. */
export function writeText(file: string, text: string): boolean {
  if (isUpToDate(file, text)) return false;
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw failure(`failed to write \`${file}\`: ${reasonOf(error)}`);
  }
  return true;
}

/** Whether the file is there with exactly this text. */
export function isUpToDate(file: string, text: string): boolean {
  try {
    return readFileSync(file, 'utf8') === text;
  } catch {
    return false;
  }
}
