/**
 * Read policies — the policy set of several files, each text and span with the name of its file.
 *
 * Ids are those of `compile([text, text, …])`: of an `@id`, or numbered through all files in their order.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { policiesFromInput } from '../engine/input/policy-input.ts';
import { withAdvice } from '../parser/syntax-error/advice.ts';
import { parsePolicies } from '../parser/text/policy.ts';
import { isTemplate } from '../syntax/desugar.ts';
import type { Policy, TemplateLink } from '../syntax/policy.ts';
import { withAnnotatedId } from '../syntax/policy-id.ts';
import { PolicySet } from '../syntax/policy-set.ts';
import { PolicySetError } from '../syntax/policy-set-error.ts';
import { append } from '../value/append.ts';
import { CedarmillError } from '../value/cedarmill-error.ts';
import { positionsIn } from '../value/text-positions.ts';
import { InputFailure, reasonOf } from './input.ts';
import { linksFrom, toLink } from './links-file.ts';
import { policyFiles, shownPath } from './policy-files.ts';
import { BuildError, type Problem, problemOf } from './problem.ts';

export interface ReadPolicies {
  readonly set: PolicySet;
  /** The text of each file that was read, by its path. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Gives the text of a file: bundlers have their own. */
export type ReadFile = (path: string) => string;

export const readFromDisk: ReadFile = (path) => readFileSync(path, 'utf8');

/** Throws `BuildError` with everything that is wrong with the texts. */
export function readPolicies(
  patterns: readonly string[],
  links: string | undefined,
  root: string,
  readFile: ReadFile,
): ReadPolicies {
  const problems: Problem[] = [];
  const texts = new Map<string, string>();
  const policies: Policy[] = [];
  const found: TemplateLink[] = [];
  for (const path of policyFiles(patterns, root)) {
    const text = textOf(path, root, readFile);
    texts.set(path, text);
    const read = policiesOf({ text, name: shownPath(path, root) }, policies.length, problems);
    append(policies, read.policies);
    append(found, read.links);
  }
  if (links !== undefined) append(found, linksOf(resolve(root, links), root, readFile));
  if (problems.length > 0) throw new BuildError(problems);
  return { set: setOf(policies, found), texts };
}

export function textOf(path: string, root: string, readFile: ReadFile): string {
  try {
    return readFile(path);
  } catch (error) {
    const message = `failed to open \`${shownPath(path, root)}\`: ${reasonOf(error)}`;
    throw new BuildError([problemOf('unreadable', message)]);
  }
}

interface NamedSource {
  readonly text: string;
  readonly name: string;
}

function policiesOf(
  source: NamedSource,
  first: number,
  problems: Problem[],
): { readonly policies: readonly Policy[]; readonly links: readonly TemplateLink[] } {
  if (source.name.endsWith('.json')) return jsonPolicies(source, problems);
  const { policies, diagnostics } = parsePolicies(source.text, { name: source.name });
  for (const each of diagnostics) problems.push({ diagnostic: withAdvice(each, positionsIn(source)), source });
  return { policies: policies.map((each, i) => withAnnotatedId({ ...each, id: `policy${first + i}` })), links: [] };
}

function jsonPolicies(source: NamedSource, problems: Problem[]) {
  try {
    return policiesFromInput(source.text);
  } catch (error) {
    if (!(error instanceof CedarmillError)) throw error;
    // Spans in JSON count from the start of a value, not of the file.
    for (const each of error.diagnostics)
      problems.push({ diagnostic: { ...each, message: each.message, labels: [] }, source });
    return { policies: [], links: [] };
  }
}

function linksOf(file: string, root: string, readFile: ReadFile): readonly TemplateLink[] {
  const source = { text: textOf(file, root, readFile), name: shownPath(file, root) };
  try {
    return linksFrom(source).map(toLink);
  } catch (error) {
    if (error instanceof InputFailure)
      throw new BuildError(error.report.diagnostics.map((diagnostic) => ({ diagnostic, source: error.report.source })));
    if (error instanceof CedarmillError)
      throw new BuildError([problemOf(error.code, `${source.name}: ${error.message}`)]);
    throw error;
  }
}

function setOf(policies: readonly Policy[], links: readonly TemplateLink[]): PolicySet {
  const set = new PolicySet();
  const problems: Problem[] = [];
  for (const policy of policies)
    attempt(problems, policy, () => (isTemplate(policy) ? set.addTemplate(policy) : set.add(policy)));
  for (const link of links) attempt(problems, undefined, () => set.link(link));
  if (problems.length > 0) throw new BuildError(problems);
  return set;
}

/** Two policies of one id, and links that do not fit. */
function attempt(problems: Problem[], policy: Policy | undefined, add: () => void): void {
  try {
    add();
  } catch (error) {
    if (!(error instanceof PolicySetError)) throw error;
    const labels = policy?.span === undefined ? [] : [{ span: policy.span }];
    const diagnostic = { severity: 'error', code: error.code, message: error.message, labels } as const;
    problems.push({ diagnostic, source: policy?.source });
  }
}
