/**
 * Pages — README.md and those of docs that people read to use cedarmill. Reports, which programs write, and pages for
 * contributors have no code to copy.
 */
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { read } from '../architecture/tree.ts';

export interface Page {
  /** From the project's root. */
  readonly path: string;
  readonly text: string;
}

const REPORTS: readonly RegExp[] = [
  /^drt-/,
  /^contributing\.md$/,
  /^mutants\.md$/,
  /^messages\.md$/,
  /^cli\.md$/,
  /^compatibility\.md$/,
  /^fuzz/,
  /report/,
];

export function pages(): Page[] {
  const docs = readdirSync(fileURLToPath(new URL('../../docs', import.meta.url))).sort();
  const names = docs.filter((name) => name.endsWith('.md') && !REPORTS.some((report) => report.test(name)));
  return ['README.md', ...names.map((name) => `docs/${name}`)].map((path) => ({ path, text: read(path) }));
}
