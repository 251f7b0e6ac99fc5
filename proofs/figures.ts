/**
 * Figures — the lines and seconds in README.md, measured and not typed.
 *
 * The table of theorems stands between two marks; a row keeps its words; its lines and seconds are replaced.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from './dafny.ts';

const ROW = /^\| `(\w+)` \| \[([\w/-]+\.dfy)\]\(\2\) \|[^|]*\|[^|]*\| (.*)$/gm;

/** Theorems of the table that no report calls verified. */
export function unprovedTheorems(readme: string, reports: readonly Report[]): string[] {
  return [...readme.matchAll(ROW)].flatMap(([, lemma, file]) => {
    const verdicts = reports.find((each) => each.file === file)?.verdicts.filter(({ name }) => name === lemma) ?? [];
    return verdicts.length > 0 && verdicts.every(({ outcome }) => outcome === 'verified')
      ? []
      : [`${lemma} in ${file}`];
  });
}

export function withFigures(readme: string, root: string, reports: readonly Report[]): string {
  const rows = readme.replace(ROW, (_, lemma: string, file: string, words: string) => {
    const source = readFileSync(join(root, file), 'utf8');
    const verdict = reports.find((each) => each.file === file)?.verdicts.filter(({ name }) => name === lemma) ?? [];
    const seconds = verdict.reduce((sum, each) => sum + each.seconds, 0);
    return `| \`${lemma}\` | [${file}](${file}) | ${linesOf(source, lemma)} | ${seconds.toFixed(1)} | ${words}`;
  });
  const production = linesIn(join(root, '../src'), '.ts', /^model\//) + linesIn(join(root, '../codegen'), '.ts');
  const model =
    linesIn(join(root, 'spec'), '.dfy') +
    linesIn(join(root, 'compiled'), '.dfy') +
    linesIn(join(root, 'validation'), '.dfy');
  const seconds = reports.reduce((sum, each) => sum + each.seconds, 0);
  const lines =
    `The model has ${model} lines, the production code ${production}: one line in ${(production / model).toFixed(1)}. ` +
    `The theorems and their proofs have ${linesIn(join(root, 'thm'), '.dfy')} lines. Verifying takes ${seconds.toFixed(0)} s of one core.`;
  return rows.replace(
    /(<!-- figures -->\n).*?(\n<!-- \/figures -->)/s,
    (_, before: string, after: string) => before + lines + after,
  );
}

function linesOf(source: string, lemma: string): string {
  const lines = source.split('\n');
  const first = lines.findIndex((line) => new RegExp(`\\blemma (\\{[^}]*\\} )?${lemma}\\b`).test(line));
  const last = lines.findIndex((line, i) => i > first && /^ {2}\}/.test(line));
  return `${first + 1}–${last + 1}`;
}

function linesIn(folder: string, ending: string, except?: RegExp): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const counted = files.filter(
    (path) => path.endsWith(ending) && !except?.test(path) && statSync(join(folder, path)).isFile(),
  );
  return counted.reduce((sum, path) => sum + readFileSync(join(folder, path), 'utf8').split('\n').length - 1, 0);
}
