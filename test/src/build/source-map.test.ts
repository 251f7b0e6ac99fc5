/**
 * Source map — statements of a module lead to the clauses that they came from.
 */
import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping';
import { expect, test } from 'vitest';
import { build } from '../../../src/build/build.ts';
import { folderWith } from './built.ts';

const POLICIES = `@id("owner")
permit (principal, action, resource)
when { resource.owner == principal };

@id("// @cedar 7")
@note("// permit \\"owner\\", x
// @cedar 9")
permit (
  principal in Team::"staff",
  action == Action::"view",
  resource
)
when {
  resource.level < 3 &&
  (context.mfa || resource.public)
}
unless { resource.name like "// @cedar 5*" };
`;
const OTHER = '\n\t@note("😀") forbid (principal, action, resource) when { resource.locked };';
const SCHEMA = `entity User in Team; entity Team;
entity Doc { owner: User, level: Long, public: Bool, locked: Bool, name: String };
action view, edit appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };`;

function mapped() {
  const root = folderWith({ 'a/p.cedar': POLICIES, 'q.cedar': OTHER, 's.cedarschema': SCHEMA });
  const { code, map } = build({ policies: ['a', 'q.cedar'], schema: ['s.cedarschema'], root });
  const trace = new TraceMap(map as never);
  const places = code.split('\n').flatMap((line, i) => {
    const found = originalPositionFor(trace, { line: i + 1, column: line.length - line.trimStart().length });
    return found.source === null ? [] : [{ ...found, source: found.source, statement: line.trim() }];
  });
  return { code, map, places };
}

/** The clause that a statement leads to, of those that begin on the line. */
function clauseAt({ source, line, column }: { source: string; line: number; column: number }): string {
  const text = (source === 'q.cedar' ? OTHER : POLICIES).split('\n')[line - 1]!;
  const starts = [
    'resource.owner',
    'principal in',
    'resource.level',
    'context.mfa',
    'resource.public',
    'resource.locked',
  ];
  const begun = starts.map((start) => [text.indexOf(start), start] as const).filter(([at]) => at >= 0 && at <= column);
  return begun.sort(([a], [b]) => b - a)[0]![1];
}

test('every statement of a policy leads to its clause', () => {
  const { places } = mapped();
  const at = (statement: RegExp) => new Set(places.filter((each) => statement.test(each.statement)).map(clauseAt));
  expect(at(/^const owner\d* = resource\._owner;/)).toEqual(new Set(['resource.owner']));
  expect(at(/\$ancestors/)).toEqual(new Set(['principal in']));
  expect(at(/^const level\d* = /)).toEqual(new Set(['resource.level']));
  expect(at(/^const mfa\d* = /)).toEqual(new Set(['context.mfa']));
  expect(at(/^const _?public\d* = /)).toEqual(new Set(['resource.public']));
  expect(at(/^const locked\d* = /)).toEqual(new Set(['resource.locked']));
});

test('the block of a policy leads to its first character, under its id', () => {
  const { places } = mapped();
  const blocks = places.filter(({ statement }) => /^\w+: \{$/.test(statement) && !/^decided/.test(statement));
  const found = blocks.map((each) => [each.source, each.name, each.line, each.column].join(' '));
  expect(new Set(found)).toEqual(new Set(['a/p.cedar owner 1 0', 'a/p.cedar // @cedar 7 5 0', 'q.cedar policy2 2 1']));
});

test('no two statements have one place, so that none hides the count of another', () => {
  const { places } = mapped();
  const statements = places.filter(({ statement }) => !/^\w+: \{$/.test(statement));
  const keys = statements.map(({ source, line, column }) => `${source} ${line} ${column}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('no word of a policy is taken for a mark, and no mark is left', () => {
  const { code, map } = mapped();
  expect(code).not.toMatch(/^\s*\/\/ @cedar/m);
  expect(code).toContain('// @cedar 5');
  expect(map.sources).toEqual(['a/p.cedar', 'q.cedar']);
  expect(map.sourcesContent).toEqual([POLICIES, OTHER]);
  expect([...map.names].sort()).toEqual(['// @cedar 7', 'owner', 'policy2']);
});

test('sources are relative to where the module stands, and JSON has none', () => {
  const root = folderWith({ 'p.cedar': POLICIES, 's.cedarschema': SCHEMA });
  const options = { policies: ['p.cedar'], schema: ['s.cedarschema'], root };
  expect(build({ ...options, mapBase: `${root}/src/deep` }).map.sources).toEqual(['../../p.cedar']);
  const any = { op: 'All' };
  const json = { effect: 'permit', principal: any, action: any, resource: any, conditions: [] };
  const { map } = build({ policies: ['p.json'], root: folderWith({ 'p.json': JSON.stringify(json) }) });
  expect(map).toMatchObject({ sources: [], mappings: '' });
});
