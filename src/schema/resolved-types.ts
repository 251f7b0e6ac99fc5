/**
 * Resolved types — a fragment with every name replaced by the full name of what it stands for, and told whether that is an entity type.
 *
 *     Fragment → Fragment, or the names that stand for nothing
 *
 * The rest of what makes a schema (shadowing, cycles, records) is not looked at, as in the official build.
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import { unreachable } from '../value/unreachable.ts';
import type {
  ActionDeclaration,
  EntityTypeDeclaration,
  Fragment,
  NamespaceDeclaration,
  TypeExpression,
  TypeName,
} from './declaration.ts';
import { type Definitions, gatherDefinitions } from './definitions.ts';
import { checkReferences, resolveAction, resolveName } from './reference.ts';

export interface FragmentOfResolvedTypes {
  /** `undefined` iff there is a diagnostic. */
  readonly fragment: Fragment | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export function resolveTypes(fragment: Fragment): FragmentOfResolvedTypes {
  const [definitions] = gatherDefinitions([fragment]);
  const diagnostics = checkReferences(definitions);
  if (diagnostics.length > 0) return { fragment: undefined, diagnostics };
  const resolved = [...fragment].map(([namespace, declared]): [string, NamespaceDeclaration] => [
    namespace,
    new TypeResolver(namespace, definitions).namespaceOf(declared),
  ]);
  return { fragment: new Map(resolved), diagnostics };
}

class TypeResolver {
  readonly #namespace: string;
  readonly #definitions: Definitions;

  constructor(namespace: string, definitions: Definitions) {
    this.#namespace = namespace;
    this.#definitions = definitions;
  }

  namespaceOf({ commonTypes, entityTypes, actions, annotations }: NamespaceDeclaration): NamespaceDeclaration {
    return {
      commonTypes: mapValues(commonTypes, (each) => ({ ...each, type: this.#type(each.type) })),
      entityTypes: mapValues(entityTypes, (each) => this.#entityType(each)),
      actions: mapValues(actions, (each) => this.#action(each)),
      annotations,
    };
  }

  #entityType(declaration: EntityTypeDeclaration): EntityTypeDeclaration {
    if (declaration.kind === 'enum') return declaration;
    if (declaration.kind === 'external')
      return { ...declaration, parents: declaration.parents.map((name) => this.#entityName(name)) };
    const { parents, shape, tags } = declaration;
    return {
      ...declaration,
      parents: parents.map((name) => this.#entityName(name)),
      shape: this.#type(shape),
      tags: tags === undefined ? undefined : this.#type(tags),
    };
  }

  #action(declaration: ActionDeclaration): ActionDeclaration {
    const { parents, appliesTo } = declaration;
    return {
      ...declaration,
      parents: parents?.map((parent) => {
        const { uid } = resolveAction(parent, this.#namespace, this.#definitions)!;
        return { type: { name: uid.type, span: parent.type?.span }, id: uid.id, span: parent.span };
      }),
      appliesTo: appliesTo && {
        principals: appliesTo.principals.map((name) => this.#entityName(name)),
        resources: appliesTo.resources.map((name) => this.#entityName(name)),
        context: this.#type(appliesTo.context),
      },
    };
  }

  #entityName({ name, span }: TypeName): TypeName {
    return { name: resolveName(name, this.#namespace, 'entity', this.#definitions)!.name, span };
  }

  #type(type: TypeExpression): TypeExpression {
    switch (type.kind) {
      case 'bool':
      case 'long':
      case 'string':
      case 'extension':
        return type;
      case 'set':
        return { kind: 'set', element: this.#type(type.element) };
      case 'record':
        return {
          ...type,
          attributes: mapValues(type.attributes, (each) => ({ ...each, type: this.#type(each.type) })),
        };
      case 'entity':
      case 'common':
      case 'entityOrCommon': {
        const { kind, name } = resolveName(type.name.name, this.#namespace, type.kind, this.#definitions)!;
        return { kind, name: { name, span: type.name.span } };
      }
      default:
        return unreachable(type);
    }
  }
}

function mapValues<T>(map: ReadonlyMap<string, T>, change: (value: T) => T): Map<string, T> {
  return new Map([...map].map(([name, value]) => [name, change(value)]));
}
