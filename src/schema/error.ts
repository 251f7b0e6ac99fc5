/**
 * Error — every problem a schema can have, with the words for it.
 *
 * Codes are stable and listed once. Diagnostics come in the order of the passes: parse, declare, resolve.
 * Length: one small constructor for each message.
 */
import type { Diagnostic, DiagnosticLabel } from '../syntax/diagnostic.ts';
import type { Span } from '../syntax/span.ts';

export type SchemaErrorCode =
  | 'syntax'
  | 'nestingLimit'
  | 'hierarchyLimit'
  | 'json'
  | 'declaredTwice'
  | 'duplicateNamespace'
  | 'duplicateAppliesTo'
  | 'missingAppliesTo'
  | 'reservedName'
  | 'reservedKeyword'
  | 'actionTypeDeclared'
  | 'actionAttributes'
  | 'openRecord'
  | 'typeShadowing'
  | 'actionShadowing'
  | 'typeNotDefined'
  | 'actionNotDefined'
  | 'duplicateDefinition'
  | 'commonTypeCycle'
  | 'unknownExtensionType'
  | 'notARecord'
  | 'undeclaredEntityType'
  | 'actionCycle'
  | 'externalBelowEnum'
  | 'entityTypeOfAction'
  | 'definedTwice'
  | 'externalIsEnum'
  | 'linkAddsAncestors'
  | 'differentActionParents'
  | 'linkShadowsBuiltin'
  | 'collidingNames'
  | 'unprintableShape';

export type SchemaWarningCode = 'shadowsBuiltin' | 'shadowsEntityType';

function label(span: Span | undefined, text?: string): DiagnosticLabel[] {
  return span === undefined ? [] : [{ span, text }];
}

function error(code: SchemaErrorCode, message: string, labels: readonly DiagnosticLabel[], help?: string): Diagnostic {
  return { severity: 'error', code, message, help, labels };
}

function warning(code: SchemaWarningCode, message: string, labels: readonly DiagnosticLabel[]): Diagnostic {
  return { severity: 'warning', code, message, labels };
}

// Parsing text

export function syntaxError(message: string, span: Span, expected?: string, help?: string): Diagnostic {
  return error('syntax', message, label(span, expected), help);
}

export function reservedIdentifier(name: string, span: Span): Diagnostic {
  return syntaxError(`\`${name}\` is a reserved identifier`, span);
}

export function invalidEscapes(span: Span): Diagnostic {
  return syntaxError('Invalid escape codes', span);
}

export function duplicateAnnotation(name: string, first: Span, second: Span): Diagnostic {
  return error('syntax', `duplicate annotations: \`${name}\``, [...label(first), ...label(second)]);
}

export function nestingLimit(limit: number, span: Span | undefined): Diagnostic {
  return error('nestingLimit', `types are nested more than ${limit} deep`, label(span));
}

// Reading JSON

/** `path` leads to the faulty value, such as `/N/entityTypes/User/shape`. */
export function jsonError(message: string, path: string): Diagnostic {
  return error('json', message, [], path === '' ? undefined : `at \`${path}\``);
}

// Sorting text into a fragment

export function declaredTwice(name: string, first: Span | undefined, second: Span | undefined): Diagnostic {
  return error('declaredTwice', `\`${name}\` is declared twice`, [...label(first), ...label(second)]);
}

export function duplicateNamespace(name: string, first: Span | undefined, second: Span | undefined): Diagnostic {
  return error('duplicateNamespace', `duplicate namespace id: \`${name}\``, [...label(second), ...label(first)]);
}

export function duplicateClause(
  action: string,
  kind: 'principal' | 'resource' | 'context',
  first: Span,
  second: Span,
): Diagnostic {
  const labels = [...label(first), ...label(second)];
  if (kind === 'context')
    return error(
      'duplicateAppliesTo',
      `duplicate context declaration in action \`${action}\``,
      labels,
      'Try either deleting one of the declarations, or merging into a single declaration',
    );
  return error(
    'duplicateAppliesTo',
    `duplicate \`${kind}\` declaration in action \`${action}\``,
    labels,
    `Actions may only have a single ${kind} declaration, but a ${kind} declaration may specify a list of entity types like \`${kind}: [X, Y, Z]\``,
  );
}

const BOTH_NEEDED =
  'Every action must define both `principal` and `resource` targets, and the `principal` and `resource` lists must not be `[]`.';

export function missingClause(action: string, kind: 'principal' | 'resource', name: Span | undefined): Diagnostic {
  return error('missingAppliesTo', `missing \`${kind}\` declaration for \`${action}\``, label(name), BOTH_NEEDED);
}

export function emptyClause(
  action: string,
  kind: 'principal' | 'resource',
  name: Span | undefined,
  clause: Span,
): Diagnostic {
  return error(
    'missingAppliesTo',
    `for action \`${action}\`, \`${kind}\` is \`[]\`, which is invalid`,
    [...label(name, 'for this action'), ...label(clause, 'must not be `[]`')],
    BOTH_NEEDED,
  );
}

export function reservedName(span: Span | undefined): Diagnostic {
  return error(
    'reservedName',
    'use of the reserved `__cedar` namespace',
    label(span),
    'Names containing `__cedar` (for example: `__cedar::A`, `A::__cedar`, or `A::__cedar::B`) are reserved',
  );
}

export function reservedKeyword(name: string, span: Span | undefined): Diagnostic {
  return error(
    'reservedKeyword',
    `this uses a reserved schema keyword: \`${name}\``,
    label(span),
    'Keywords such as `entity`, `extension`, `set` and `record` cannot be used as common type names',
  );
}

export function shadowsBuiltin(name: string, span: Span | undefined): Diagnostic {
  return warning(
    'shadowsBuiltin',
    `The name \`${name}\` shadows a builtin Cedar name. You'll have to refer to the builtin as \`__cedar::${name}\`.`,
    label(span),
  );
}

export function shadowsEntityType(name: string, entity: Span | undefined, common: Span | undefined): Diagnostic {
  return warning('shadowsEntityType', `The common type name ${name} shadows an entity name`, [
    ...label(entity),
    ...label(common),
  ]);
}

// Resolving

export function actionTypeDeclared(): Diagnostic {
  return error('actionTypeDeclared', 'entity type `Action` declared in `entityTypes` list', []);
}

export function actionAttributes(names: readonly string[]): Diagnostic {
  return error(
    'actionAttributes',
    `unsupported feature used in schema: action declared with attributes: [${names.join(', ')}]`,
    [],
  );
}

export function openRecord(): Diagnostic {
  return error(
    'openRecord',
    'unsupported feature used in schema: records and entities with `additionalAttributes` are experimental, but the experimental `partial-validate` feature is not enabled',
    [],
  );
}

export function typeShadowing(shadowed: string, shadowing: string, span: Span | undefined): Diagnostic {
  return error(
    'typeShadowing',
    `definition of \`${shadowing}\` illegally shadows the existing definition of \`${shadowed}\``,
    label(span),
    `try renaming one of the definitions, or moving \`${shadowed}\` to a different namespace`,
  );
}

export function actionShadowing(shadowed: string, shadowing: string, span: Span | undefined): Diagnostic {
  return error(
    'actionShadowing',
    `definition of \`${shadowing}\` illegally shadows the existing definition of \`${shadowed}\``,
    label(span),
    `try renaming one of the actions, or moving \`${shadowed}\` to a different namespace`,
  );
}

/** What a name was expected to be. */
export type ReferenceKind = 'common' | 'entity' | 'entityOrCommon';

const EXPECTED: Readonly<Record<ReferenceKind, string>> = {
  common: 'as a common type',
  entity: 'as an entity type',
  entityOrCommon: 'as a common or entity type',
};

export function typeNotDefined(
  name: string,
  candidates: readonly string[],
  kind: ReferenceKind,
  span: Span | undefined,
): Diagnostic {
  const [first, second] = candidates;
  const help =
    second === undefined
      ? `\`${first}\` has not been declared ${EXPECTED[kind]}`
      : `neither \`${first}\` nor \`${second}\` refers to anything that has been declared ${EXPECTED[kind]}`;
  return error('typeNotDefined', `failed to resolve type: ${name}`, label(span), help);
}

export function actionNotDefined(uid: string, span: Span | undefined): Diagnostic {
  return error(
    'actionNotDefined',
    `undeclared action: ${uid}`,
    label(span),
    'any actions appearing as parents need to be declared as actions',
  );
}

export function duplicateDefinition(
  what: 'entity type' | 'action' | 'common type',
  name: string,
  span: Span | undefined,
): Diagnostic {
  return error('duplicateDefinition', `duplicate ${what} \`${name}\``, label(span));
}

export function commonTypeCycle(name: string, span: Span | undefined): Diagnostic {
  return error('commonTypeCycle', `cycle in common type references containing \`${name}\``, label(span));
}

export function unknownExtensionType(name: string, suggestion: string | undefined): Diagnostic {
  const help = suggestion === undefined ? undefined : `did you mean \`${suggestion}\`?`;
  return error('unknownExtensionType', `unknown extension type \`${name}\``, [], help);
}

export function shapeNotRecord(entityType: string, span: Span | undefined): Diagnostic {
  return error(
    'notARecord',
    `Shape for entity type ${entityType} is declared with a type other than \`Record\``,
    label(span),
    'entity type shapes must have type `Record`',
  );
}

export function contextNotRecord(action: string, span: Span | undefined): Diagnostic {
  return error(
    'notARecord',
    `Context for action ${action} is declared with a type other than \`Record\``,
    label(span),
    'action contexts must have type `Record`',
  );
}

export function undeclaredEntityType(name: string, span: Span | undefined): Diagnostic {
  return error(
    'undeclaredEntityType',
    `undeclared entity type: ${name}`,
    label(span),
    'any entity types appearing anywhere in a schema need to be declared in `entityTypes`',
  );
}

export function hierarchyLimit(limit: number): Diagnostic {
  return error('hierarchyLimit', `the hierarchy has more than ${limit} pairs of a child and an ancestor`, []);
}

export function actionCycle(uid: string, span: Span | undefined): Diagnostic {
  return error('actionCycle', `cycle in action hierarchy containing \`${uid}\``, label(span));
}

export function externalBelowEnum(external: string, enumType: string, span: Span | undefined): Diagnostic {
  return error(
    'externalBelowEnum',
    `external entity type \`${external}\` cannot have the enum entity type \`${enumType}\` as an ancestor`,
    label(span),
    'external entity types cannot have any enum entity type as an ancestor',
  );
}

// Linking

export function entityTypeOfAction(name: string): Diagnostic {
  return error('entityTypeOfAction', `entity type \`${name}\` is also the type of an action`, []);
}

export function definedTwice(what: 'entity type' | 'action', name: string): Diagnostic {
  return error('definedTwice', `${what} \`${name}\` is defined twice`, []);
}

export function externalIsEnum(name: string): Diagnostic {
  return error('externalIsEnum', `external entity type \`${name}\` links to an enumerated entity type`, []);
}

export function linkAddsAncestors(name: string): Diagnostic {
  return error('linkAddsAncestors', `linking would add ancestors to defined entity type \`${name}\``, []);
}

export function differentActionParents(uid: string): Diagnostic {
  return error('differentActionParents', `declarations of action \`${uid}\` have different parents`, []);
}

export function linkShadowsBuiltin(name: string): Diagnostic {
  return error(
    'linkShadowsBuiltin',
    `linking would make \`${name}\` shadow a built-in type`,
    [],
    'linking does not support introducing a declaration that shadows a primitive or extension type',
  );
}

// Printing as text

export function collidingNames(names: readonly string[]): Diagnostic {
  return error('collidingNames', `There are name collisions: [${names.join(', ')}]`, []);
}

export function unprintableShape(names: readonly string[]): Diagnostic {
  return error(
    'unprintableShape',
    `The following entities have shapes that cannot be converted to Cedar schema syntax: [${names.join(', ')}]`,
    [],
    'Entity shapes may only be record types. In the Cedar schema syntax, they additionally may not reference common type definitions.',
  );
}
