/**
 * Own member — what JSON would see of an object's member: its own, enumerable, under a text.
 *
 * What is inherited is not data, so that a polluted `Object.prototype` changes no answer.
 */

/** Taken once, before anyone can put another in its place. */
const isOwnEnumerable = Object.prototype.propertyIsEnumerable;

/**
 * Has somebody put members on `Object.prototype`? Then what is read from plain objects may be inherited. Members that loops do not see are not looked for:
 * only code of the process itself can make them.
 */
export function isPrototypePolluted(): boolean {
  for (const _ in NO_MEMBERS) return true;
  return false;
}

const NO_MEMBERS = {};

export function hasOwnMember(object: object, name: string): boolean {
  return isOwnEnumerable.call(object, name);
}

/** `undefined` where there is none. A getter is run. */
export function ownMember(object: object, name: string): unknown {
  return isOwnEnumerable.call(object, name) ? (object as Readonly<Record<string, unknown>>)[name] : undefined;
}

/** The same as `name in object` for what the project makes itself, without what is inherited. */
export function has<T extends object, K extends string>(
  object: T,
  name: K,
): object is Extract<T, { readonly [member in K]: unknown }> {
  return Object.hasOwn(object, name);
}
