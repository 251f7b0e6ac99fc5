/**
 * Build — what a module holds, and what a build says of inputs that are wrong.
 */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type BuildOptions, build } from '../../../src/build/build.ts';
import { BuildError, frameOf, messageOf, placeOf } from '../../../src/build/problem.ts';
import { ConformanceError, EntityStore } from '../../../src/index.ts';
import { folderWith, importText } from './built.ts';

const SCHEMA = `entity User; entity Doc { owner: User, public: Bool };
action read; action view in [read] appliesTo { principal: User, resource: Doc };
action edit appliesTo { principal: User, resource: Doc, context: { mfa: Bool } };`;
const POLICIES = `@id("owner") permit (principal, action, resource) when { resource.owner == principal };
permit (principal, action in Action::"read", resource) when { resource.public };
forbid (principal, action == Action::"edit", resource) unless { context.mfa };
`;
const FILES = { 'p.cedar': POLICIES, 's.cedarschema': SCHEMA };
const OPTIONS: BuildOptions = { policies: ['p.cedar'], schema: ['s.cedarschema'] };
const doc = (owner: string, isPublic: boolean) => ({
  uid: 'Doc::"d"',
  attrs: { owner: `User::"${owner}"`, public: isPublic },
  parents: [],
});
const ANY = { op: 'All' };
const view = { principal: 'User::"a"', action: 'view', resource: 'Doc::"d"' };

/** What a build throws. */
function problemsOf(files: Readonly<Record<string, string>>, options: Partial<BuildOptions> = {}) {
  const root = folderWith(files);
  try {
    build({ ...OPTIONS, root, ...options });
  } catch (error) {
    if (error instanceof BuildError) return error.problems;
    throw error;
  }
  throw new Error('it was built');
}

describe('a module', () => {
  test('its default export is an engine, and the schema is that of its engine', async () => {
    const root = folderWith(FILES);
    const { default: engine, schema } = await importText(build({ ...OPTIONS, root }).code, root);
    const store = EntityStore.from([doc('a', false)], { schema: schema! });
    expect(engine.isAllowed(view, store)).toBe(true);
    expect(engine.isAllowed({ ...view, principal: 'User::"b"' }, store)).toBe(false);
    expect(engine.isAuthorized({ ...view, action: 'edit', context: { mfa: false } }, store)).toMatchObject({
      decision: 'deny',
      determiningPolicies: ['policy2'],
    });
    expect(() => engine.isAllowed({ ...view, action: 'edit' }, store)).toThrow('mfa');
  });

  test('it imports the runtime alone, and its bytes depend on nothing but its inputs', () => {
    const [one, other] = [folderWith(FILES), folderWith(FILES)];
    const { code, declarations } = build({ ...OPTIONS, root: one });
    expect(build({ ...OPTIONS, root: other })).toMatchObject({ code, declarations });
    expect(code.match(/^import .*$/gm)).toEqual(["import { load, Node, schemaOf } from 'cedarmill/runtime';"]);
    expect(code).not.toMatch(/\brequire\(|\beval\(|new Function|\bprocess\b/);
    expect(code).not.toContain(one);
    const { code: cjs } = build({ ...OPTIONS, root: one, format: 'cjs' });
    expect(cjs).toContain("const { load, Node, schemaOf } = require('cedarmill/runtime');");
    expect(cjs).not.toMatch(/^(?:import|export) /m);
  });

  test('static entities are in its store, exact beyond 2^53', async () => {
    const files = {
      'p.cedar': 'permit(principal, action, resource) when { resource.n == 9007199254740993 };',
      's.cedarschema': 'entity U; entity R { n: Long }; action a appliesTo { principal: U, resource: R };',
      'e.json': '[{"uid":{"type":"R","id":"r"},"attrs":{"n":9007199254740993},"parents":[]}]',
    };
    const root = folderWith(files);
    const built = build({ ...OPTIONS, root, entities: 'e.json' });
    const { default: engine, store } = await importText(built.code, root);
    expect(engine.isAllowed({ principal: 'U::"u"', action: 'a', resource: 'R::"r"' }, store!)).toBe(true);
    expect(built.declarations).toContain('export declare const store: EntityStore<Entities>;');
  });

  test('without a schema nothing is checked, and nothing typed', async () => {
    const root = folderWith(FILES);
    const built = build({ policies: ['p.cedar'], root });
    expect(built.declarations).toContain('ModuleEngine<object, object, Policies>');
    const { default: engine } = await importText(built.code, root);
    expect(engine.isAllowed({ ...view, action: 'Action::"view"' }, [doc('b', false)])).toBe(false);
  });
});

describe('policies of several files', () => {
  const files = {
    'policies/b/two.cedar': '@id("two") permit(principal, action, resource);',
    'policies/a.cedar': 'permit(principal, action, resource); forbid(principal, action, resource);',
    'policies/note.txt': 'no policies',
    'set.json': JSON.stringify({
      staticPolicies: {
        three: { effect: 'permit', principal: ANY, action: ANY, resource: ANY, conditions: [] },
      },
    }),
  };
  const idsOf = (policies: readonly string[]) =>
    [...build({ policies, root: folderWith(files) }).declarations.matchAll(/^ {2}readonly (\w+): /gm)].map(
      ([, id]) => id,
    );

  test.each([
    [['policies'], ['policy0', 'policy1', 'two']],
    [['policies/**/*.cedar'], ['policy0', 'policy1', 'two']],
    [
      ['policies/b/two.cedar', 'policies/a.cedar', 'policies/b/two.cedar'],
      ['policy0', 'policy1', 'two'],
    ],
    [
      ['set.json', 'policies/b'],
      ['two', 'three'],
    ],
  ])('%j', (patterns, ids) => expect(idsOf(patterns)).toEqual(ids));

  test.each([
    [['missing.cedar'], 'failed to open policies file `missing.cedar`: no such file'],
    [['missing/*.cedar'], 'there are no policies at `missing/*.cedar`'],
    [['policies', 'nothing'], 'failed to open policies file `nothing`: no such file'],
  ])('%j is refused', (policies, message) => {
    expect(() => build({ policies, root: folderWith(files) })).toThrow(message);
  });

  test('folders and globs are watched by their listing', () => {
    const root = folderWith(files);
    expect(build({ policies: ['policies/**/*.cedar', 'set.json'], root }).folders).toEqual([join(root, 'policies')]);
  });
});

describe('what is wrong has a file, a line and a column', () => {
  test('a policy that does not fit the schema', () => {
    const [problem] = problemsOf({
      ...FILES,
      'p.cedar': `${POLICIES}\npermit(principal, action, resource)\n when { resource.ownr == principal };`,
    });
    expect(placeOf(problem!)).toEqual({ file: 'p.cedar', line: 6, column: 8 });
    expect(messageOf(problem!)).toMatch(/^p\.cedar:6:9: for policy `policy3`, attribute `ownr`/);
    expect(frameOf(problem!)).toContain('6 |  when { resource.ownr == principal };\n  |         ^^^^^^^^^^^^^');
  });

  test('a policy that does not parse, in each of two files', () => {
    const files = { 'a.cedar': 'permit(principal, action);', 'b.cedar': '\n permit', 's.cedarschema': SCHEMA };
    const found = problemsOf(files, { policies: ['a.cedar', 'b.cedar'] });
    expect(found.map((each) => placeOf(each))).toEqual([
      { file: 'a.cedar', line: 1, column: 24 },
      { file: 'b.cedar', line: 2, column: 7 },
    ]);
  });

  test('a schema that does not parse, or does not resolve', () => {
    expect(placeOf(problemsOf({ ...FILES, 's.cedarschema': 'entity\n  User in;' })[0]!)).toMatchObject({
      file: 's.cedarschema',
      line: 2,
    });
    expect(messageOf(problemsOf({ ...FILES, 's.cedarschema': 'entity User in Tm;' })[0]!)).toMatch(
      /^s\.cedarschema:1:16: /,
    );
    expect(messageOf(problemsOf({ ...FILES, 's.cedarschema': '{ "": ' })[0]!)).toMatch(/^s\.cedarschema:1:/);
  });

  test('two policies of one id', () => {
    const [problem] = problemsOf(
      { ...FILES, 'q.cedar': '\n@id("owner")\nforbid(principal, action, resource);' },
      { policies: ['p.cedar', 'q.cedar'] },
    );
    expect(messageOf(problem!)).toMatch(/^q\.cedar:2:1: .*`owner`/);
  });

  test('entities and links that do not fit', () => {
    expect(
      messageOf(
        problemsOf(
          { ...FILES, 'e.json': '[{"uid":{"type":"X","id":"x"},"attrs":{},"parents":[]}]' },
          { entities: 'e.json' },
        )[0]!,
      ),
    ).toMatch(/^e\.json: /);
    expect(
      messageOf(
        problemsOf({ ...FILES, 'l.json': '[{"template_id":"no","link_id":"x","args":{}}]' }, { links: 'l.json' })[0]!,
      ),
    ).toContain('`no`');
  });

  test('warnings are given, and are errors on request', () => {
    const files = { ...FILES, 'p.cedar': 'permit(principal, action == Action::"view", resource) when { false };' };
    const [warning] = build({ ...OPTIONS, root: folderWith(files) }).warnings;
    expect(messageOf(warning!)).toMatch(/^p\.cedar:1:1: .*policy is impossible/);
    expect(problemsOf(files, { denyWarnings: true })).toHaveLength(1);
  });
});

describe('a slice by action', () => {
  const sliced = async (actions: readonly string[]) => {
    const root = folderWith(FILES);
    const built = build({ ...OPTIONS, root, actions });
    return { built, ...(await importText(built.code, root)) };
  };

  test('keeps what the action meets, by its name and by its groups', async () => {
    const { built, default: engine, schema } = await sliced(['view']);
    expect(built.declarations).toContain('readonly owner: ');
    expect(built.declarations).toContain('readonly policy1: ');
    expect(built.declarations).not.toContain('policy2');
    expect(built.declarations).not.toContain('readonly edit');
    const store = EntityStore.from([doc('b', true)], { schema: schema! });
    expect(engine.isAuthorized(view, store).determiningPolicies).toEqual(['policy1']);
  });

  test('requests for other actions are refused, never decided by fewer policies', async () => {
    const { default: engine } = await sliced(['view']);
    const edit = { ...view, action: 'edit', context: { mfa: true } };
    expect(() => engine.isAllowed(edit, [doc('a', true)])).toThrow(ConformanceError);
    expect(() => engine.isAllowed({ ...edit, action: 'Action::"edit"' }, [doc('a', true)])).toThrow(ConformanceError);
    expect(() => engine.isAllowed({ ...view, action: 'read' }, [doc('a', true)])).toThrow(ConformanceError);
  });

  test('an unknown action is refused, and a slice without a schema', () => {
    expect(messageOf(problemsOf(FILES, { actions: ['veiw'] })[0]!)).toBe('there is no action `veiw` in the schema');
    expect(messageOf(problemsOf(FILES, { actions: ['view'], schema: undefined })[0]!)).toContain('needs a schema');
  });
});
