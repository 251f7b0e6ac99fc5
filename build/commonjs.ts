/**
 * CommonJS — a bundled ES module as a CommonJS module with the same bindings.
 *
 *     import{a as b}from"./chunk/x.js";…export{f as g};  →  const{a:b}=require("./chunk/x.js");…exports.g=f;
 *
 * Bundlers instead turn each use of an import into a property of the required module, read through a getter, since ES bindings are live. Chunks do
 * not import each other in circles and never assign what they export, so constants are as right, and as fast as in the ES build.
 */
import { type ExportNamedDeclaration, type ImportDeclaration, type Node, parse } from 'acorn';

/** Throws for what a bundle of ours does not contain: default imports, `export *`, exports of declarations. */
export function toCommonJs(code: string): string {
  const { body } = parse(code, { ecmaVersion: 2022, sourceType: 'module' });
  let result = '';
  let from = 0;
  for (const statement of body) {
    const replacement = replacementOf(statement);
    if (replacement === undefined) continue;
    result += code.slice(from, statement.start) + replacement;
    from = statement.end;
  }
  const text = `${result}${code.slice(from)}`.replaceAll('import.meta.url', URL_OF_FILE);
  return `"use strict";Object.defineProperty(exports,"__esModule",{__proto__:null,value:true});${text}`;
}

/** In text of ours the words stand nowhere else. */
const URL_OF_FILE = 'require("node:url").pathToFileURL(__filename).href';

function replacementOf(statement: Node): string | undefined {
  switch (statement.type) {
    case 'ImportDeclaration':
      return requireOf(statement as ImportDeclaration);
    case 'ExportNamedDeclaration':
      return exportsOf(statement as ExportNamedDeclaration);
    case 'ExportAllDeclaration':
    case 'ExportDefaultDeclaration':
      throw new Error(`unexpected ${statement.type} in a bundle`);
    default:
      return undefined;
  }
}

function requireOf({ specifiers, source }: ImportDeclaration): string {
  const bindings = specifiers.map((specifier) => {
    if (specifier.type !== 'ImportSpecifier') throw new Error(`unexpected ${specifier.type} in a bundle`);
    return `${nameOf(specifier.imported)}:${specifier.local.name}`;
  });
  const required = `require(${source.raw})`;
  return bindings.length === 0 ? `${required};` : `const{${bindings.join(',')}}=${required};`;
}

function exportsOf({ declaration, source, specifiers }: ExportNamedDeclaration): string {
  if (declaration || source) throw new Error('unexpected form of export in a bundle');
  return specifiers.map(({ local, exported }) => `exports.${nameOf(exported)}=${nameOf(local)};`).join('');
}

function nameOf(node: Node): string {
  if (node.type !== 'Identifier') throw new Error('unexpected string as a name in a bundle');
  return (node as Node & { name: string }).name;
}
