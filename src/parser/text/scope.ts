/**
 * Scope — the three constraints in a policy's parentheses.
 *
 * The grammar allows any expressions there; what is refused is refused by name.
 *
 * Grammar: VariableDef
 */
import type { ActionScope, EntityUidOrSlot, Scope } from '../../syntax/policy.ts';
import type { Span } from '../../syntax/span.ts';
import { type EntityUid, isActionType } from '../../value/entity-uid.ts';
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
} from '../error.ts';
import type { Cursor } from './cursor.ts';
import { comparison } from './expression.ts';
import { type Path, parsePath } from './name.ts';
import { parseType } from './relation.ts';
import { type Entity, NAME_HELP, parseEntity } from './scope-entity.ts';
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
  const element = new Element();
  while (c.token !== t.RPAREN) {
    parseElement(c, element);
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

/**
 * An element as the grammar has it, one of a policy after another. Problems of its parts are kept aside until it is known which of them are
 * reported.
 */
class Element {
  /** The variable's token and where it ends; it begins where the element does. */
  token: number = t.EOF;
  variableEnd = 0;
  typeConstraint: Span | undefined = undefined;
  type: Path | undefined = undefined;
  operator: ReturnType<typeof comparison> = undefined;
  entity: Entity | undefined = undefined;
  span: Span = { start: 0, end: 0 };
  /** Where the list of problems stood before it. */
  before = 0;
}

function parseElement(c: Cursor, element: Element): void {
  element.before = c.problems.length;
  const start = c.start;
  if (!t.isIdentifier(c.token)) throw c.syntaxFailure();
  element.token = c.token;
  element.variableEnd = c.end;
  c.next();
  element.typeConstraint = c.token === t.COLON ? parseTypeConstraint(c) : undefined;
  element.type = c.accept(t.IS) ? parseType(c, LEFT_OF_IS[variableOf(element)]) : undefined;
  element.operator = comparison(c.token);
  element.entity = undefined;
  if (element.operator !== undefined) {
    c.next();
    element.entity = parseEntity(c);
  }
  element.span = c.spanFrom(start);
}

/** What stands before `is`, for messages. */
const LEFT_OF_IS = {
  principal: { kind: 'var', name: 'principal', span: undefined },
  action: { kind: 'var', name: 'action', span: undefined },
  resource: { kind: 'var', name: 'resource', span: undefined },
} as const;

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

function variableOf({ token }: Pick<Element, 'token'>): ScopeVariable {
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
    if (!isAction(entity.uid)) checkActionTypes(c, [entity.uid], entity.span);
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
  if (uids.every(isAction)) return;
  const wrong = uids.filter((uid) => !isAction(uid));
  c.report(
    invalidActionType(
      wrong.map(({ type, id }) => `${type}::"${id}"`),
      span ?? { start: 0, end: 0 },
    ),
  );
}

function isAction({ type }: EntityUid): boolean {
  return isActionType(type);
}

function refuseExtra(c: Cursor, { span, before }: Element): void {
  c.problems.length = before;
  c.report(extraScopeElement(c.text.slice(span.start, span.end), span));
}
