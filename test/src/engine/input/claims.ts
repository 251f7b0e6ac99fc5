/**
 * Claims — what must hold of everything that comes in, each as a function that tells whether it does. Tests ask them of the code as it is, and of the
 * code with a bug put in (test/mutants/input.test.ts).
 */
import {
  CedarmillError,
  ConformanceError,
  compile,
  DataError,
  EntityStore,
  EntityUid,
  PolicySet,
  UsageError,
  ValidationError,
} from '../../../../src/index.ts';
import { engineIn, MODES } from '../modes.ts';

const PERMIT = 'permit(principal, action, resource);';
const READS = 'permit(principal, action, resource) when { context has a && context.a == 1 };';
const SCHEMA = `
  entity User; entity Doc { open: Bool };
  action write;
  action view, delete in write appliesTo { principal: User, resource: Doc, context: { ip?: ipaddr } };
`;
const BAN = '@id("ban") forbid(principal == ?principal, action, resource);';
const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Doc::"d"' };

type ErrorClass = abstract new (...args: never) => Error;

function throws(attempt: () => unknown, type: ErrorClass = CedarmillError): boolean {
  try {
    attempt();
    return false;
  } catch (error) {
    return error instanceof type;
  }
}

const everyMode = (holds: (mode: (typeof MODES)[number]) => boolean) => MODES.every(holds);

/** Asks with a list and with a store. */
const refuses = (change: object) => () =>
  everyMode((mode) =>
    [[], new EntityStore()].every((data) =>
      throws(() => engineIn(mode, PERMIT).isAllowed({ ...request, ...change } as never, data), DataError),
    ),
  );

export const CLAIMS: Readonly<Record<string, () => boolean>> = {
  'a store of a schema has its actions': () =>
    [new EntityStore({ schema: SCHEMA }), EntityStore.from([], { schema: SCHEMA })].every(
      (store) => store.size === 3 && String(store.get('Action::"delete"')?.parents) === 'Action::"write"',
    ),
  'an action of the schema cannot be removed': () =>
    throws(() => new EntityStore({ schema: SCHEMA }).remove('Action::"view"'), ConformanceError),
  'an action of the schema cannot be changed': () =>
    throws(
      () => new EntityStore({ schema: SCHEMA }).upsert({ uid: 'Action::"delete"', attrs: {}, parents: [] }),
      ConformanceError,
    ),
  'an attribute that is undefined is absent to a schema, and refused without one': () => {
    const doc = { uid: 'Doc::"d"', attrs: { open: undefined }, parents: [] };
    const user = { uid: 'User::"u"', attrs: {}, parents: [], tags: { none: undefined } };
    return (
      throws(() => EntityStore.from([doc]), DataError) &&
      throws(() => EntityStore.from([user]), DataError) &&
      throws(() => EntityStore.from([doc], { schema: SCHEMA }), ConformanceError) &&
      EntityStore.from([user], { schema: SCHEMA }).has('User::"u"')
    );
  },
  'a schema that is undefined is refused': () =>
    throws(() => compile(PERMIT, { schema: undefined }), UsageError) &&
    throws(() => new EntityStore({ schema: undefined }), UsageError),
  'an option that does not exist is refused': () =>
    throws(() => compile(PERMIT, { shema: SCHEMA } as never), UsageError),
  'options are not inherited': () => throws(() => compile(PERMIT, Object.create({ schema: SCHEMA })), UsageError),
  'members that are inherited are none': refuses({ principal: Object.create({ type: 'User', id: 'alice' }) }),
  'a former escape is refused beside type and id': refuses({
    principal: { type: 'User', id: 'alice', __expr: 'User::"bob"' },
  }),
  'a member of a polluted prototype is none of a uid': () => {
    const prototype = Object.prototype as { id?: string };
    prototype.id = 'alice';
    try {
      return refuses({ principal: { type: 'User', more: 1 } })() && refuses({ principal: { type: 'User' } })();
    } finally {
      delete prototype.id;
    }
  },
  'a number of a context keeps all its bits, however often it is asked about': () =>
    everyMode((mode) => {
      const engine = engineIn(mode, 'permit(principal, action, resource) when { context.n == 1099511627777 };');
      const store = new EntityStore();
      const [principal, action, resource] = Object.values(request).map((uid) => store.handle(uid));
      const asked = { principal: principal!, action: action!, resource: resource!, context: { n: 2 ** 40 + 1 } };
      return Array.from({ length: 300 }, () => engine.isAllowed(asked, store)).every(Boolean);
    }),
  'a reserved type is refused as text': refuses({ principal: 'if::"x"' }),
  'a reserved type is refused as members': refuses({ principal: { type: 'if', id: 'x' } }),
  'half a character is refused as text': refuses({ resource: 'Doc::"\ud800"' }),
  'half a character is refused as members': refuses({ resource: { type: 'Doc', id: '\ud800' } }),
  'a value with a numeric id is refused': refuses({ principal: new EntityUid('User', 5 as never) }),
  'a slot value in any form applies': () =>
    ['User::"alice"', { type: 'User', id: 'alice' }, { __entity: { type: 'User', id: 'alice' } }].every((principal) => {
      const set = PolicySet.of([PERMIT, BAN]);
      set.link({ id: 'b', templateId: 'ban', slotEnv: { principal } });
      return everyMode((mode) => !engineIn(mode, set).isAllowed(request, []));
    }),
  'a slot value that is not a uid is refused': () =>
    [{}, 5, { type: 'User', id: 5 }].every((principal) =>
      throws(() => PolicySet.of(BAN).link({ id: 'b', templateId: 'ban', slotEnv: { principal } as never }), DataError),
    ),
  'policies that do not fit the schema are refused': () =>
    throws(
      () => compile('permit(principal, action, resource) when { resource.opn };', { schema: SCHEMA }),
      ValidationError,
    ),
  'so are policies that are added': () =>
    (['compile', 'interpret'] as const).every((mode) => {
      const { policies } = compile(PERMIT, { schema: SCHEMA, mode });
      const add = () => policies.add('permit(principal, action, resource) when { resource.opn };');
      return throws(add, ValidationError) && policies.size === 1;
    }),
  'values that nothing reads are not looked at': () =>
    everyMode((mode) => engineIn(mode, READS).isAllowed({ ...request, context: { a: 1, b: 1.5 } }, [])),
  'what is read is a matter of the policies as written': () =>
    everyMode((mode) =>
      throws(
        () =>
          engineIn(mode, 'permit(principal, action, resource) when { true || context.b };').isAllowed(
            { ...request, context: { b: 1.5 } },
            [],
          ),
        DataError,
      ),
    ),
  'a policy that is gone reads nothing': () =>
    (['compile', 'interpret'] as const).every((mode) => {
      const engine = compile(`@id("a") ${READS}`, { mode });
      const isRead = throws(() => engine.isAllowed({ ...request, context: { a: 1.5 } }, []), DataError);
      engine.policies.remove('a');
      return isRead && !engine.isAllowed({ ...request, context: { a: 1.5 } }, []);
    }),
  'members that are not enumerable are none': () =>
    everyMode((mode) => {
      const context = Object.defineProperty({ b: 1 }, 'a', { value: 1 });
      return !engineIn(mode, READS).isAllowed({ ...request, context }, []);
    }),
  'attributes that are not enumerable are none': () =>
    everyMode((mode) => {
      const attrs = Object.defineProperty({}, 'open', { value: true });
      const text = 'permit(principal, action, resource) when { resource has open };';
      return !engineIn(mode, text).isAllowed(request, [{ uid: { type: 'Doc', id: 'd' }, attrs, parents: [] }]);
    }),
  'with a schema all is checked, in modules too': () =>
    everyMode((mode) => {
      const engine = engineIn(mode, PERMIT, SCHEMA);
      return (
        throws(() => engine.isAllowed({ ...request, context: { ip: 'x' } }, [])) &&
        throws(() => engine.isAllowed({ ...request, principal: 'Doc::"d"' }, []))
      );
    }),
  'data that contain themselves are refused': () => {
    const own: unknown[] = [];
    own.push(own);
    return throws(() => new EntityStore().upsert({ uid: 'Doc::"d"', attrs: { own }, parents: [] }), DataError);
  },
  'calls of extension functions may nest no deeper than lists': () => {
    let arg: object = { __extn: { fn: 'ip', arg: '::1' } };
    for (let n = 0; n < 80; n++) arg = { __extn: { fn: 'isLoopback', arg } };
    return throws(() => EntityStore.from([{ uid: 'Doc::"d"', attrs: { arg }, parents: [] }])) && isDepthTold(arg);
  },
  'a store is replaced as a whole or not at all': () => {
    const store = EntityStore.from([{ uid: 'User::"a"', attrs: {}, parents: [] }]);
    const cycle = [
      { uid: 'User::"b"', attrs: {}, parents: ['User::"c"'] },
      { uid: 'User::"c"', attrs: {}, parents: ['User::"b"'] },
    ];
    return throws(() => store.replaceAll(cycle)) && store.size === 1 && store.has('User::"a"');
  },
  'what turns round in a hierarchy is replaced': () => {
    const [a, b] = ['User::"a"', 'User::"b"'];
    const store = EntityStore.from([
      { uid: a, attrs: {}, parents: [b] },
      { uid: b, attrs: {}, parents: [] },
    ]);
    store.replaceAll([
      { uid: b, attrs: {}, parents: [a] },
      { uid: a, attrs: {}, parents: [] },
    ]);
    return String(store.get(b!)?.parents) === a;
  },
  'a policy is named by its annotation': () =>
    everyMode(
      (mode) => engineIn(mode, `@id("all") ${PERMIT}`).isAuthorized(request, []).determiningPolicies[0] === 'all',
    ),
  'a list may hold what a store gave out': () =>
    everyMode((mode) => {
      const store = EntityStore.from([{ uid: 'Doc::"d"', attrs: { open: true }, parents: [] }]);
      const text = 'permit(principal, action, resource) when { resource.open };';
      return engineIn(mode, text).isAllowed(request, [...store]);
    }),
  'an entity of a list has tags of its own only': () =>
    everyMode((mode) => {
      const engine = engineIn(mode, 'permit(principal, action, resource) when { resource.hasTag("t") };');
      Object.assign(Object.prototype, { tags: { t: 1 } });
      try {
        return !engine.isAllowed(request, [{ uid: { type: 'Doc', id: 'd' }, attrs: {}, parents: [] }]);
      } finally {
        delete (Object.prototype as Record<string, unknown>).tags;
      }
    }),
  'policies are replaced as a whole or not at all': () =>
    (['compile', 'interpret'] as const).every((mode) => {
      const engine = compile(['@id("a") permit(principal, action, resource);'], { mode, schema: SCHEMA });
      const next = [
        '@id("b") forbid(principal, action, resource);',
        'permit(principal, action, resource) when { resource.opn };',
      ];
      const isRefused = throws(() => engine.replace(next), ValidationError) && engine.isAllowed(request, []);
      engine.replace(next[0]!);
      return isRefused && !engine.isAllowed(request, []);
    }),
  'what was forgotten is told': () =>
    everyMode((mode) => {
      const engine = engineIn(mode, PERMIT);
      return (
        throws(() => engine.isAllowed(request, undefined as never), UsageError) &&
        throws(() => engine.isAllowed(undefined as never, []), UsageError)
      );
    }),
};

function isDepthTold(arg: object): boolean {
  try {
    EntityStore.from([{ uid: 'Doc::"d"', attrs: { arg }, parents: [] }]);
    return false;
  } catch (error) {
    return (error as Error).message.includes('recursion limit');
  }
}

/** The claims that do not hold. */
export function broken(): string[] {
  return Object.entries(CLAIMS).flatMap(([name, holds]) => {
    try {
      return holds() ? [] : [name];
    } catch {
      return [name];
    }
  });
}
