/**
 * Options — what an options object may hold. A misspelt name, or a value that is `undefined` by accident, never means fewer checks.
 */
import { nearest } from '../../parser/text/nearest.ts';
import { UsageError } from '../../value/cedarmill-error.ts';

/**
 * The options as they were given, each read once: nothing inherited, nothing unknown. `call` is for the message, such as `compile`.
 *
 * Throws `UsageError` for what is not a plain object, and for names that `known` does not have.
 */
export function readOptions<O extends object>(options: O, known: readonly (keyof O & string)[], call: string): O {
  if (!isPlain(options))
    throw new UsageError(`the options of \`${call}\` are a plain object`, `such as \`{ ${known[0]} }\``);
  const read: Record<string, unknown> = Object.create(null);
  for (const name of Object.getOwnPropertyNames(options)) {
    if (!(known as readonly string[]).includes(name)) throw unknownOption(name, known, call);
    read[name] = options[name as keyof O];
  }
  return read as O;
}

function isPlain(options: unknown): options is object {
  if (typeof options !== 'object' || options === null) return false;
  const prototype: unknown = Object.getPrototypeOf(options);
  return prototype === null || (!Array.isArray(options) && Object.getPrototypeOf(prototype) === null);
}

function unknownOption(name: string, known: readonly string[], call: string): UsageError {
  const meant = nearest(name, known, 3);
  const all = `it knows ${known.map((each) => `\`${each}\``).join(', ')}`;
  return new UsageError(
    `\`${call}\` has no option \`${name}\``,
    meant === undefined ? all : `did you mean \`${meant}\`?`,
  );
}

/**
 * An option that turns checks on, from what `readOptions` gave; `undefined` only if it is not there at all. One that is there but `undefined` was
 * meant to be given, so it is refused.
 */
export function givenOption(options: object, name: string, call: string, advice: string): unknown {
  if (!Object.hasOwn(options, name)) return undefined;
  const value = (options as Readonly<Record<string, unknown>>)[name];
  if (value !== undefined && value !== null) return value;
  throw new UsageError(`the option \`${name}\` of \`${call}\` is \`${value}\``, advice);
}
