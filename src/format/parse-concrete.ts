/**
 * Parse concrete — tokens to concrete trees, by recursive descent.
 *
 * INVARIANT: the parser of policies has accepted the text. So there is nothing to report, and what does not fit is our own mistake.
 *
 * Grammar: Policies, Policy, Annotation, VariableDef, Cond, Expr … Primary
 */
import * as t from '../parser/text/token.ts';
import { CompilerBug } from '../value/unreachable.ts';
import type {
  Access,
  Concrete,
  ConcreteAnnotation,
  ConcreteCondition,
  ConcretePolicy,
  ConcreteScope,
  Field,
  Path,
  Word,
} from './concrete.ts';
import type { Token } from './tokens.ts';

export function parseConcrete(tokens: readonly Token[]): readonly ConcretePolicy[] {
  const parser = new ConcreteParser(tokens);
  const policies: ConcretePolicy[] = [];
  while (!parser.isAtEnd) policies.push(parser.policy());
  return policies;
}

const RELATIONS: ReadonlySet<number> = new Set([t.EQ_EQ, t.NOT_EQ, t.LESS, t.LESS_EQ, t.GREATER, t.GREATER_EQ, t.IN]);

class ConcreteParser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  policy(): ConcretePolicy {
    const first = this.#at;
    const annotations: ConcreteAnnotation[] = [];
    while (this.#is(t.AT)) annotations.push(this.#annotation());
    const effect = this.#word();
    this.#expect(t.LPAREN);
    const scopes = this.#list(t.RPAREN, () => this.#scope());
    const conditions: ConcreteCondition[] = [];
    while (!this.#is(t.SEMICOLON)) conditions.push(this.#condition());
    this.#expect(t.SEMICOLON);
    return { annotations, effect, scopes, conditions, ...this.#from(first) };
  }

  #annotation(): ConcreteAnnotation {
    const first = this.#at;
    this.#expect(t.AT);
    const key = this.#word();
    let value: Word | undefined;
    if (this.#accept(t.LPAREN)) {
      value = this.#word();
      this.#expect(t.RPAREN);
    }
    return { key, value, ...this.#from(first) };
  }

  #scope(): ConcreteScope {
    const variable = this.#word();
    const type = this.#accept(t.IS) ? this.#sum() : undefined;
    const op = RELATIONS.has(this.#kind) ? { word: this.#word(), right: this.#expr() } : undefined;
    return { variable, type, op, ...this.#from(variable.first) };
  }

  #condition(): ConcreteCondition {
    const word = this.#word();
    this.#expect(t.LBRACE);
    const body = this.#expr();
    this.#expect(t.RBRACE);
    return { word, body, ...this.#from(word.first) };
  }

  #expr(): Concrete {
    if (!this.#is(t.IF)) return this.#or();
    const first = this.#at++;
    const test = this.#expr();
    this.#expect(t.THEN);
    const then = this.#expr();
    this.#expect(t.ELSE);
    const otherwise = this.#expr();
    return { kind: 'if', test, then, else: otherwise, ...this.#from(first) };
  }

  #or(): Concrete {
    return this.#chain(
      'logical',
      (kind) => kind === t.OR_OR,
      () => this.#and(),
    );
  }

  #and(): Concrete {
    return this.#chain(
      'logical',
      (kind) => kind === t.AND_AND,
      () => this.#relation(),
    );
  }

  #relation(): Concrete {
    const left = this.#sum();
    const kind = this.#kind;
    if (RELATIONS.has(kind)) {
      this.#at++;
      return { kind: 'relation', left, right: this.#sum(), ...this.#from(left.first) };
    }
    if (kind === t.HAS || kind === t.LIKE) {
      this.#at++;
      return { kind: kind === t.HAS ? 'has' : 'like', left, right: this.#sum(), ...this.#from(left.first) };
    }
    if (kind !== t.IS) return left;
    this.#at++;
    const type = this.#sum();
    const container = this.#accept(t.IN) ? this.#sum() : undefined;
    return { kind: 'is', left, type, in: container, ...this.#from(left.first) };
  }

  #sum(): Concrete {
    return this.#chain(
      'arithmetic',
      (kind) => kind === t.PLUS || kind === t.MINUS,
      () => this.#product(),
    );
  }

  #product(): Concrete {
    return this.#chain(
      'arithmetic',
      (kind) => kind === t.STAR,
      () => this.#unary(),
    );
  }

  /** One operand alone is not a chain. */
  #chain(kind: 'logical' | 'arithmetic', isOperator: (kind: number) => boolean, operand: () => Concrete): Concrete {
    const operands = [operand()];
    while (isOperator(this.#kind)) {
      this.#at++;
      operands.push(operand());
    }
    return operands.length === 1 ? operands[0]! : { kind, operands, ...this.#from(operands[0]!.first) };
  }

  #unary(): Concrete {
    const first = this.#at;
    while (this.#is(t.BANG) || this.#is(t.MINUS)) this.#at++;
    const signed = this.#at > first;
    const arg = this.#member();
    return signed ? { kind: 'unary', arg, ...this.#from(first) } : arg;
  }

  #member(): Concrete {
    const item = this.#primary();
    const accesses: Access[] = [];
    while (this.#is(t.DOT) || this.#is(t.LPAREN) || this.#is(t.LBRACKET)) accesses.push(this.#access());
    return { kind: 'member', item, accesses, ...this.#from(item.first) };
  }

  #access(): Access {
    const first = this.#at;
    if (this.#accept(t.DOT)) return { kind: 'attribute', name: this.#word(), ...this.#from(first) };
    if (this.#accept(t.LPAREN)) {
      const args = this.#list(t.RPAREN, () => this.#expr());
      return { kind: 'call', args, ...this.#from(first) };
    }
    this.#expect(t.LBRACKET);
    const expr = this.#expr();
    this.#expect(t.RBRACKET);
    return { kind: 'index', expr, ...this.#from(first) };
  }

  #primary(): Concrete {
    const first = this.#at;
    if (this.#accept(t.LPAREN)) {
      const expr = this.#expr();
      this.#expect(t.RPAREN);
      return { kind: 'parentheses', expr, ...this.#from(first) };
    }
    if (this.#accept(t.LBRACKET)) {
      const elements = this.#list(t.RBRACKET, () => this.#expr());
      return { kind: 'set', elements, ...this.#from(first) };
    }
    if (this.#accept(t.LBRACE)) {
      const fields = this.#list(t.RBRACE, () => this.#field());
      return { kind: 'record', fields, ...this.#from(first) };
    }
    if (t.isIdentifier(this.#kind) && !this.#isBooleanLiteral()) return this.#name();
    this.#at++;
    return { kind: 'literal', ...this.#from(first) };
  }

  #isBooleanLiteral(): boolean {
    return (this.#is(t.TRUE) || this.#is(t.FALSE)) && this.#tokens[this.#at + 1]?.kind !== t.COLON_COLON;
  }

  /** A path, or the uid that begins with one. */
  #name(): Concrete {
    const words = [this.#word()];
    while (this.#is(t.COLON_COLON)) {
      if (this.#tokens[this.#at + 1]?.kind === t.STRING) {
        const type: Path = { kind: 'path', words, ...this.#from(words[0]!.first) };
        this.#at++;
        return { kind: 'uid', type, id: this.#word(), ...this.#from(type.first) };
      }
      this.#at++;
      words.push(this.#word());
    }
    return { kind: 'path', words, ...this.#from(words[0]!.first) };
  }

  #field(): Field {
    const key = this.#expr();
    this.#expect(t.COLON);
    return { key, value: this.#expr(), ...this.#from(key.first) };
  }

  #list<T>(end: number, element: () => T): T[] {
    const elements: T[] = [];
    while (!this.#is(end)) {
      elements.push(element());
      if (!this.#accept(t.COMMA)) break;
    }
    this.#expect(end);
    return elements;
  }

  get #kind(): number {
    return this.#tokens[this.#at]?.kind ?? t.EOF;
  }

  #is(kind: number): boolean {
    return this.#kind === kind;
  }

  #accept(kind: number): boolean {
    if (!this.#is(kind)) return false;
    this.#at++;
    return true;
  }

  #expect(kind: number): void {
    if (!this.#accept(kind)) throw new CompilerBug(`formatter and parser disagree at token ${this.#at}`);
  }

  #word(): Word {
    const first = this.#at++;
    return { kind: 'word', first, last: first };
  }

  #from(first: number): { readonly first: number; readonly last: number } {
    return { first, last: this.#at - 1 };
  }
}
