/**
 * JSON name — names inside the JSON format: identifiers and paths in normal form, without white space.
 *
 * Grammar: Path, IDENT
 */
import type { TypeName } from '../declaration.ts';
import { isReservedKeyword, isReservedName, nameProblem } from '../name.ts';
import { readString, SchemaJsonError } from './json-form.ts';

/** A reference to a type, in a list of types. */
export function readName(value: unknown, path: string): TypeName {
  const name = readString(value, path, 'a name consisting of an optional namespace and id');
  return checked(name, nameProblem(name, 'internal name'), `invalid name \`${name}\``, path);
}

/** A reference to a type, inside a type. */
export function readReference(name: string, what: string, path: string): TypeName {
  return checked(name, nameProblem(name, 'internal name'), `invalid ${what} \`${name}\``, path);
}

export function readExtensionName(name: string, path: string): string {
  const problem = nameProblem(name, 'Unreserved Id') ?? (isReservedName(name) ? reserved(name) : undefined);
  return checked(name, problem, `invalid extension type \`${name}\``, path).name;
}

export function readNamespaceName(name: string, path: string): void {
  const problem = nameProblem(name, 'Name') ?? (isReservedName(name) ? reserved(name) : undefined);
  checked(name, problem, `invalid namespace \`${name}\``, path);
}

export function readEntityTypeName(name: string, path: string): string {
  checked(name, nameProblem(name, 'Id'), `invalid id \`${name}\``, path);
  if (isReservedName(name)) throw new SchemaJsonError(reserved(name), path);
  return name;
}

export function readCommonTypeName(name: string, path: string): string {
  readEntityTypeName(name, path);
  if (isReservedKeyword(name))
    throw new SchemaJsonError(
      `this is reserved and cannot be the basename of a common-type declaration: ${name}`,
      path,
    );
  return name;
}

/** Any identifier will do, reserved words too. */
export function readAnnotationName(name: string, path: string): string {
  checked(name, nameProblem(name, 'AnyId'), `invalid id \`${name}\``, path);
  return name;
}

/** The span of a name from JSON is that of the name itself: it has no other text. */
function checked(name: string, problem: string | undefined, message: string, path: string): TypeName {
  if (problem !== undefined) throw new SchemaJsonError(`${message}: ${problem}`, path);
  return { name, span: { start: 0, end: name.length } };
}

function reserved(name: string): string {
  return `The name \`${name}\` contains \`__cedar\`, which is reserved`;
}
