/**
 * Declare — sorts the declarations of a schema text into a fragment.
 *
 *     NamespaceBlock[] → Fragment, with everything that was declared twice, not at all, or under a reserved name
 *
 * Docs: Schema grammar: Namespace format, Entity types, Actions
 */
import type { Diagnostic } from '../syntax/diagnostic.ts';
import type { Span } from '../syntax/span.ts';
import {
  type ActionDeclaration,
  type AppliesTo,
  type CommonTypeDeclaration,
  EMPTY_RECORD,
  type EntityTypeDeclaration,
  type Fragment,
  type NamespaceDeclaration,
  NO_ANNOTATIONS,
  type TypeName,
} from './declaration.ts';
import * as problem from './error.ts';
import { isBuiltinName, isReservedKeyword, isReservedName } from './name.ts';
import type { AppliesToClause, NamespaceBlock, TextAction, TextDeclaration } from './text/text-declaration.ts';

export interface DeclaredFragment {
  /** `undefined` iff there is an error among the diagnostics. */
  readonly fragment: Fragment | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Sorts declarations into a fragment; names declared twice or reserved are errors, shadowing names are warnings. */
export function declareFragment(blocks: readonly NamespaceBlock[]): DeclaredFragment {
  const namespaces = joinUnnamed(blocks);
  const clashes = [...namespaces.flatMap(clashesOf), ...repeatedNamespaces(namespaces)];
  if (clashes.length > 0) return { fragment: undefined, diagnostics: clashes };
  const errors: Diagnostic[] = [];
  const fragment = new Map(namespaces.map((each) => [each.name?.name ?? '', declareNamespace(each, errors)]));
  if (errors.length > 0) return { fragment: undefined, diagnostics: errors };
  return { fragment, diagnostics: namespaces.flatMap(warningsOf) };
}

/** Declarations outside of any namespace make one more, nameless, after all others. */
function joinUnnamed(blocks: readonly NamespaceBlock[]): NamespaceBlock[] {
  const named = blocks.filter((block) => block.name !== undefined);
  const declarations = blocks.flatMap((block) => (block.name === undefined ? block.declarations : []));
  if (declarations.length === 0) return named;
  return [...named, { name: undefined, declarations, annotations: NO_ANNOTATIONS }];
}

function clashesOf(block: NamespaceBlock): Diagnostic[] {
  if (block.name !== undefined && isReservedName(block.name.name)) return [problem.reservedName(block.name.span)];
  const kinds = ['entity', 'action', 'commonType'] as const;
  return kinds.flatMap((kind) => repeated(namesOf(block, kind)));
}

function namesOf(block: NamespaceBlock, kind: TextDeclaration['kind']): TypeName[] {
  return block.declarations.flatMap((each) => {
    if (each.kind !== kind) return [];
    return each.kind === 'commonType' ? [each.name] : each.names;
  });
}

function repeated(names: readonly TypeName[]): Diagnostic[] {
  const first = new Map<string, Span | undefined>();
  return names.flatMap(({ name, span }) => {
    if (first.has(name)) return [problem.declaredTwice(name, first.get(name), span)];
    first.set(name, span);
    return [];
  });
}

function repeatedNamespaces(blocks: readonly NamespaceBlock[]): Diagnostic[] {
  const first = new Map<string, Span | undefined>();
  return blocks.flatMap(({ name }) => {
    if (name === undefined) return [];
    if (first.has(name.name)) return [problem.duplicateNamespace(name.name, first.get(name.name), name.span)];
    first.set(name.name, name.span);
    return [];
  });
}

function declareNamespace(block: NamespaceBlock, errors: Diagnostic[]): NamespaceDeclaration {
  const entityTypes = new Map<string, EntityTypeDeclaration>();
  const actions = new Map<string, ActionDeclaration>();
  const commonTypes = new Map<string, CommonTypeDeclaration>();
  for (const each of block.declarations)
    if (each.kind === 'entity')
      for (const { name, span } of each.names) {
        if (isReservedName(name)) errors.push(problem.reservedName(span));
        entityTypes.set(name, each.declaration);
      }
  for (const each of block.declarations)
    if (each.kind === 'action') {
      const action = declareAction(each, errors);
      for (const { name } of each.names) actions.set(name, action);
    }
  for (const each of block.declarations)
    if (each.kind === 'commonType') {
      if (isReservedName(each.name.name)) errors.push(problem.reservedName(each.name.span));
      else if (isReservedKeyword(each.name.name)) errors.push(problem.reservedKeyword(each.name.name, each.name.span));
      commonTypes.set(each.name.name, { type: each.type, annotations: each.annotations, span: each.span });
    }
  return { commonTypes, entityTypes, actions, annotations: block.annotations };
}

/** An action without `appliesTo` applies to nothing, which JSON says by empty lists. */
const APPLIES_TO_NOTHING: AppliesTo = { principals: [], resources: [], context: EMPTY_RECORD };

function declareAction(action: TextAction, errors: Diagnostic[]): ActionDeclaration {
  const { parents, clauses, annotations, span } = action;
  const { external } = action;
  const appliesTo = clauses === undefined ? APPLIES_TO_NOTHING : declareAppliesTo(action.names[0]!, clauses, errors);
  return {
    external,
    parents,
    appliesTo: external ? undefined : appliesTo,
    hasAttributes: false,
    annotations,
    span,
  };
}

function declareAppliesTo(name: TypeName, clauses: readonly AppliesToClause[], errors: Diagnostic[]): AppliesTo {
  const found = new Map<string, AppliesToClause>();
  let faulty = false;
  for (const clause of clauses) {
    const error = clauseError(name, clause, found.get(clause.kind));
    if (error !== undefined) errors.push(error);
    faulty ||= error !== undefined;
    if (!found.has(clause.kind)) found.set(clause.kind, clause);
  }
  // One message will do: its help names both clauses.
  const missing = (['resource', 'principal'] as const).find((kind) => !found.has(kind));
  if (!faulty && missing !== undefined) errors.push(problem.missingClause(name.name, missing, name.span));
  return {
    principals: typesOf(found.get('principal')),
    resources: typesOf(found.get('resource')),
    context: contextOf(found.get('context')),
  };
}

function clauseError(
  name: TypeName,
  clause: AppliesToClause,
  first: AppliesToClause | undefined,
): Diagnostic | undefined {
  if (first !== undefined) return problem.duplicateClause(name.name, clause.kind, first.span, clause.span);
  if (clause.kind !== 'context' && clause.types.length === 0)
    return problem.emptyClause(name.name, clause.kind, name.span, clause.span);
  return undefined;
}

function typesOf(clause: AppliesToClause | undefined): readonly TypeName[] {
  return clause === undefined || clause.kind === 'context' ? [] : clause.types;
}

function contextOf(clause: AppliesToClause | undefined): AppliesTo['context'] {
  return clause?.kind === 'context' ? clause.type : EMPTY_RECORD;
}

function warningsOf(block: NamespaceBlock): Diagnostic[] {
  const entities = new Map(namesOf(block, 'entity').map(({ name, span }) => [name, span]));
  const common = namesOf(block, 'commonType').flatMap(({ name, span }) => [
    ...(entities.has(name) ? [problem.shadowsEntityType(name, entities.get(name), span)] : []),
    ...(isBuiltinName(name) ? [problem.shadowsBuiltin(name, span)] : []),
  ]);
  const entity = [...entities].flatMap(([name, span]) =>
    isBuiltinName(name) ? [problem.shadowsBuiltin(name, span)] : [],
  );
  return [...common, ...entity];
}
