/**
 * Schema docs — what the annotations `@doc("…")` of a schema say of entity types, actions and attributes.
 *
 * A resolved schema has no annotations, so they are read from the fragments that it was made of.
 */
import { type Fragment, qualify, type SchemaAnnotations, type TypeExpression } from '../schema/declaration.ts';

/** By path: the name of a type or the uid of an action, then the names of attributes. */
export class SchemaDocs {
  readonly #texts = new Map<string, string>();

  static readonly none = new SchemaDocs([]);

  constructor(fragments: readonly Fragment[]) {
    for (const [namespace, { entityTypes, actions }] of fragments.flatMap((fragment) => [...fragment])) {
      for (const [name, declaration] of entityTypes) {
        const path = [qualify(namespace, name)];
        this.#note(path, declaration.annotations);
        if (declaration.kind === 'standard') this.#noteType(path, declaration.shape);
      }
      for (const [id, { annotations, appliesTo }] of actions) {
        const path = [`${qualify(namespace, 'Action')}::${JSON.stringify(id)}`];
        this.#note(path, annotations);
        if (appliesTo !== undefined) this.#noteType(path, appliesTo.context);
      }
    }
  }

  of(path: readonly string[]): string | undefined {
    return this.#texts.get(JSON.stringify(path));
  }

  #note(path: readonly string[], annotations: SchemaAnnotations): void {
    const text = annotations.get('doc');
    if (text !== undefined) this.#texts.set(JSON.stringify(path), text);
  }

  /** Attributes that are written out; those of a common type are documented where that is declared. */
  #noteType(path: readonly string[], type: TypeExpression): void {
    if (type.kind === 'set') this.#noteType(path, type.element);
    if (type.kind !== 'record') return;
    for (const [name, attribute] of type.attributes) {
      const at = [...path, name];
      this.#note(at, attribute.annotations);
      this.#noteType(at, attribute.type);
    }
  }
}

/** The key of an action's docs. */
export function actionPath(type: string, id: string): readonly string[] {
  return [`${type}::${JSON.stringify(id)}`];
}
