/**
 * Memory — a process that repeats one operation of engines thousands of times, with names that never were before, and prints what each left behind.
 *
 *     node --expose-gc --no-compilation-cache --import tsx test/src/engine/memory.ts policies 1200
 */
import { emitModule } from '../../../codegen/bind/module.ts';
import { load } from '../../../codegen/load/load.ts';
import { LinkIndex, Node, type PolicyModule } from '../../../codegen/runtime/index.ts';
import { load as engineOf } from '../../../src/engine/module-engine.ts';
import {
  compile,
  type Engine,
  EntityStore,
  EntityUid,
  type Policy,
  PolicySet,
  parsePolicies,
  parseSchema,
} from '../../../src/index.ts';

const policyOf = (text: string, id: string): Policy => ({ ...parsePolicies(text).policies[0]!, id });
const user = (id: string) => ({ type: 'User', id });
const ask = (action: string, principal = 'u') => ({
  principal: user(principal),
  action: { type: 'Action', id: action },
  resource: { type: 'Doc', id: 'd' },
});

/** Some that stay, of several actions and skeletons. */
const STAY = Array.from({ length: 30 }, (_, i) =>
  policyOf(
    `permit(principal, action == Action::"a${i % 5}", resource) when { principal.n == ${i} && resource.m${i} };`,
    `stays ${i}`,
  ),
);

function module(): PolicyModule {
  const text = emitModule(PolicySet.of(STAY));
  const body = text
    .replace(/^import \{ .*Node \} from 'cedarmill\/runtime';$/m, '')
    .replace('export const policies =', 'return');
  return load<(index: typeof LinkIndex, node: typeof Node) => PolicyModule>(['LinkIndex', 'Node'], body)(
    LinkIndex,
    Node,
  );
}

const { schema: SCHEMA } = parseSchema(
  'entity User { n: Long }; entity Doc; action a1 appliesTo { principal: User, resource: Doc, context: { a?: Bool } };',
);
const TYPED = 'permit(principal, action, resource) when { context has a && context.a && principal.n == 1 };';

/** Asks until the functions of single actions are joined by a dispatcher. */
function warmUp(engine: Engine, store: EntityStore): void {
  for (let i = 0; i < 8; i++) engine.isAllowed(ask('a1'), store);
}

/** An engine that lives, and what a policy that comes and goes says. */
function churn(textOf: (i: number) => string): (i: number) => void {
  const set = PolicySet.of(STAY);
  const engine = compile(set);
  const store = EntityStore.from([]);
  for (let i = 0; i < 100; i++) engine.isAllowed(ask('a1'), store);
  return (i) => {
    set.add(policyOf(textOf(i), `goes ${i}`));
    engine.isAuthorized(ask('a1', `x${i}`), store);
    engine.isAllowed(ask(`fresh${i}`), store);
    set.remove(`goes ${i}`);
    engine.isAllowed(ask('a1'), store);
  };
}

function engines(use: (set: PolicySet, store: EntityStore) => void): () => void {
  const [set, store] = [PolicySet.of(STAY), EntityStore.from([])];
  return () => use(set, store);
}

export const KINDS: Readonly<Record<string, () => (i: number) => void>> = {
  policies: () => churn((i) => `permit(principal == User::"x${i}", action == Action::"a1", resource);`),
  attributes: () =>
    churn((i) => `permit(principal, action == Action::"a1", resource) when { principal.attr${i} == 1 };`),
  'policies of fresh actions': () => churn((i) => `permit(principal, action == Action::"fresh${i}", resource);`),
  templates: () => {
    const set = PolicySet.of(STAY);
    const [engine, store] = [compile(set), EntityStore.from([])];
    return (i) => {
      set.addTemplate(policyOf('permit(principal == ?principal, action, resource);', `t${i}`));
      set.link({ id: `l${i}`, templateId: `t${i}`, slotEnv: { principal: new EntityUid('User', `x${i}`) } });
      engine.isAuthorized(ask('a1', `x${i}`), store);
      set.unlink(`l${i}`);
      set.removeTemplate(`t${i}`);
    };
  },
  links: () => {
    const set = PolicySet.of(STAY);
    set.addTemplate(policyOf('permit(principal == ?principal, action, resource);', 't'));
    const [engine, store] = [compile(set), EntityStore.from([])];
    return (i) => {
      set.link({ id: `l${i}`, templateId: 't', slotEnv: { principal: new EntityUid('User', `x${i}`) } });
      engine.isAuthorized(ask('a1', `x${i}`), store);
      set.unlink(`l${i}`);
    };
  },
  'unknown actions': () => {
    const [engine, store] = [compile(PolicySet.of(STAY)), EntityStore.from([])];
    return (i) => engine.isAuthorized(ask(`unknown${i}`), store);
  },
  'satisfied sets': () => {
    const set = PolicySet.of(
      Array.from({ length: 20 }, (_, i) =>
        policyOf(`permit(principal, action, resource) when { context.a${i} };`, `p${i}`),
      ),
    );
    const [engine, store] = [compile(set), EntityStore.from([])];
    const contextOf = (i: number) =>
      Object.fromEntries(Array.from({ length: 20 }, (_, k) => [`a${k}`, ((i >> k) & 1) === 1]));
    return (i) => engine.isAuthorized({ ...ask('a'), context: contextOf(Math.imul(i, 7919)) }, store);
  },
  stores: () => {
    const engine = compile(PolicySet.of(STAY));
    return () => engine.isAllowed(ask('a1'), EntityStore.from([]));
  },
  'released engines': () =>
    engines((set, store) => {
      const engine = compile(set);
      engine.isAllowed(ask('a1'), store);
      engine.release();
    }),
  'dropped engines': () => engines((set, store) => compile(set).isAllowed(ask('a1'), store)),
  'dropped engines that a listener leads to': () => {
    const store = EntityStore.from([]);
    return () => {
      const engine = compile(PolicySet.of(STAY), { warmUp: 2 });
      engine.onChange(() => engine.isAllowed(ask('a1'), store));
      warmUp(engine, store);
    };
  },
  'dropped engines with a schema that a listener leads to': () => {
    const store = EntityStore.from([], { schema: SCHEMA });
    return () => {
      const engine = compile(PolicySet.of(TYPED), { schema: SCHEMA, warmUp: 2 });
      engine.onChange(() => engine.isAllowed(ask('a1'), store));
      warmUp(engine, store);
    };
  },
  'dropped engines that their entities lead to': () =>
    engines((set) => {
      const engine = compile(set);
      engine.isAllowed(ask('a1'), Object.assign([{ uid: user('u'), attrs: {}, parents: [] }], { engine }));
    }),
  'dropped engines that were asked in part': () => {
    const [set, store] = [PolicySet.of(TYPED), EntityStore.from([], { schema: SCHEMA })];
    return () => {
      const engine = compile(set, { schema: SCHEMA });
      engine.partial({ principal: { type: 'User' }, action: 'a1', resource: { type: 'Doc' } }, store);
    };
  },
  'dropped engines that interpret': () =>
    engines((set, store) => compile(set, { mode: 'interpret' }).isAllowed(ask('a1'), store)),
  'dropped module engines': () => {
    const policies = module();
    return engines((_, store) => engineOf(policies).isAllowed(ask('a1'), store));
  },
};

interface Limit {
  /** How often it is done. */
  readonly count: number;
  /** How many bytes each time may leave. */
  readonly atMost: number;
}

export const LIMITS: Readonly<Record<string, Limit>> = {
  policies: { count: 450, atMost: 6000 },
  attributes: { count: 300, atMost: 8000 },
  'policies of fresh actions': { count: 600, atMost: 6000 },
  templates: { count: 600, atMost: 4000 },
  links: { count: 9000, atMost: 200 },
  'unknown actions': { count: 15_000, atMost: 80 },
  'satisfied sets': { count: 30_000, atMost: 60 },
  stores: { count: 900, atMost: 1500 },
  'released engines': { count: 450, atMost: 4000 },
  'dropped engines': { count: 300, atMost: 8000 },
  'dropped engines that a listener leads to': { count: 240, atMost: 8000 },
  'dropped engines with a schema that a listener leads to': { count: 300, atMost: 8000 },
  'dropped engines that their entities lead to': { count: 240, atMost: 8000 },
  'dropped engines that were asked in part': { count: 600, atMost: 1400 },
  'dropped engines that interpret': { count: 4000, atMost: 100 },
  'dropped module engines': { count: 900, atMost: 4000 },
};

async function bytesInUse(): Promise<number> {
  // Finalizers run between the turns of the event loop.
  for (let i = 0; i < 6; i++) {
    await new Promise((resolve) => setTimeout(resolve, 2));
    (globalThis as { gc?: () => void }).gc!();
  }
  return process.memoryUsage().heapUsed;
}

async function main(kind: string, count: number): Promise<void> {
  const step = KINDS[kind]!();
  const used: number[] = [];
  for (let part = 0, i = 0; part < 3; part++) {
    for (; i < (count * (part + 1)) / 3; i++) {
      step(i);
      if (i % 20 === 0) await new Promise(setImmediate);
    }
    used.push(await bytesInUse());
  }
  console.log(JSON.stringify({ kind, each: (3 * (used[2]! - used[0]!)) / (2 * count) }));
}

const [kind, count] = process.argv.slice(2);
if (kind !== undefined) await main(kind, Number(count));
