/**
 * Own member — what JSON would see of an object's member: its own, enumerable, under a text.
 *
 * What is inherited is no data, so that a polluted `Object.prototype` changes no answer.
 */

/** Taken once, before anyone can put another in its place. */
const isOwnEnumerable = Object.prototype.propertyIsEnumerable;

export function hasOwnMember(object: object, name: string): boolean {
  return isOwnEnumerable.call(object, name);
}

/** `undefined` where there is none. A getter is run. */
export function ownMember(object: object, name: string): unknown {
  return isOwnEnumerable.call(object, name) ? (object as Readonly<Record<string, unknown>>)[name] : undefined;
}
