/**
 * Expression layout — the document of an expression.
 *
 * INVARIANT: comments are claimed in the order of the official formatter. Where two nodes ask for those of one token, the first one gets them.
 */
import { NUMBER } from '../parser/text/token.ts';
import { unreachable } from '../value/unreachable.ts';
import { withComments } from './comment-layout.ts';
import type { Access, Concrete, Extent, Field, Path, Word } from './concrete.ts';
import {
  type Document,
  EMPTY,
  group,
  indent,
  join,
  LINE,
  SOFT_LINE,
  SPACE,
  sequence,
  sequenceOf,
  text,
} from './document.ts';
import type { Tokens } from './tokens.ts';

export class ExpressionLayout {
  readonly #tokens: Tokens;
  readonly #indentWidth: number;

  constructor(tokens: Tokens, indentWidth: number) {
    this.#tokens = tokens;
    this.#indentWidth = indentWidth;
  }

  layout(e: Concrete): Document {
    switch (e.kind) {
      case 'if':
        return this.#if(e);
      case 'logical':
        return this.#logical(e);
      case 'relation':
        return this.#relation(e);
      case 'has':
      case 'like':
        return this.#hasOrLike(e);
      case 'is':
        return this.#is(e);
      case 'arithmetic':
        return this.#arithmetic(e);
      case 'unary':
        return this.#unary(e);
      case 'member':
        return this.#member(e);
      case 'literal':
        return this.word(e);
      case 'path':
        return this.#path(e);
      case 'uid':
        return this.#uid(e);
      case 'parentheses':
        return this.#parentheses(e);
      case 'set':
        return this.#set(e);
      case 'record':
        return this.#record(e);
      default:
        return unreachable(e);
    }
  }

  /** A node of one token, with that token's comments. */
  word({ first }: Word | Extent): Document {
    return this.token(first);
  }

  token(index: number, next: Document = EMPTY): Document {
    return withComments(text(this.#textOf(index)), this.#tokens.claim(index), next);
  }

  /** The official formatter writes numbers as it read them: without zeros before them. */
  #textOf(index: number): string {
    const { kind, text } = this.#tokens.all[index]!;
    return kind === NUMBER ? String(BigInt(text)) : text;
  }

  #indent(document: Document): Document {
    return indent(this.#indentWidth, document);
  }

  #if(e: Extract<Concrete, { kind: 'if' }>): Document {
    // The three words are claimed first, then the branches.
    const words = [e.first, e.test.last + 1, e.then.last + 1].map((index) => this.token(index));
    const parts = [e.test, e.then, e.else].map((part, i) =>
      sequence(words[i]!, this.#indent(sequence(LINE, this.layout(part)))),
    );
    return group(join(parts, LINE));
  }

  #logical({ operands }: Extract<Concrete, { kind: 'logical' }>): Document {
    const parts = operands.map((operand, i) => {
      if (i === operands.length - 1) return this.layout(operand);
      const operator = this.token(operand.last + 1, LINE);
      return sequence(this.layout(operand), SPACE, operator);
    });
    return sequenceOf(parts);
  }

  #relation({ left, right }: Extract<Concrete, { kind: 'relation' }>): Document {
    return sequence(this.layout(left), SPACE, this.token(left.last + 1), SPACE, this.layout(right));
  }

  #hasOrLike({ left, right }: Extract<Concrete, { kind: 'has' | 'like' }>): Document {
    return group(sequence(this.layout(left), LINE, this.token(left.last + 1), LINE, this.#indent(this.layout(right))));
  }

  #is(e: Extract<Concrete, { kind: 'is' }>): Document {
    const left = this.layout(e.left);
    const word = this.token(e.left.last + 1);
    const type = sequence(left, SPACE, word, SPACE, this.#indent(this.layout(e.type)));
    if (e.in === undefined) return group(type);
    const inWord = this.token(e.type.last + 1);
    return group(sequence(type, LINE, inWord, SPACE, this.#indent(this.layout(e.in))));
  }

  #arithmetic({ operands: [first, ...rest] }: Extract<Concrete, { kind: 'arithmetic' }>): Document {
    const parts = [this.layout(first!)];
    let before = first!;
    for (const operand of rest) {
      parts.push(SPACE, this.token(before.last + 1), LINE, this.layout(operand));
      before = operand;
    }
    return group(sequenceOf(parts));
  }

  #unary({ first, arg }: Extract<Concrete, { kind: 'unary' }>): Document {
    const operators = Array.from({ length: arg.first - first }, (_, i) => this.token(first + i));
    return group(sequenceOf([...operators, this.layout(arg)]));
  }

  #member({ item, accesses }: Extract<Concrete, { kind: 'member' }>): Document {
    const start = this.layout(item);
    const rest = accesses.map((access) => this.#access(access));
    return group(sequence(start, this.#indent(join(rest, SOFT_LINE))));
  }

  #access(access: Access): Document {
    switch (access.kind) {
      case 'attribute':
        return sequence(this.token(access.first), this.word(access.name));
      case 'call':
        return this.#call(access);
      case 'index':
        return sequence(this.token(access.first), this.layout(access.expr), this.token(access.last));
      default:
        return unreachable(access);
    }
  }

  #call({ first, last, args }: Extract<Access, { kind: 'call' }>): Document {
    const open = this.token(first);
    const body = args.length === 0 ? EMPTY : this.#elements(args, (arg) => this.layout(arg));
    const inside = args.length === 0 ? EMPTY : sequence(this.#indent(sequence(SOFT_LINE, body)), SOFT_LINE);
    return sequence(open, inside, this.token(last));
  }

  #path({ words }: Path): Document {
    const parts = words.map((word, i) =>
      i === 0 ? this.word(word) : sequence(this.token(words[i - 1]!.last + 1), this.word(word)),
    );
    return sequenceOf(parts);
  }

  #uid({ type, id }: Extract<Concrete, { kind: 'uid' }>): Document {
    return sequence(this.#path(type), this.token(type.last + 1), this.word(id));
  }

  #parentheses({ first, last, expr }: Extract<Concrete, { kind: 'parentheses' }>): Document {
    return group(sequence(this.token(first), indent(1, this.layout(expr)), this.token(last)));
  }

  #set({ first, last, elements }: Extract<Concrete, { kind: 'set' }>): Document {
    const inside = this.#elements(elements, (element) => this.layout(element));
    return sequence(this.token(first), indent(1, inside), this.token(last));
  }

  #record({ first, last, fields }: Extract<Concrete, { kind: 'record' }>): Document {
    const inside = this.#elements(fields, (field) => this.#field(field));
    const body = fields.length === 0 ? EMPTY : group(sequence(LINE, inside, LINE));
    return sequence(this.token(first), this.#indent(body), this.token(last));
  }

  #field({ key, value }: Field): Document {
    const name = this.layout(key);
    const body = this.layout(value);
    return sequence(name, withComments(text(':'), this.#tokens.claim(key.last + 1)), SPACE, body);
  }

  /** Elements with a comma between each two. */
  #elements<T extends Extent>(elements: readonly T[], layout: (element: T) => Document): Document {
    const parts = elements.map((element, i) => {
      if (i === 0) return layout(element);
      const comma = withComments(text(','), this.#tokens.claim(elements[i - 1]!.last + 1));
      return sequence(comma, LINE, layout(element));
    });
    return sequenceOf(parts);
  }
}
