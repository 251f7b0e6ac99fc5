/**
 * Scope — the three constraints in a policy's parentheses.
 *
 * The grammar allows any expressions there; what is refused is refused by name.
 *
 * Grammar: VariableDef
 */
import type { Expression } from '../syntax/expression.ts';
import type { ActionScope, EntityUidOrSlot, Scope, SlotId } from '../syntax/policy.ts';
import type { Span } from '../syntax/span.ts';
import { EntityUid } from '../value/entity-uid.ts';
import type { Cursor } from './cursor.ts';
import {
  extraScopeElement,
  inBeforeIs,
  incorrectScopeVariable,
  invalidActionScopeOperator,
  invalidActionType,
  invalidScopeOperator,
  invalidScopeVariable,
  isInActionScope,
  isWithEq,
  missingScopeVariable,
  singleEq,
  typeConstraint,
  wrongScopeEntity,
} from './error.ts';
import { comparison, parseExpr } from './expression.ts';
import { type Path, parsePath, parseUidRest } from './name.ts';
import { parseType } from './relation.ts';
import * as t from './token.ts';

export interface PolicyScope {
  readonly principal: Scope;
  readonly action: ActionScope;
  readonly resource: Scope;
}

const VARIABLES = ['principal', 'action', 'resource'] as const;
type ScopeVariable = (typeof VARIABLES)[number];

const NO_CONSTRAINT: Scope & ActionScope = { kind: 'any', span: undefined };

/** Parses `principal …, action …, resource …` up to the closing parenthesis. The cursor has just consumed the opening one. */
export function parseScope(c: Cursor, effectEnd: number): PolicyScope {
  let principal: Scope = NO_CONSTRAINT;
  let action: ActionScope = NO_CONSTRAINT;
  let resource: Scope = NO_CONSTRAINT;
  let count = 0;
  let end = effectEnd;
  while (c.token !== t.RPAREN) {
    const element = parseElement(c);
    if (count === 0) principal = scopeOf(c, element, 'principal');
    else if (count === 1) action = actionScopeOf(c, element);
    else if (count === 2) resource = scopeOf(c, element, 'resource');
    else refuseExtra(c, element);
    if (count++ < 2) end = c.previousEnd;
    if (!c.accept(t.COMMA)) break;
  }
  for (; count < 3; count++) c.report(missingScopeVariable(VARIABLES[count]!, { start: end, end }));
  return { principal, action, resource };
}

/** One element as the grammar has it. Problems of its parts are kept aside until it is known which of them are reported. */
interface Element {
  /** The variable's token and where it ends; it begins where the element does. */
  readonly token: number;
  readonly variableEnd: number;
  readonly typeConstraint: Span | undefined;
  readonly type: Path | undefined;
  readonly operator: ReturnType<typeof comparison>;
  readonly entity: Entity | undefined;
  readonly span: Span;
  /** Where the list of problems stood before it. */
  readonly before: number;
}

function parseElement(c: Cursor): Element {
  const before = c.problems.length;
  const start = c.start;
  if (!t.isIdentifier(c.token)) throw c.syntaxFailure();
  const token = c.token;
  const variableEnd = c.end;
  c.next();
  const constraint = c.token === t.COLON ? parseTypeConstraint(c) : undefined;
  const type = c.accept(t.IS) ? parseType(c, { start, end: variableEnd }) : undefined;
  const operator = comparison(c.token);
  let entity: Entity | undefined;
  if (operator !== undefined) {
    c.next();
    entity = parseEntity(c);
  }
  const span = c.spanFrom(start);
  return { token, variableEnd, typeConstraint: constraint, type, operator, entity, span, before };
}

/** `principal: T`, which Cedar refuses. */
function parseTypeConstraint(c: Cursor): Span {
  c.next();
  const start = c.start;
  const before = c.problems.length;
  if (c.token === t.IF || c.token === t.TRUE || c.token === t.FALSE) throw c.syntaxFailure();
  if (parsePath(c).ref) throw c.syntaxFailure();
  c.problems.length = before;
  return c.spanFrom(start);
}

/** The right side of a scope operator. */
type Entity =
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
function parseEntity(c: Cursor): Entity {
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
  return entityOf(c, parseExpr(c), c.spanFrom(start), before);
}

function atEndOfElement(c: Cursor): boolean {
  return c.token === t.COMMA || c.token === t.RPAREN || c.token === t.RBRACKET;
}

function refusedName(c: Cursor, name: Path, before: number): Entity {
  c.problems.length = before;
  return { kind: 'other', found: `name \`${name.text}\``, help: NAME_HELP, span: { start: name.start, end: name.end } };
}

const NAME_HELP = 'name';

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
  return atEndOfElement(c) ? { kind: 'set', uids, elements, span: c.spanFrom(start) } : undefined;
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

/** The constraint of `principal` or `resource`. */
function scopeOf(c: Cursor, element: Element, expected: 'principal' | 'resource'): Scope {
  const { type, operator, entity, span } = element;
  if (!checkVariable(c, element) || !checkConstraint(c, element)) return NO_CONSTRAINT;
  const variable = variableOf(element);
  let scope: Scope = { kind: 'any', span };
  if (operator !== undefined && entity !== undefined) {
    if (operator === 'in' && entity.kind === 'is') {
      c.report(inBeforeIs(span));
      return scope;
    }
    const checked = entityOrSlot(c, entity, variable);
    if (checked === undefined) return scope;
    const problem = operatorProblem(operator, type, span);
    if (problem !== undefined) c.report(problem);
    else scope = scopeWith(operator, type, checked, span);
  } else if (type !== undefined) {
    scope = { kind: 'is', type: type.text, typeSpan: { start: type.start, end: type.end }, span };
  }
  if (variable !== expected && c.problems.length === element.before) {
    c.report(incorrectScopeVariable(variable, expected, span));
  }
  return scope;
}

function scopeWith(operator: string, type: Path | undefined, entity: EntityUidOrSlot, span: Span): Scope {
  if (operator === '==') return { kind: 'eq', entity, span };
  if (type === undefined) return { kind: 'mem', entity, span };
  return { kind: 'isMem', type: type.text, typeSpan: { start: type.start, end: type.end }, entity, span };
}

function operatorProblem(operator: string, type: Path | undefined, span: Span) {
  switch (operator) {
    case '==':
      return type === undefined ? undefined : isWithEq(span);
    case 'in':
      return undefined;
    case '=':
      return singleEq(span);
    default:
      return invalidScopeOperator(operator, span);
  }
}

function variableOf({ token }: Element): ScopeVariable {
  return token === t.PRINCIPAL ? 'principal' : token === t.ACTION ? 'action' : 'resource';
}

/** Is the element's word one of the three variables? */
function checkVariable(c: Cursor, { token, variableEnd, span, before }: Element): boolean {
  if (token === t.PRINCIPAL || token === t.ACTION || token === t.RESOURCE) return true;
  c.problems.length = before;
  const { start } = span;
  c.report(invalidScopeVariable(c.text.slice(start, variableEnd), { start, end: variableEnd }));
  return false;
}

function checkConstraint(c: Cursor, { typeConstraint: span, before }: Element): boolean {
  if (span === undefined) return true;
  c.problems.length = before;
  c.report(typeConstraint(span));
  return false;
}

const UID_OR_SLOT = 'an entity uid or matching template slot';

function entityOrSlot(c: Cursor, entity: Entity, variable: ScopeVariable): EntityUidOrSlot | undefined {
  switch (entity.kind) {
    case 'entityUid':
      return entity;
    case 'slot':
      if (entity.slot === `?${variable}`) return entity;
      c.report(
        wrongScopeEntity(UID_OR_SLOT, `${entity.slot} instead of ?${variable}`, entity.span ?? { start: 0, end: 0 }),
      );
      return undefined;
    case 'set':
      c.report(wrongScopeEntity('single entity uid or template slot', 'set of entity uids', entity.span));
      return undefined;
    default:
      refuse(c, entity, UID_OR_SLOT, variable);
      return undefined;
  }
}

type Refused = Extract<Entity, { kind: 'is' | 'other' | 'broken' }>;

function refuse(c: Cursor, entity: Refused, expected: string, variable: ScopeVariable): void {
  if (entity.kind === 'broken') return;
  if (entity.kind === 'is') {
    c.report(wrongScopeEntity(expected, 'an `is` expression', entity.span));
    return;
  }
  const help = entity.help === NAME_HELP ? nameHelp(variable) : entity.help;
  c.report(wrongScopeEntity(expected, entity.found, entity.span, help));
}

function nameHelp(variable: ScopeVariable): string {
  const include = 'including an identifier string if you intended this name to be an entity uid';
  return variable === 'action' ? `try ${include}` : `try using \`is\` to test for an entity type or ${include}`;
}

/** The constraint of `action`. */
function actionScopeOf(c: Cursor, element: Element): ActionScope {
  const { type, operator, entity, span, before } = element;
  if (!checkVariable(c, element)) return NO_CONSTRAINT;
  if (element.token !== t.ACTION) {
    c.problems.length = before;
    c.report(incorrectScopeVariable(variableOf(element), 'action', span));
    return NO_CONSTRAINT;
  }
  if (!checkConstraint(c, element)) return NO_CONSTRAINT;
  if (type !== undefined || (operator === 'in' && entity?.kind === 'is')) {
    c.problems.length = before;
    c.report(isInActionScope(span));
    return NO_CONSTRAINT;
  }
  if (operator === undefined || entity === undefined) return { kind: 'any', span };
  if (operator === '==' || operator === 'in') return actionScopeWith(c, operator, entity, span);
  c.problems.length = before;
  c.report(operator === '=' ? singleEq(span) : invalidActionScopeOperator(operator, span));
  return NO_CONSTRAINT;
}

function actionScopeWith(c: Cursor, operator: '==' | 'in', entity: Entity, span: Span): ActionScope {
  if (entity.kind === 'entityUid') {
    checkActionTypes(c, [entity.uid], entity.span);
    return { kind: operator === '==' ? 'eq' : 'mem', uid: entity.uid, uidSpan: entity.span, span };
  }
  if (operator === 'in' && entity.kind === 'set') {
    const before = c.problems.length;
    for (const element of entity.elements) if (element.kind !== 'entityUid') refuseAction(c, element, '==');
    if (c.problems.length === before) checkActionTypes(c, entity.uids, entity.span);
    return { kind: 'memAny', uids: entity.uids, uidSpans: entity.elements.map(({ span }) => span), span };
  }
  refuseAction(c, entity, operator);
  return NO_CONSTRAINT;
}

function refuseAction(c: Cursor, entity: Entity, operator: '==' | 'in'): void {
  const short = operator === '==' ? 'single entity uid' : 'single entity uid or set of entity uids';
  const long = operator === '==' ? 'an entity uid' : 'an entity uid or set of entity uids';
  switch (entity.kind) {
    case 'entityUid':
      return;
    case 'slot':
      c.report(wrongScopeEntity(short, 'template slot', entity.span ?? { start: 0, end: 0 }));
      return;
    case 'set':
      c.report(wrongScopeEntity(short, 'set of entity uids', entity.span));
      return;
    default:
      refuse(c, entity, long, 'action');
  }
}

/** The last component of the type of every uid in an action scope must be `Action`. */
function checkActionTypes(c: Cursor, uids: readonly EntityUid[], span: Span | undefined): void {
  const wrong = uids.filter(({ type }) => !isActionType(type));
  if (wrong.length === 0) return;
  c.report(
    invalidActionType(
      wrong.map(({ type, id }) => `${type}::"${id}"`),
      span ?? { start: 0, end: 0 },
    ),
  );
}

export function isActionType(type: string): boolean {
  return type === 'Action' || type.endsWith('::Action');
}

function refuseExtra(c: Cursor, { span, before }: Element): void {
  c.problems.length = before;
  c.report(extraScopeElement(c.text.slice(span.start, span.end), span));
}
