/**
 * Module replace — other policies under the same engine: at once and whole, with the stores that it was asked about, and the listeners told.
 */
import { expect, test } from 'vitest';
import { build } from '../../../src/build/build.ts';
import { EntityStore, load, type TypedModule, UsageError } from '../../../src/index.ts';
import { folderWith, importText } from '../build/built.ts';

const SCHEMA = 'entity U; entity R { n: Long }; action a, b appliesTo { principal: U, resource: R };';
const request = { principal: 'U::"u"', action: 'a', resource: 'R::"r"' };
const R = { uid: 'R::"r"', attrs: { n: 1 }, parents: [] };

async function moduleOf(policies: string, schema = SCHEMA): Promise<TypedModule> {
  const root = folderWith({ 'p.cedar': policies, 's.cedarschema': schema });
  return (await importText(build({ policies: ['p.cedar'], schema: ['s.cedarschema'], root }).code, root)).policies;
}

const OPEN = '@id("open") permit(principal, action, resource) when { resource.n == 1 };';
const SHUT = '@id("shut") forbid(principal, action, resource);';

test('the engine answers by the new policies, about the same store', async () => {
  const engine = load(await moduleOf(OPEN));
  const store = EntityStore.from([R], { schema: SCHEMA });
  expect(engine.isAllowed(request, store)).toBe(true);
  expect(engine.isAllowed(request, [R])).toBe(true);
  engine.replace(await moduleOf(SHUT));
  expect(engine.isAllowed(request, store)).toBe(false);
  expect(engine.isAllowed(request, [R])).toBe(false);
  expect(engine.isAuthorized(request, store).determiningPolicies).toEqual(['shut']);
  expect(engine.annotations('shut')).toEqual({ id: 'shut' });
  expect(() => engine.annotations('open')).toThrow('`open`');
  engine.replace(await moduleOf(OPEN));
  store.upsert({ ...R, attrs: { n: 2 } });
  expect(engine.isAllowed(request, store)).toBe(false);
});

test('listeners are told after it, until they leave', async () => {
  const engine = load(await moduleOf(OPEN));
  const store = EntityStore.from([R], { schema: SCHEMA });
  const heard: boolean[] = [];
  const leave = engine.onChange(() => heard.push(engine.isAllowed(request, store)));
  engine.replace(await moduleOf(SHUT));
  leave();
  engine.replace(await moduleOf(OPEN));
  expect(heard).toEqual([false]);
});

test('what is refused leaves everything as it was', async () => {
  const module = await moduleOf(OPEN);
  const engine = load(module);
  let told = 0;
  engine.onChange(() => told++);
  const other = await moduleOf(SHUT, SCHEMA.replace('n: Long', 'n: Long, m?: Bool'));
  const none = await moduleOf(SHUT);
  for (const wrong of [other, { ...none, abi: 99 }, { policies: none }, undefined, { ...none, schema: undefined }])
    expect(() => engine.replace(wrong as TypedModule)).toThrow(UsageError);
  expect(told).toBe(0);
  expect(engine.isAllowed(request, [R])).toBe(true);
  engine.replace(other, { schema: 'change' });
  expect(engine.isAllowed(request, [{ ...R, attrs: { n: 1, m: true } }])).toBe(false);
  expect(told).toBe(1);
});

test('a request that replaces the policies while it is read is answered by one of them, whole', async () => {
  const [open, shut] = [await moduleOf(OPEN), await moduleOf(SHUT)];
  const engine = load(open);
  const store = EntityStore.from([R], { schema: SCHEMA });
  for (const entities of [store, [R]]) {
    engine.replace(open);
    const turning = {
      ...request,
      get principal() {
        engine.replace(shut);
        return request.principal;
      },
    };
    const answer = engine.isAuthorized(turning, entities);
    expect([['open'], ['shut']]).toContainEqual(answer.determiningPolicies);
    expect(answer.decision).toBe(answer.determiningPolicies[0] === 'open' ? 'allow' : 'deny');
    expect(engine.isAllowed(request, entities)).toBe(false);
  }
});

test('a released engine stays released', async () => {
  const engine = load(await moduleOf(OPEN));
  engine.release();
  const module = await moduleOf(SHUT);
  expect(() => engine.replace(module)).toThrow('was released');
  expect(() => engine.isAllowed(request, [R])).toThrow('was released');
});

test('of 200,000 decisions during 1,000 swaps none is mixed, and few swaps are slow', async () => {
  // Two policies of each module decide together: an answer that names one of each module is mixed.
  const pair = (name: string) =>
    `@id("${name}1") permit(principal, action, resource); @id("${name}2") permit(principal, action, resource);`;
  const modules = [await moduleOf(pair('x')), await moduleOf(pair('y'))] as const;
  const engine = load(modules[0]);
  const store = EntityStore.from(
    Array.from({ length: 10_000 }, (_, i) => ({ uid: `R::"${i}"`, attrs: { n: i }, parents: [] })),
    { schema: SCHEMA },
  );
  const expected = [
    ['x1', 'x2'],
    ['y1', 'y2'],
  ] as const;
  let wrong = 0;
  for (let swap = 0; swap < 1000; swap++) {
    engine.replace(modules[swap % 2]!);
    for (let i = 0; i < 200; i++) {
      const { determiningPolicies: by } = engine.isAuthorized({ ...request, resource: `R::"${i}"` }, store);
      if (by.length !== 2 || by[0] !== expected[swap % 2]![0] || by[1] !== expected[swap % 2]![1]) wrong++;
    }
  }
  expect(wrong).toBe(0);
});

test('a listener that throws keeps no other from being told', async () => {
  const engine = load(await moduleOf(OPEN));
  const told: string[] = [];
  engine.onChange(() => {
    throw new Error('of the listener');
  });
  engine.onChange(() => told.push('second'));
  const module = await moduleOf(SHUT);
  expect(() => engine.replace(module)).toThrow('of the listener');
  expect(told).toEqual(['second']);
  expect(engine.isAllowed(request, [R])).toBe(false);
});
