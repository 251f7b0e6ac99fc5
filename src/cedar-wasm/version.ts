/**
 * Version — which Cedar this build answers as.
 *
 * The same values stand in package.json under `cedar`; test/src/cedar-wasm/version.test.ts holds them together.
 */

const LANGUAGE = '4.6';
const SDK = '4.14.1';

export function getCedarVersion(): string {
  return SDK;
}

export function getCedarSDKVersion(): string {
  return SDK;
}

export function getCedarLangVersion(): string {
  return LANGUAGE;
}
