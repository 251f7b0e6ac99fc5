/**
 * Scope entity — the right side of a scope operator: a uid, a slot, a list, or something that is refused by name.
 *
 * Grammar: VariableDef
 */
import type { Expression } from '../../syntax/expression.ts';
import type { EntityUidOrSlot, SlotId } from '../../syntax/policy.ts';
import type { Span } from '../../syntax/span.ts';
import { EntityUid } from '../../value/entity-uid.ts';
import type { Cursor } from './cursor.ts';
import { type Path, parsePath, parseUidRest } from './name.ts';
import * as t from './token.ts';

/** The right side of a scope operator. */
export type Entity =
  | EntityUidOrSlot
  | {
      readonly kind: 'set';
      readonly uids: readonly EntityUid[];
      readonly elements: readonly Entity[];
      readonly span: Span;
    }
  | { readonly kind: 'is'; readonly span: Span }
  | { readonly kind: 'broken'; readonly span: Span }
  | { readonly kind: 'other'; readonly found: string; readonly help: string | undefined; readonly span: Span };

/** A uid, a slot or a list is read straight away; anything else as an expression, to say what it is. */
export function parseEntity(c: Cursor): Entity {
  const start = c.start;
  const before = c.problems.length;
  if (c.token === t.SLOT) {
    const slot = c.slice() as SlotId;
    c.next();
    if (atEndOfElement(c)) return { kind: 'slot', slot, span: c.spanFrom(start) };
  } else if (c.token === t.LBRACKET) {
    const set = parseEntities(c);
    if (set !== undefined) return set;
  } else if (t.isCommonIdentifier(c.token)) {
    const name = parsePath(c);
    if (name.ref) {
      const uid = parseUidRest(c, name);
      const span = c.spanFrom(start);
      if (atEndOfElement(c)) {
        return c.problems.length > before ? { kind: 'broken', span } : { kind: 'entityUid', uid, span };
      }
    } else if (atEndOfElement(c)) return refusedName(c, name, before);
  }
  c.problems.length = before;
  c.rewind(start);
  return entityOf(c, c.rules.expression(c), c.spanFrom(start), before);
}

function atEndOfElement(c: Cursor): boolean {
  return c.token === t.COMMA || c.token === t.RPAREN || c.token === t.RBRACKET;
}

function refusedName(c: Cursor, name: Path, before: number): Entity {
  c.problems.length = before;
  return { kind: 'other', found: `name \`${name.text}\``, help: NAME_HELP, span: { start: name.start, end: name.end } };
}

export const NAME_HELP = 'name';

/** `[uid, …]`; `undefined` when something goes on after the bracket. */
function parseEntities(c: Cursor): Entity | undefined {
  const start = c.start;
  c.next();
  const elements: Entity[] = [];
  const uids: EntityUid[] = [];
  while (c.token !== t.RBRACKET) {
    const element = parseEntity(c);
    elements.push(element);
    if (element.kind === 'entityUid') uids.push(element.uid);
    if (!c.accept(t.COMMA)) break;
  }
  c.expect(t.RBRACKET);
  return atEndOfElement(c) ? { kind: 'set', uids: uids.slice(), elements, span: c.spanFrom(start) } : undefined;
}

/** What an expression in a scope is. Parentheses leave no trace. */
function entityOf(c: Cursor, expr: Expression, span: Span, before: number): Entity {
  if (c.problems.length > before) return { kind: 'broken', span };
  if (expr.kind === 'slot') return { kind: 'slot', slot: expr.slot, span: expr.span ?? span };
  if (expr.kind === 'lit' && expr.value instanceof EntityUid) {
    return { kind: 'entityUid', uid: expr.value, span: expr.span ?? span };
  }
  if (expr.kind === 'set') {
    const elements = expr.elements.map((element) => entityOf(c, element, element.span ?? span, before));
    const uids = elements.flatMap((element) => (element.kind === 'entityUid' ? [element.uid] : []));
    return { kind: 'set', uids, elements, span: expr.span ?? span };
  }
  if (expr.kind === 'is') return { kind: 'is', span };
  const { found, help } = describeEntity(expr, c.text.slice(span.start, span.end));
  return { kind: 'other', found, help, span: expr.span ?? span };
}

function describeEntity(expr: Expression, text: string): { found: string; help?: string | undefined } {
  switch (expr.kind) {
    case 'lit':
      return {
        found: `literal \`${text}\``,
        help:
          typeof expr.value === 'string'
            ? 'try including the entity type if you intended this string to be an entity uid'
            : undefined,
      };
    case 'var':
      return { found: `name \`${expr.name}\``, help: NAME_HELP };
    case 'ite':
      return { found: 'an `if` expression' };
    case 'and':
      return { found: 'a `&&` expression', help: oneConstraint('&&') };
    case 'or':
      return { found: 'a `||` expression', help: oneConstraint('||') };
    case 'unary':
      return expr.op === 'isEmpty' ? MEMBER : { found: `a \`${expr.op === '!' ? '!' : '-'}\` expression` };
    case 'binary':
      return describeBinary(expr.op);
    case 'getAttr':
    case 'call':
      return MEMBER;
    case 'hasAttr':
      return { found: 'a `has` expression' };
    case 'like':
      return { found: 'a `like` expression' };
    case 'record':
      return { found: 'record initializer' };
    default:
      return { found: 'an expression' };
  }
}

function oneConstraint(operator: '&&' | '||'): string {
  const start = 'the policy scope can only contain one constraint per variable. Consider moving the second operand of';
  return `${start} this \`${operator}\` into a ${operator === '&&' ? '`when` condition' : 'new policy'}`;
}

const MEMBER = {
  found: 'a `.` expression',
  help: 'entity types and namespaces cannot use `.` characters -- perhaps try `_` or `::` instead?',
};

function describeBinary(op: string): { found: string; help?: string } {
  switch (op) {
    case '*':
      return { found: 'a `*` expression' };
    case '+':
    case '-':
      return {
        found: 'a `+/-` expression',
        help: 'entity types and namespaces cannot use `+` or `-` characters -- perhaps try `_` or `::` instead?',
      };
    case 'contains':
    case 'containsAll':
    case 'containsAny':
    case 'getTag':
    case 'hasTag':
      return MEMBER;
    default:
      return { found: 'a binary operator' };
  }
}
