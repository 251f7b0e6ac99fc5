/**
 * Schema type — a type of a schema as the TypeScript type of the data that are given for it.
 *
 *     SchemaType → text
 *
 * An attribute that is `undefined` counts as absent when data are read by a schema, so an optional attribute may be so.
 */

import type { Schema } from '../schema/schema.ts';
import type { ExtensionTypeName, RecordType, SchemaType } from '../schema/type.ts';
import type { EntityType } from '../value/entity-uid.ts';
import { unreachable } from '../value/unreachable.ts';
import type { SchemaDocs } from './schema-docs.ts';
import { docComment, literal, memberName, union } from './typescript.ts';

/** The types of the package that declarations may use. */
export type ImportedType =
  | 'DatetimeInput'
  | 'EntityStore'
  | 'ExtensionInput'
  | 'ModuleEngine'
  | 'PolicyModule'
  | 'RequestOf'
  | 'SetInput'
  | 'TypedSchema'
  | 'Uid';

const EXTENSIONS: Readonly<Record<Exclude<ExtensionTypeName, 'datetime'>, string>> = {
  ipaddr: "ExtensionInput<'ip'>",
  decimal: "ExtensionInput<'decimal'>",
  duration: 'ExtensionInput',
};

/** Writes types, and notes what they import. */
export class TypeWriter {
  readonly imported = new Set<ImportedType>();
  readonly #schema: Schema;
  readonly #docs: SchemaDocs;

  constructor(schema: Schema, docs: SchemaDocs) {
    this.#schema = schema;
    this.#docs = docs;
  }

  /** `path` leads to the docs of its attributes; `indent` is that of the line it stands in. */
  typeOf(type: SchemaType, path: readonly string[], indent: string): string {
    switch (type.kind) {
      case 'bool':
        return 'boolean';
      case 'long':
        return 'number | bigint';
      case 'string':
        return 'string';
      case 'entity':
        return this.uidOf(type.name);
      case 'set':
        this.imported.add('SetInput');
        return `SetInput<${this.typeOf(type.element, path, indent)}>`;
      case 'record':
        return this.recordOf(type, path, indent);
      case 'ext':
        return this.#extension(type.name);
      default:
        return unreachable(type);
    }
  }

  recordOf({ attributes }: RecordType, path: readonly string[], indent: string): string {
    if (attributes.size === 0) return 'Readonly<Record<string, never>>';
    const inner = `${indent}  `;
    const members = Array.from(attributes, ([name, { type, required }]) => {
      const at = [...path, name];
      const text = this.typeOf(type, at, inner);
      const member = required ? `: ${text}` : `?: ${text} | undefined`;
      return `${docComment(this.#docs.of(at), inner)}${inner}readonly ${memberName(name)}${member};\n`;
    });
    return `{\n${members.join('')}${indent}}`;
  }

  uidOf(name: EntityType): string {
    this.imported.add('Uid');
    const entry = this.#schema.entityTypes.get(name);
    return entry?.kind === 'enum' ? `Uid<${literal(name)}, ${idsOf(entry.ids)}>` : `Uid<${literal(name)}>`;
  }

  docOf(path: readonly string[], indent: string): string {
    return docComment(this.#docs.of(path), indent);
  }

  #extension(name: ExtensionTypeName): string {
    this.imported.add(name === 'datetime' ? 'DatetimeInput' : 'ExtensionInput');
    return name === 'datetime' ? 'DatetimeInput' : EXTENSIONS[name];
  }
}

/** The ids of an enumerated type. */
export function idsOf(ids: readonly string[]): string {
  return union(ids.map(literal));
}
