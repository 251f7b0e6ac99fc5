/**
 * Completeness — what a schema declares and leaves to others to define.
 *
 * Docs:  RFC 116, partial schemas
 */
import { compareCodePoints } from '../value/code-point.ts';
import { compareUids } from './link.ts';
import { compareNames } from './name.ts';
import type { Schema } from './schema.ts';

export interface ExternalDeclarations {
  /** Names of entity types, sorted. */
  readonly entityTypes: readonly string[];
  /** Uids of actions such as `Action::"view"`, sorted. */
  readonly actions: readonly string[];
}

/** What the schema declares `external`. A schema without any is complete: only by such a one can policies be validated. */
export function externalDeclarations(schema: Schema): ExternalDeclarations {
  const { entityTypes, actions } = unresolved(schema);
  return {
    entityTypes: entityTypes.sort(compareCodePoints),
    actions: actions.map(String).sort(compareCodePoints),
  };
}

export function isComplete(schema: Schema): boolean {
  const { entityTypes, actions } = unresolved(schema);
  return entityTypes.length === 0 && actions.length === 0;
}

function unresolved({ entityTypes, actions }: Schema) {
  return {
    entityTypes: [...entityTypes.values()].filter(({ kind }) => kind === 'external').map(({ name }) => name),
    actions: [...actions.values()].filter(({ external }) => external).map(({ uid }) => uid),
  };
}

/** Why a schema is incomplete, such as ``schema is incomplete: `User` is declared `external` but not defined``. */
export function incompletenessOf(schema: Schema): string | undefined {
  const { entityTypes, actions } = unresolved(schema);
  const names = [...entityTypes.sort(compareNames), ...actions.sort(compareUids).map(String)];
  if (names.length === 0) return undefined;
  const verb = names.length === 1 ? 'is' : 'are';
  return `schema is incomplete: ${listed(names)} ${verb} declared \`external\` but not defined`;
}

function listed(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  if (quoted.length < 3) return quoted.join(' and ');
  return `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
}
