/**
 * Holder — principal or resource, of a type that some action applies to: what policies about attributes are written for.
 */
import type { AttributeType, SchemaType } from '../../src/schema/type.ts';
import type { Expression } from '../../src/syntax/expression.ts';
import type { Scope } from '../../src/syntax/policy.ts';
import type { EntityType } from '../../src/value/entity-uid.ts';
import { chain, getAttr, hasAttr, variable } from './node.ts';
import { attributesOf } from './path.ts';
import type { Random } from './random.ts';
import type { World } from './world.ts';

export type Name = 'principal' | 'resource';

export interface Holder {
  readonly name: Name;
  readonly type: EntityType;
  readonly attributes: readonly Attribute[];
}

export type Attribute = AttributeType & { readonly name: string };

export function arbitraryHolder(random: Random, { schema, actions }: World): Holder {
  const { appliesToPrincipal, appliesToResource } = random.pick(
    actions.filter(({ appliesToPrincipal }) => appliesToPrincipal.size > 0),
  );
  const name = random.pick(['principal', 'resource'] as const);
  const type = random.pick([...(name === 'principal' ? appliesToPrincipal : appliesToResource)]);
  const { attributes } = attributesOf(schema, { kind: 'entity', name: type });
  return { name, type, attributes: [...attributes].map(([name, attribute]) => ({ name, ...attribute })) };
}

export function attributesThat({ attributes }: Holder, fits: (type: SchemaType) => boolean): readonly Attribute[] {
  return attributes.filter(({ type }) => fits(type));
}

/** The attribute of the holder. */
export function held({ name }: Holder, attribute: Attribute): Expression {
  return getAttr(variable(name), attribute.name);
}

/** A test of the attribute behind one that it is there. */
export function guarded({ name }: Holder, attribute: Attribute, test: Expression): Expression {
  return chain('and', hasAttr(variable(name), attribute.name), test);
}

/** The scope that nothing but the holder's type meets. */
export function scopeOf({ name, type }: Holder): Readonly<Partial<Record<Name, Scope>>> {
  return { [name]: { kind: 'is', type, typeSpan: undefined, span: undefined } };
}
