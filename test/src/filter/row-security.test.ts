/**
 * Row security — the text of table policies, and what is refused. That the rows are right is asked of a real PostgreSQL in test/databases.
 */
import { describe, expect, test } from 'vitest';
import {
  ConformanceError,
  compile,
  DataError,
  FilterError,
  mapping,
  parseSchema,
  type RowSecurityOptions,
  ref,
  rowSecurity,
  UsageError,
} from '../../../src/index.ts';

const schema = parseSchema(`
  entity User { banned: Bool };
  entity Doc { owner: User, title: String, from: ipaddr };
  action view, edit appliesTo { principal: User, resource: Doc, context: { mfa: Bool, risk?: Long } };
  action nothing appliesTo { principal: Doc, resource: Doc };
`).schema!;
const map = mapping(
  schema,
  {
    User: { id: 'id', table: 'users', attrs: { banned: 'banned' } },
    Doc: { id: 'id', table: 'app.docs', attrs: { owner: ref('owner'), title: 'title', from: 'from' } },
  },
  { notNull: true },
);
const options: RowSecurityOptions = { principal: 'User', resources: ['Doc'], actions: { select: 'view' } };
const of = (text: string, changed: object = {}) =>
  rowSecurity(compile(text, { schema, mapping: map }).policies, map, { ...options, ...changed });
const created = (text: string, changed: object = {}) =>
  of(text, changed).statements.filter((each) => each.startsWith('CREATE'));

const ME = "(SELECT NULLIF(current_setting('app.principal', true), ''))";

describe('policies of a table', () => {
  test('permits are one permissive policy, forbids a restrictive one', () => {
    expect(
      created(`
        permit(principal, action == Action::"view", resource) when { resource.owner == principal };
        permit(principal, action == Action::"view", resource) when { resource.title like "it's \\\\*" };
        forbid(principal, action, resource) when { resource.owner.banned };
      `),
    ).toEqual([
      `CREATE POLICY "cedar select permit" ON "app"."docs" AS PERMISSIVE FOR SELECT USING ((${ME} IS NOT NULL AND ("docs"."owner" = ${ME} OR "docs"."title" LIKE E'it''s \\\\%'::text ESCAPE '!')))`,
      'CREATE POLICY "cedar select forbid" ON "app"."docs" AS RESTRICTIVE FOR SELECT USING (NOT EXISTS (SELECT 1 FROM "users" AS r1 WHERE r1."id" = "docs"."owner" AND r1."banned"))',
    ]);
  });

  test('what no action stands for has no policy, and what was there is dropped', () => {
    const { statements } = of('permit(principal, action, resource);', { actions: { delete: 'edit' } });
    expect(statements.filter((each) => each.startsWith('DROP'))).toHaveLength(8);
    expect(statements.slice(0, 2).map((each) => each.slice(-18))).toEqual(['ROW LEVEL SECURITY', 'ROW LEVEL SECURITY']);
    expect(statements.filter((each) => each.startsWith('CREATE'))).toEqual([
      `CREATE POLICY "cedar delete permit" ON "app"."docs" AS PERMISSIVE FOR DELETE USING (${ME} IS NOT NULL)`,
    ]);
    expect(created('forbid(principal, action, resource);')).toEqual([]);
  });

  test('new rows are checked, for UPDATE the old one too', () => {
    const policies = 'permit(principal, action, resource) when { resource.title == "x" };';
    const [insert, update] = created(policies, { actions: { insert: 'edit', update: 'edit' } });
    expect(insert).toMatch(/FOR INSERT WITH CHECK \(.*\)$/);
    expect(update).toMatch(/FOR UPDATE USING \(.*\) WITH CHECK \(.*\)$/);
  });

  test('a context is checked where a policy asks for it, with all its attributes', () => {
    const [permit] = created('permit(principal, action == Action::"view", resource) when { context.mfa };');
    expect(permit).toContain(`-> 'mfa')) = 'boolean'`);
    expect(permit).toContain(`-> 'risk') IS NULL OR`);
  });

  test('says who asks', () => {
    const session = of('permit(principal, action, resource);').session({
      principal: 'User::"o\'hara"',
      action: 'view',
      context: { mfa: true, risk: 9223372036854775807n },
    });
    expect(session.values).toEqual(["o'hara", '{"mfa":true,"risk":9223372036854775807}']);
    expect(session.text).toContain("set_config('app.principal', $1, true)");
  });
});

describe('refused', () => {
  const all = 'permit(principal, action, resource);';
  const session = (request: object) =>
    of(all).session({ principal: 'User::"u"', action: 'view', context: { mfa: true }, ...request });

  test.each<[string, () => unknown, new (...args: never[]) => Error, string]>([
    [
      'what has no form',
      () => created('permit(principal, action, resource) when { resource.from.isLoopback() };'),
      FilterError,
      'policy0',
    ],
    [
      'what reads another table with policies of its own',
      () =>
        created(`${all} forbid(principal, action == Action::"view", resource) when { resource.owner.banned };`, {
          resources: ['Doc', 'User'],
          actions: { select: 'view' },
        }),
      Error,
      '`users`',
    ],
    ['a type without a table', () => created(all, { resources: ['Nope'] }), UsageError, '`Nope` no table'],
    ['no types', () => created(all, { resources: [] }), UsageError, '`resources`'],
    ['an action of other types', () => created(all, { actions: { select: 'nothing' } }), ConformanceError, 'nothing'],
    ['a kind of statement that is none', () => created(all, { actions: { selekt: 'view' } }), UsageError, '`select`'],
    ['a misspelt option', () => created(all, { settingz: {} }), UsageError, '`settings`'],
    ['a setting that is code', () => created(all, { settings: { principal: "a.b'; --" } }), UsageError, 'setting'],
    [
      'one setting for both',
      () => created(all, { settings: { principal: 'app.x', context: 'app.x' } }),
      UsageError,
      'one and the same',
    ],
    ['a principal of another type', () => session({ principal: 'Doc::"d"' }), UsageError, '`User`'],
    ['an empty id', () => session({ principal: 'User::""' }), UsageError, 'empty'],
    ['a context of another type', () => session({ context: { mfa: 1 } }), ConformanceError, 'context'],
    ['no context', () => session({ context: undefined }), DataError, 'mfa'],
  ])('%s', (_, call, kind, message) => {
    expect(call).toThrow(kind);
    expect(call).toThrow(message);
  });

  test('a policy that reads the table it is of', () => {
    const own = parseSchema(
      'entity Doc { next?: Doc, n: Long }; action view appliesTo { principal: Doc, resource: Doc };',
    ).schema!;
    const mapped = mapping(own, { Doc: { id: 'id', table: 'docs', attrs: { next: ref('next'), n: 'n' } } });
    const { policies } = compile('permit(principal, action, resource) when { principal.n > 1 };', { schema: own });
    const call = () =>
      rowSecurity(policies, mapped, { principal: 'Doc', resources: ['Doc'], actions: { select: 'view' } });
    expect(call).toThrow(FilterError);
    expect(call).toThrow('it reads the table `docs`, whose rows these policies would hide');
  });
});
