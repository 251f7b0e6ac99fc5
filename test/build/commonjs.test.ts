/**
 * CommonJS — the bindings of a module survive its conversion.
 */
import { expect, test } from 'vitest';
import { toCommonJs } from '../../build/commonjs.ts';

const HEAD = '"use strict";Object.defineProperty(exports,"__esModule",{__proto__:null,value:true});';

test('imports become constants, exports become members, and the rest stays as it was', () => {
  expect(toCommonJs('import{a,b as c}from"./x.js";const d=a+c;export{d,d as e};')).toBe(
    `${HEAD}const{a:a,b:c}=require("./x.js");const d=a+c;exports.d=d;exports.e=d;`,
  );
  expect(toCommonJs('import"./x.js";f();')).toBe(`${HEAD}require("./x.js");f();`);
});

test('text that looks like an import stays text', () => {
  const code = 'const text=`import{a}from"b"`;';
  expect(toCommonJs(code)).toBe(HEAD + code);
});

test.each(['import a from"x";', 'import*as a from"x";', 'export*from"x";', 'export default 1;', 'export{a}from"x";'])(
  'a form that bundles do not contain is refused: %s',
  (code) => expect(() => toCommonJs(code)).toThrow(/in a bundle/),
);
