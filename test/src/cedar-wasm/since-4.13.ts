/**
 * Since 4.13 — where answers of SDK 4.14, which are ours, differ from those of 4.13, which the npm package gives.
 *
 * docs/cedar-wasm.md lists the same. Nothing else may differ.
 */

/** An answer as 4.13 would have worded it. */
export function asOf413(answer: string): string {
  // 4.14 knows external declarations: so it expects the word where a declaration may stand, and knows the member of JSON.
  return answer.replaceAll('`external`, ', '');
}
