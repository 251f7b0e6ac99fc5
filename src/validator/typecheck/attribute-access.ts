/**
 * Attribute access — how messages tell which attribute of what is meant: from the entity or the context on, or as far as it can be followed.
 */
import { nameProblem } from '../../schema/name.ts';
import type { EntityType, EntityUid } from '../../value/entity-uid.ts';
import { escapeDebug } from '../../value/quote.ts';
import type { RequestEnvironment } from '../environment.ts';
import { entityTypesOf } from '../type.ts';
import type { TypedExpr } from './typed-expression.ts';

export interface AttributeAccess {
  /** From the outermost access inwards: `x.a.b` is `b`, `a`. */
  readonly attrs: readonly string[];
  readonly of:
    | { readonly kind: 'entity'; readonly types: readonly EntityType[] }
    | { readonly kind: 'context'; readonly action: EntityUid }
    | { readonly kind: 'other' };
}

export function attributeAccess(receiver: TypedExpr, attr: string, environment: RequestEnvironment): AttributeAccess {
  const attrs = [attr];
  for (let e = receiver; ; e = e.expr) {
    const types = entityTypesOf(e.type);
    if (types !== undefined) return { attrs, of: { kind: 'entity', types } };
    if (e.kind === 'var' && e.name === 'context')
      return { attrs, of: { kind: 'context', action: environment.action.uid } };
    if (e.kind !== 'getAttr') return { attrs, of: { kind: 'other' } };
    attrs.push(e.attr);
  }
}

export function accessText({ attrs, of }: AttributeAccess): string {
  const path = `\`${pathText(attrs, false)}\``;
  if (of.kind === 'context') return `${path} in context for ${of.action}`;
  if (of.kind === 'other') return path;
  return `${path} on entity type${of.types.length === 1 ? '' : 's'} ${of.types.map((type) => `\`${type}\``).join(', ')}`;
}

/** A test that makes the access safe. */
export function hasGuard({ attrs, of }: AttributeAccess): string {
  const [attr = '', ...path] = attrs;
  const receiver = `${of.kind === 'context' ? 'context' : 'e'}${pathText(path, true)}`;
  return `${receiver} has ${isIdentifier(attr) ? attr : `"${escapeDebug(attr)}"`}`;
}

function pathText(attrs: readonly string[], dotFirst: boolean): string {
  const parts = [...attrs].reverse().map((attr, i) => {
    if (!isIdentifier(attr)) return `["${escapeDebug(attr)}"]`;
    return i > 0 || dotFirst ? `.${attr}` : attr;
  });
  return parts.join('');
}

function isIdentifier(attr: string): boolean {
  return nameProblem(attr, 'Id') === undefined;
}
