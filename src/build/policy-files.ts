/**
 * Policy files — the files that a list of files, folders and globs names, in an order that depends on their names alone.
 *
 * A folder stands for all `.cedar` files below it. What names nothing is an error: a misspelt path must not be a build with fewer policies.
 */
import { statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { globSync, isDynamicPattern } from 'tinyglobby';
import { compareCodePoints } from '../value/code-point.ts';
import { BuildError, problemOf } from './problem.ts';

/** Absolute paths, each once, sorted. Throws `BuildError`. */
export function policyFiles(patterns: readonly string[], root: string): string[] {
  const found = new Set(patterns.flatMap((pattern) => filesOf(pattern, root)));
  return [...found].sort((a, b) => compareCodePoints(shownPath(a, root), shownPath(b, root)));
}

/** As messages and generated files name it: from the root on, with slashes. */
export function shownPath(file: string, root: string): string {
  return relative(root, file).split(sep).join('/');
}

/** The folders whose listings decide which files there are. */
export function watchedFolders(patterns: readonly string[], root: string): string[] {
  return patterns.filter((pattern) => !isFile(resolve(root, pattern))).map((pattern) => resolve(root, stem(pattern)));
}

/** The part of a glob before its first special character, up to a slash. */
function stem(pattern: string): string {
  if (!isDynamicPattern(pattern)) return pattern;
  const parts = pattern.split('/');
  return (
    parts
      .slice(
        0,
        parts.findIndex((part) => isDynamicPattern(part)),
      )
      .join('/') || '.'
  );
}

function filesOf(pattern: string, root: string): string[] {
  const path = resolve(root, pattern);
  if (isFile(path)) return [path];
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isFolder && !isDynamicPattern(pattern))
    throw new BuildError([problemOf('noPolicies', `failed to open policies file \`${pattern}\`: no such file`)]);
  const glob = isFolder ? '**/*.cedar' : pattern;
  const files = globSync(glob, { cwd: isFolder ? path : root, absolute: true, onlyFiles: true, dot: false });
  if (files.length === 0) throw new BuildError([problemOf('noPolicies', `there are no policies at \`${pattern}\``)]);
  return files.map((file) => resolve(file));
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
