/**
 * Script getter — the getters of a script, and what they do before they give the value.
 */
import type { Member } from './operation.ts';

/** An entity, or a list in which one is at that place. */
export function trappedText(text: string, at: number | undefined, member: Member, does: string): string {
  return `((given: any) => (${getterText(at === undefined ? 'given' : `given[${at}]`, member, does)}, given))(${text})`;
}

/** `entity` is the text that leads to it. */
export function getterText(entity: string, member: Member, does: string): string {
  const define = (object: string, key: string) =>
    `((object, key, value = object[key]) => Object.defineProperty(object, key, { configurable: true, enumerable: true, get() { ${does} return value; } }))(${object}, ${key})`;
  switch (member) {
    case 'id':
      return define(`${entity}.uid`, "'id'");
    case 'value':
      return define(`${entity}.attrs`, `Object.keys(${entity}.attrs)[0]`);
    case 'parent':
      return define(`${entity}.parents[0]`, "'id'");
    default:
      return define(entity, `'${member}'`);
  }
}

/** An iterator of these. */
export function iteratedText(list: readonly string[], at: number, does: string): string {
  const steps = list.flatMap((each, i) => [...(i === at ? [does] : []), `yield ${each};`]);
  return `(function* () { ${steps.join(' ')} })()`;
}
