/**
 * Source text — words of policies and data, escaped so that they can stand in any JavaScript, in HTML script elements too.
 */

/** JSON that is JavaScript too. */
export function jsonSource(value: unknown): string {
  return withoutTags(
    JSON.stringify(value)
      .replace(/\u2028/g, '\\u2028')
      .replace(/\u2029/g, '\\u2029'),
  );
}

/** A line comment's text, which no line end inside of it can end. */
export function commentSource(text: string): string {
  return withoutTags(text.replace(/[\r\n\u2028\u2029]/g, ' '));
}

/** No end of a script element, and no comment of HTML. */
function withoutTags(text: string): string {
  return text.replace(/<(?=[/!])/g, '\\u003c');
}
