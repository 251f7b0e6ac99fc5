/**
 * Declarations — the TypeScript types of a schema, of policies, and of a module that is built from both.
 *
 *     Schema × Policies → text of interfaces `Entities`, `Actions`, `Policies`
 *
 * Same input, same bytes: in the order of the schema and of the policies. Types, not inference over the text of a schema: that is slow for large ones.
 */
import type { ActionEntry, EntityTypeEntry, Schema } from '../schema/schema.ts';
import type { Annotation } from '../syntax/policy.ts';
import { unreachable } from '../value/unreachable.ts';
import { actionPath, SchemaDocs } from './schema-docs.ts';
import { type ImportedType, idsOf, TypeWriter } from './schema-type.ts';
import { literal, memberName, union } from './typescript.ts';

/** A policy as the declarations have it. */
export interface DeclaredPolicy {
  readonly id: string;
  readonly annotations: readonly Annotation[];
}

export interface Declared {
  readonly schema?: Schema | undefined;
  readonly docs?: SchemaDocs | undefined;
  /** Static policies and links, in order; none for the types of a schema alone. */
  readonly policies?: readonly DeclaredPolicy[] | undefined;
  /** Whether the module has a store of static entities. */
  readonly hasStore?: boolean | undefined;
}

export const GENERATED = '// Written by cedarmill. Do not edit: change the policies or their schema, and build again.';

/** The interfaces alone: what `cedarmill types` writes. */
export function schemaDeclarations(declared: Declared): string {
  const [body, imported] = interfacesOf(declared);
  return file(body, imported);
}

/** The interfaces, and what a built module exports. */
export function moduleDeclarations(declared: Declared): string {
  const [body, imported] = interfacesOf(declared);
  const typed = declared.schema !== undefined;
  const parameters = [typed ? 'Actions' : 'object', typed ? 'Entities' : 'object', 'Policies'].join(', ');
  imported.add('ModuleEngine').add('PolicyModule');
  const exported = [
    '/** The engine of the policies. */',
    `declare const engine: ModuleEngine<${parameters}>;`,
    'export default engine;',
    '/** The compiled policies, for `load` and `engine.replace`. */',
    `export declare const policies: PolicyModule<${parameters}>;`,
  ];
  if (typed) {
    imported.add('TypedSchema');
    exported.push(
      '/** The schema, for a store whose entities are checked by it. */',
      'export declare const schema: TypedSchema<Actions, Entities>;',
    );
  }
  if (declared.hasStore === true) {
    imported.add('EntityStore');
    exported.push(
      '/** The static entities: `store.with([…])` adds those of a request. */',
      `export declare const store: EntityStore<${typed ? 'Entities' : 'object'}>;`,
    );
  }
  return file([...body, exported.join('\n')], imported);
}

/** Sorted, so that the order of their use does not show. */
function file(body: readonly string[], imported: ReadonlySet<ImportedType>): string {
  const names = [...imported].sort();
  const imports = names.length === 0 ? [] : [`import type { ${names.join(', ')} } from 'cedarmill/runtime';`];
  return `${GENERATED}\n/* eslint-disable */\n${[...imports, ...body].join('\n\n')}\n`;
}

function interfacesOf({ schema, docs = SchemaDocs.none, policies }: Declared): [string[], Set<ImportedType>] {
  const body: string[] = [];
  const imported = new Set<ImportedType>();
  if (schema !== undefined) {
    const writer = new TypeWriter(schema, docs);
    body.push(entitiesOf(schema, writer), actionsOf(schema, writer), requestAlias());
    for (const each of writer.imported) imported.add(each);
    imported.add('RequestOf');
  }
  if (policies !== undefined) body.push(policiesOf(policies));
  return [body, imported];
}

function entitiesOf(schema: Schema, writer: TypeWriter): string {
  const members = Array.from(schema.entityTypes.values(), (entry) => {
    const doc = writer.docOf([entry.name], '  ');
    return `${doc}  readonly ${memberName(entry.name)}: ${entityType(entry, writer)};\n`;
  });
  return `/** The entity types, by name. */\nexport interface Entities {\n${members.join('')}}`;
}

function entityType(entry: EntityTypeEntry, writer: TypeWriter): string {
  const shape = (id: string, attrs: string, parents: string, tags: string) =>
    `{\n    readonly id: ${id};\n    readonly attrs: ${attrs};\n    readonly parents: ${parents};\n    readonly tags: ${tags};\n  }`;
  switch (entry.kind) {
    case 'enum':
      return shape(idsOf(entry.ids), NO_ATTRIBUTES, 'never', 'never');
    case 'external':
      return shape('string', 'object', namesOf(entry.parents), 'unknown');
    case 'standard': {
      const attrs = writer.recordOf(entry.attributes, [entry.name], '    ');
      const tags = entry.tags === undefined ? 'never' : writer.typeOf(entry.tags, [entry.name], '    ');
      return shape('string', attrs, namesOf(entry.parents), tags);
    }
    default:
      return unreachable(entry);
  }
}

const NO_ATTRIBUTES = 'Readonly<Record<string, never>>';

function namesOf(types: Iterable<string>): string {
  return union(Array.from(types, literal));
}

/** Groups of actions apply to nothing, so no request is for one of them. */
function actionsOf(schema: Schema, writer: TypeWriter): string {
  const asked = [...schema.actions.values()].filter(
    ({ appliesToPrincipal, appliesToResource }) => appliesToPrincipal.size > 0 && appliesToResource.size > 0,
  );
  const members = asked.map(
    (entry) => `${docOfAction(entry, writer)}  readonly ${actionType(entry, schema, writer)};\n`,
  );
  return `/** The actions that requests may be for, by the name that requests give them. */\nexport interface Actions {\n${members.join('')}}`;
}

function docOfAction({ uid }: ActionEntry, writer: TypeWriter): string {
  return writer.docOf(actionPath(uid.type, uid.id), '  ');
}

function actionType(entry: ActionEntry, schema: Schema, writer: TypeWriter): string {
  const { uid, appliesToPrincipal, appliesToResource, context } = entry;
  const members = [
    `principal: ${namesOf(appliesToPrincipal)}`,
    `resource: ${namesOf(appliesToResource)}`,
    `context: ${writer.recordOf(context, actionPath(uid.type, uid.id), '    ')}`,
  ];
  const text = members.map((member) => `    readonly ${member};\n`).join('');
  return `${memberName(requestName(entry, schema))}: {\n${text}  }`;
}

/** The bare id where the schema has actions of one type only; an id with a quote in it could be taken for a uid. */
function requestName({ uid }: ActionEntry, { actionTypes }: Schema): string {
  return actionTypes.size === 1 && !uid.id.includes('"') ? uid.id : `${uid}`;
}

function requestAlias(): string {
  return [
    '/** A request for an action. */',
    'export type Request<A extends keyof Actions = keyof Actions> = RequestOf<Actions, Entities, A>;',
  ].join('\n');
}

function policiesOf(policies: readonly DeclaredPolicy[]): string {
  const members = policies.map(({ id, annotations }) => {
    const values = annotations.map(({ key, value = '' }) => `readonly ${memberName(key)}: ${literal(value)}`);
    const type = values.length === 0 ? NO_ATTRIBUTES : `{ ${values.join('; ')} }`;
    return `  readonly ${memberName(id)}: ${type};\n`;
  });
  return [
    `/** The policies by id, with their annotations. */\nexport interface Policies {\n${members.join('')}}`,
    'export type PolicyId = keyof Policies;',
  ].join('\n\n');
}
