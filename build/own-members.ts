/**
 * Own members — the helper of the bundler that makes module namespaces, so that names on `Object.prototype` do not get into it.
 *
 *     before  for (var name in all) defineProperty(target, name, { get: all[name], enumerable: true })
 *     after   for (var name of Object.keys(all)) defineProperty(target, name, { __proto__: null, get: all[name], enumerable: true })
 *
 * Without it the package throws while it is loaded if anything enumerable was put on `Object.prototype` before.
 */
const NAMESPACE = /for\(var (\w+) in (\w+)\)(\w+)\((\w+),\1,\{get:\2\[\1\],enumerable:(!0|true)\}\)/g;

/** Throws if a loop over inherited names is left: then the bundler writes its helper in another way. */
export function ownMembersOnly(code: string): string {
  const text = code.replace(
    NAMESPACE,
    (_, name, all, define, target, yes) =>
      `for(var ${name} of Object.keys(${all}))${define}(${target},${name},{__proto__:null,get:${all}[${name}],enumerable:${yes}})`,
  );
  if (/\bfor\(var \w+ in \w+\)/.test(text))
    throw new Error('a bundle walks over inherited names: see build/own-members.ts');
  return text;
}
