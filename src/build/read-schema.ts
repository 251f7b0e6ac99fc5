/**
 * Read schema — one schema of one or several files, in Cedar's own format or in JSON, with what it says of itself.
 */
import type { ParsedFragment } from '../schema/parse-schema.ts';
import { parseFragment, parseFragmentJson, resolveParsed } from '../schema/parse-schema.ts';
import type { Schema } from '../schema/schema.ts';
import { SchemaDocs } from '../schema-types/schema-docs.ts';
import type { Source } from '../syntax/policy.ts';
import { JsonSyntaxError, parseJson } from '../value/json.ts';
import { shownPath } from './policy-files.ts';
import { BuildError, type Problem } from './problem.ts';
import { type ReadFile, textOf } from './read-policies.ts';

export interface ReadSchema {
  readonly schema: Schema;
  readonly docs: SchemaDocs;
  readonly warnings: readonly Problem[];
  readonly texts: ReadonlyMap<string, string>;
}

/** `paths` are absolute. Throws `BuildError`. */
export function readSchema(paths: readonly string[], root: string, readFile: ReadFile): ReadSchema {
  const texts = new Map(paths.map((path) => [path, textOf(path, root, readFile)]));
  const sources = Array.from(texts, ([path, text]): Source => ({ text, name: shownPath(path, root) }));
  const parsed = sources.map(fragmentOf);
  const broken = parsed.flatMap(({ fragment, diagnostics }, i) =>
    fragment === undefined ? diagnostics.map((diagnostic) => ({ diagnostic, source: sources[i] })) : [],
  );
  if (broken.length > 0) throw new BuildError(broken);
  const { schema, diagnostics } = resolveParsed(parsed);
  // With several files, nobody knows which one a span of the whole points into.
  const problems = diagnostics.map(
    (diagnostic): Problem =>
      sources.length === 1
        ? { diagnostic, source: sources[0] }
        : { diagnostic: { ...diagnostic, labels: [] }, source: undefined },
  );
  if (schema === undefined) throw new BuildError(problems);
  const docs = new SchemaDocs(parsed.flatMap(({ fragment }) => (fragment === undefined ? [] : [fragment])));
  return { schema, docs, warnings: problems, texts };
}

function fragmentOf(source: Source): ParsedFragment {
  if (!source.text.trimStart().startsWith('{')) return parseFragment(source.text);
  try {
    const { fragment, diagnostics } = parseFragmentJson(parseJson(source.text));
    return { fragment, diagnostics: diagnostics.map((each) => ({ ...each, labels: [] })) };
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const span = { start: error.offset, end: error.offset + 1 };
    const diagnostic = { severity: 'error', code: 'invalidJson', message: error.message, labels: [{ span }] } as const;
    return { fragment: undefined, diagnostics: [diagnostic] };
  }
}
