/**
 * Query resource — `query_resource` of the official crate, in a process of its own (`bench/rivals/rust`).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nativeRivals } from '../../rivals/native.ts';
import type { Effort } from '../measure.ts';
import { ALICE, type Doc, entityOf, POLICIES, SCHEMA } from './documents.ts';

/** One call, and what it found, in the order of texts. */
export interface QueryTiming {
  readonly nsPerDecision: number;
  readonly spread: number;
  readonly ids: readonly string[];
}

const TIMES: Readonly<Record<Effort, readonly [rounds: number, roundMs: number, warmUpMs: number]>> = {
  quick: [3, 1, 1],
  full: [15, 12, 700],
};

/** `undefined` without the crate, of which a message tells. */
export function timeQueryResource(docs: readonly Doc[], effort: Effort): QueryTiming | undefined {
  const [rival] = nativeRivals({ build: effort === 'full', engines: ['cedar-policy'] });
  if (rival === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'cedarmill-lists-'));
  try {
    for (const [file, text] of Object.entries(filesOf(docs))) writeFileSync(join(folder, file), text);
    const args = [folder, ...TIMES[effort].map(String)];
    return JSON.parse(execFileSync(rival.binary, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })) as QueryTiming;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function filesOf(docs: readonly Doc[]): Readonly<Record<string, string>> {
  const query = { principal: ALICE.uid, action: { type: 'Action', id: 'view' }, resource: 'Doc' };
  return {
    'schema.cedarschema': SCHEMA,
    'policies.cedar': POLICIES,
    'entities.json': JSON.stringify([ALICE, ...docs.map(entityOf)]),
    'query.json': JSON.stringify(query),
  };
}
