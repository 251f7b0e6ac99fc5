/**
 * Assumption — what a proof takes on trust. The list in assumptions.txt names each; anything else is refused.
 */

/** `file: kind name` of every assumption in a Dafny source. */
export function assumptionsOf(file: string, source: string): string[] {
  const code = withoutCommentsAndStrings(source);
  return members(code).flatMap(({ kind, name, text }) => {
    const found = [
      ...[...text.matchAll(/\bassume\b/g)].map(() => 'assume'),
      ...[...text.matchAll(/\{\s*:(axiom|verify\s+false|extern)\b/g)].map(([, attribute]) => `{:${attribute}}`),
      ...(hasBody(kind, text) ? [] : ['no body']),
    ];
    return found.map((each) => `${file}: ${each} in ${kind} ${name}`);
  });
}

interface Member {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

const DECLARATION =
  /^ *(?:ghost |static |twostate |inductive |copredicate )*(lemma|colemma|function method|predicate method|function|predicate|method|const|module|datatype|type)\s+((?:\{[^}]*\}\s*)*)(\w+)/gm;

function members(code: string): Member[] {
  const starts = [...code.matchAll(DECLARATION)];
  return starts.map((match, i) => ({
    kind: match[1]!,
    name: match[3]!,
    text: code.slice(match.index, starts[i + 1]?.index ?? code.length),
  }));
}

/** In these sources a body opens at the end of the signature's line or on a line of its own. */
function hasBody(kind: string, text: string): boolean {
  if (['const', 'module', 'datatype', 'type'].includes(kind)) return true;
  return (
    /^ *\{ *$/m.test(text) || /^[^\n]*(\)|: [^{}\n]*) \{(?!:)/.test(text) || /^ +ensures [^\n]* \{\} *$/m.test(text)
  );
}

/** Spaces in their place, so that lines and columns stay. */
function withoutCommentsAndStrings(source: string): string {
  return source.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"/g, (text) => text.replace(/[^\n]/g, ' '));
}
