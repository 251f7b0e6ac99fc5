/**
 * Coverage counters — each clause has one, it is called where the clause is evaluated, and the answers are those of the module without.
 */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { parse } from 'acorn';
import { expect, test } from 'vitest';
import { build } from '../../../src/build/build.ts';
import { type BuiltModule, folderWith, importText } from './built.ts';

const POLICIES = `@id("owner")
permit (principal, action, resource)
when { resource.owner == principal };
permit (principal in Team::"staff", action == Action::"view", resource)
when { resource.level < 3 && (context.mfa || resource.public) }
unless { resource.name like "// @cedar 5*" };
`;
const OTHER = '\n\t@note("😀") forbid (principal, action, resource) when { resource.locked };';
const SCHEMA = `entity User in Team; entity Team;
entity Doc { owner: User, level: Long, public: Bool, locked: Bool, name: String };
action view, edit appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };`;
const FILES = { 'a/p.cedar': POLICIES, 'q.cedar': OTHER, 's.cedarschema': SCHEMA };
const OPTIONS = { policies: ['a', 'q.cedar'], schema: ['s.cedarschema'] };

const COUNTER = /^function (counter\w+)\(\) /;

interface Clause {
  readonly name: string;
  readonly file: string;
  /** The text from the place that the counter leads to. */
  readonly text: string;
}

function clausesOf({ code, map }: ReturnType<typeof build>): Clause[] {
  const trace = new TraceMap(map as never);
  const texts: Record<string, string> = { 'a/p.cedar': POLICIES, 'q.cedar': OTHER };
  return code.split('\n').flatMap((line, i) => {
    const name = COUNTER.exec(line)?.[1];
    if (name === undefined) return [];
    const start = originalPositionFor(trace, { line: i + 1, column: 0 });
    const end = originalPositionFor(trace, { line: i + 1, column: line.length - 1 });
    expect(end.line).toBe(start.line);
    const text = texts[start.source!]!.split('\n')[start.line! - 1]!.slice(start.column!, end.column! + 1);
    return [{ name, file: start.source!, text }];
  });
}

test('every clause has a counter that leads to it alone, and every line one that leads to the whole line', () => {
  const clauses = clausesOf(build({ ...OPTIONS, root: folderWith(FILES), coverage: true }));
  expect(clauses.map(({ file, text }) => `${file}: ${text.trim()}`)).toEqual(
    expect.arrayContaining([
      'a/p.cedar: @id("owner")',
      'a/p.cedar: when { resource.owner == principal };',
      'a/p.cedar: resource.level < 3 && (',
      'a/p.cedar: context.mfa ||',
      'a/p.cedar: resource.public) }',
      'a/p.cedar: when { resource.level < 3 && (context.mfa || resource.public) }',
      'a/p.cedar: unless { resource.name like "// @cedar 5*" };',
      'q.cedar: @note("😀") forbid (principal, action, resource) when {',
      'q.cedar: resource.locked };',
    ]),
  );
});

test('every counter is called, none is declared twice, and nothing else of the module is mapped', () => {
  const built = build({ ...OPTIONS, root: folderWith(FILES), coverage: true });
  const names = clausesOf(built).map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(built.code).toMatch(new RegExp(`\\b${name}\\(\\);`));
  expect(built.code).not.toMatch(/^\s*\/\/ @cedar/m);
  const trace = new TraceMap(built.map as never);
  built.code.split('\n').forEach((line, i) => {
    const { source } = originalPositionFor(trace, { line: i + 1, column: line.length - line.trimStart().length });
    expect(source !== null).toBe(COUNTER.test(line));
  });
});

test('the answers are those of the module without counters', async () => {
  const root = folderWith(FILES);
  const [counted, plain] = [true, false].map((coverage) => build({ ...OPTIONS, root, coverage }).code);
  const modules = [await importText(counted!, root), await importText(plain!, root)];
  let allowed = 0;
  for (let i = 0; i < 64; i++) {
    const bit = (at: number) => (i & (1 << at)) !== 0;
    const attrs = {
      ...{ owner: bit(0) ? 'User::"a"' : 'User::"b"', level: bit(1) ? 1 : 7, public: bit(2) },
      ...{ locked: bit(3), name: 'x' },
    };
    const entities = [
      { uid: 'Doc::"d"', attrs, parents: [] },
      { uid: 'User::"a"', attrs: {}, parents: bit(4) ? ['Team::"staff"'] : [] },
    ];
    const request = { principal: 'User::"a"', action: 'view', resource: 'Doc::"d"', context: { mfa: bit(5) } };
    const answer = ({ default: engine }: BuiltModule) => [
      engine.isAllowed(request, entities),
      engine.isAuthorized(request, entities),
    ];
    const [first, second] = modules.map(answer);
    expect(first).toEqual(second);
    if (first![0] === true) allowed++;
  }
  expect(allowed).toBeGreaterThan(10);
  expect(allowed).toBeLessThan(54);
});

test('policies of one shape have places of their own', () => {
  const many = Array.from(
    { length: 100 },
    (_, i) => `permit (principal == U::"${i}", action, resource) when { context.n == ${i} };`,
  );
  const root = folderWith({ 'p.cedar': many.join('\n') });
  const { code, map } = build({ policies: ['p.cedar'], root, coverage: true });
  const trace = new TraceMap(map as never);
  const lines = code.split('\n').flatMap((line, i) => {
    return COUNTER.test(line) ? [originalPositionFor(trace, { line: i + 1, column: 0 }).line] : [];
  });
  expect(new Set(lines).size).toBe(100);
});

test('a policy without code, such as a template that has no link, is not reached on any of its lines', () => {
  const template = '@id("share")\npermit (\n\n  principal == ?principal, action, resource\n) when { context.ok };';
  const root = folderWith({ 'p.cedar': `${POLICIES}${template} // after` });
  const { code, map } = build({ policies: ['p.cedar'], root, coverage: true });
  const trace = new TraceMap(map as never);
  const lines = code.split('\n').flatMap((line, i) => {
    const name = COUNTER.exec(line)?.[1];
    if (name === undefined || new RegExp(`\\b${name}\\(\\);`).test(code)) return [];
    return [originalPositionFor(trace, { line: i + 1, column: 0 }).line];
  });
  const first = POLICIES.split('\n').length;
  expect(lines).toEqual([0, 1, 3, 4].map((line) => first + line));
});

test('a CommonJS module has them too, and the same inputs give the same bytes', () => {
  const options = { ...OPTIONS, root: folderWith(FILES), coverage: true };
  const { code } = build({ ...options, format: 'cjs' });
  expect(() => parse(code, { ecmaVersion: 'latest', sourceType: 'script' })).not.toThrow();
  expect(code).toContain('function counter0() ');
  expect(build(options)).toEqual(build(options));
  expect(build({ ...OPTIONS, root: options.root }).code).not.toContain('counter');
});
