/**
 * Without WeakRef — Cloudflare Workers have none before a compatibility date of 2025; nothing may need it.
 */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EntityStore } from '../../../src/index.ts';
import { engineIn, MODES } from './modes.ts';

beforeEach(() => {
  vi.stubGlobal('WeakRef', undefined);
  vi.stubGlobal('FinalizationRegistry', undefined);
});
afterEach(() => vi.unstubAllGlobals());

const SCHEMA = 'entity U; entity R { n: Long }; action a appliesTo { principal: U, resource: R };';
const request = { principal: 'U::"u"', action: 'Action::"a"', resource: 'R::"r"' };
const r = (n: number) => ({ uid: 'R::"r"', attrs: { n }, parents: [] });

describe.each(MODES)('%s', (mode) => {
  test.each([[undefined], [SCHEMA]])('lists and stores are asked about, schema %j', (schema) => {
    const engine = engineIn(mode, 'permit(principal, action, resource) when { resource.n == 1 };', schema);
    const list = [r(1)];
    const store = EntityStore.from(list, schema === undefined ? {} : { schema });
    for (let i = 0; i < 4; i++) {
      expect(engine.isAllowed(request, list)).toBe(true);
      expect(engine.isAllowed(request, [r(2)])).toBe(false);
      expect(engine.isAllowed(request, store)).toBe(true);
    }
    const may = engine.specialize(request, store);
    for (let i = 0; i < 20; i++) expect(may.isAllowed('R::"r"')).toBe(true);
    store.upsert(r(2));
    expect(may.isAllowed('R::"r"')).toBe(false);
    expect(engine.isAllowed(request, store)).toBe(false);
  });
});
