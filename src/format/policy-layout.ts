/**
 * Policy layout — the document of a policy: annotations, effect, scope and clauses.
 *
 * A scope without constraints stands on one line; any other has one line for each variable.
 */
import { leadingComments, trailingComment, withComments } from './comment-layout.ts';
import type { ConcreteAnnotation, ConcreteCondition, ConcretePolicy, ConcreteScope } from './concrete.ts';
import {
  BREAK,
  type Document,
  EMPTY,
  group,
  indent,
  join,
  LINE,
  SPACE,
  sequence,
  sequenceOf,
  text,
} from './document.ts';
import { ExpressionLayout } from './expression-layout.ts';
import type { Tokens } from './tokens.ts';

export class PolicyLayout {
  readonly #tokens: Tokens;
  readonly #indentWidth: number;
  readonly #expressions: ExpressionLayout;

  constructor(tokens: Tokens, indentWidth: number) {
    this.#tokens = tokens;
    this.#indentWidth = indentWidth;
    this.#expressions = new ExpressionLayout(tokens, indentWidth);
  }

  layout(policy: ConcretePolicy): Document {
    const { annotations, effect, scopes, conditions, last } = policy;
    const head = annotations.map((annotation) => this.#annotation(annotation));
    const effectLeading = this.#tokens.claimLeading(effect.first);
    const word = this.#expressions.word(effect);
    const variables = scopes.map((scope) => this.#scope(scope));
    const isOpen = scopes.every(({ type, op }) => type === undefined && op === undefined);
    const scope = isOpen ? this.#openScope(scopes, variables) : this.#closedScope(scopes, variables);
    const clauses = conditions.map((condition) => this.#condition(condition));
    const open = this.#token(effect.last + 1);
    // Where a comma stands before it, the comments are those of the comma, as in the official formatter.
    const closing = this.#tokens.claim(scopes.at(-1)!.last + 1);
    const close = withComments(text(')'), closing, conditions.length === 0 ? EMPTY : BREAK);
    return sequence(
      ...head,
      leadingComments(effectLeading),
      group(sequence(word, LINE, open)),
      scope,
      close,
      join(clauses, BREAK),
      this.#token(last),
    );
  }

  #token(index: number, next: Document = EMPTY): Document {
    return this.#expressions.token(index, next);
  }

  #indent(document: Document): Document {
    return indent(this.#indentWidth, document);
  }

  #annotation({ first, last, key, value }: ConcreteAnnotation): Document {
    const name = this.#expressions.word(key);
    const at = this.#token(first);
    if (value === undefined) return sequence(at, name, BREAK);
    const open = this.#token(key.last + 1);
    return sequence(at, name, open, this.#expressions.word(value), this.#token(last, BREAK));
  }

  #openScope(scopes: readonly ConcreteScope[], variables: readonly Document[]): Document {
    return group(this.#indent(this.#separated(scopes, variables, SPACE)));
  }

  #closedScope(scopes: readonly ConcreteScope[], variables: readonly Document[]): Document {
    return sequence(this.#indent(sequence(BREAK, this.#separated(scopes, variables, BREAK))), BREAK);
  }

  #separated(scopes: readonly ConcreteScope[], variables: readonly Document[], next: Document): Document {
    const parts = variables.map((variable, i) => {
      if (i === variables.length - 1) return variable;
      return sequence(variable, withComments(text(','), this.#tokens.claim(scopes[i]!.last + 1), next));
    });
    return sequenceOf(parts);
  }

  #scope({ variable, type, op }: ConcreteScope): Document {
    const { leading, trailing } = this.#tokens.claim(variable.first);
    const name = text(this.#tokens.all[variable.first]!.text);
    const isType =
      type === undefined
        ? EMPTY
        : sequence(
            group(sequence(LINE, this.#token(variable.last + 1))),
            sequence(LINE, this.#expressions.layout(type)),
          );
    const typed = type === undefined ? EMPTY : group(this.#indent(isType));
    if (op === undefined) return sequence(withComments(name, { leading, trailing }), typed);
    const operator = this.#expressions.word(op.word);
    const right = this.#expressions.layout(op.right);
    const start = group(sequence(name, trailingComment(trailing), typed, LINE, operator));
    return sequence(leadingComments(leading), group(sequence(start, this.#indent(sequence(LINE, right)))));
  }

  #condition({ word, body, last }: ConcreteCondition): Document {
    const brace = this.#tokens.claim(word.last + 1);
    const close = this.#token(last);
    const { leading, trailing } = this.#tokens.claim(word.first);
    const bodyLeading = leadingComments(this.#tokens.claimLeading(body.first));
    const inside = sequence(trailingComment(brace.trailing, LINE), bodyLeading, group(this.#expressions.layout(body)));
    return sequence(
      leadingComments(leading),
      group(
        sequence(
          text(this.#tokens.all[word.first]!.text),
          trailingComment(trailing, LINE),
          leadingComments(brace.leading),
          text('{'),
          group(sequence(this.#indent(inside), LINE, close)),
        ),
      ),
    );
  }
}
