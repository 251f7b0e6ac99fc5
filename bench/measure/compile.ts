/**
 * Compile — how fast policies are read and made ready: parsed alone, and up to the first answer; links; cedar-wasm beside.
 *
 * All policies are about one action, so that the first answer needs every one of them compiled. What is timed is the package as it is published.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Engine, EntityStore, Policy, Response } from '../../src/index.ts';
import type { Row } from '../row.ts';
import { range } from '../scenario/generator.ts';
import { handled } from './changing.ts';
import { type Effort, type Measure, measured, nsOf } from './measure.ts';
import { MOST_SHAPES, policiesText, type Realistic, requestFor, subjects } from './realistic.ts';
import { builtPackage } from './start/built.ts';

/** The main entry of the package, from wherever it comes. */
export type EntryPoint = typeof import('../../src/index.ts');

const FEW_SHAPES = 4;
const SIZES = {
  full: { policies: 20_000, links: 1_000_000, wasm: 2000, rounds: 31, linkRounds: 15 },
  quick: { policies: 1000, links: 10_000, wasm: 100, rounds: 3, linkRounds: 3 },
} satisfies Record<Effort, object>;

export const compile: Measure = {
  about: 'from text to the first answer, for each policy or link',
  rows: async (effort) => {
    const { policies, links, wasm, rounds, linkRounds } = SIZES[effort];
    const built = await builtPackage();
    try {
      const entry: EntryPoint = await import(pathToFileURL(built.files.compiler).href);
      return [
        ...[FEW_SHAPES, MOST_SHAPES].flatMap((shapes) => policyRows(entry, policies, shapes, rounds)),
        wasmRow(policies, wasm, rounds),
        linkRow(entry, links, linkRounds),
      ];
    } finally {
      built.remove();
    }
  },
};

function policyRows(entry: EntryPoint, size: number, shapes: number, rounds: number): Row[] {
  const text = policiesText(size, oneAction(shapes));
  const store = entry.EntityStore.from(subjects());
  const samples = range(rounds).map(() => {
    const policies = { parsed: [] as readonly Policy[] };
    const parse = nsOf(() => {
      policies.parsed = entry.parsePolicies(text).policies;
    });
    const rest = nsOf(() => firstAnswer(entry, policies.parsed, store).engine.release());
    return { parse: parse / size, all: (parse + rest) / size };
  });
  const row = (mode: string, all: readonly number[]) =>
    measured({ scenario: 'compile', size, engine: 'cedarmill', mode: `${mode}, ${shapes} shapes` }, all);
  return [
    row(
      'parse a policy',
      samples.map(({ parse }) => parse),
    ),
    row(
      'parse, compile, answer',
      samples.map(({ all }) => all),
    ),
  ];
}

export function oneAction(shapes: number): Realistic {
  return { shapes, actions: 1 };
}

/** The answer of a request that some of the policies may decide. */
export function firstAnswer(
  { compile: compiled, PolicySet }: EntryPoint,
  policies: readonly Policy[],
  store: EntityStore,
): { readonly engine: Engine; readonly answer: Response } {
  const engine = compiled(PolicySet.of(policies));
  return { engine, answer: engine.isAuthorized(handled(requestFor(0, oneAction(1)), store), store) };
}

/** Links of one template, each for a user and a document. */
function linkRow(
  { compile: compiled, EntityStore, EntityUid, PolicySet, parsePolicies }: EntryPoint,
  size: number,
  rounds: number,
): Row {
  const links = range(size).map((i) => ({
    templateId: 'policy0',
    id: `link-${i}`,
    slotEnv: {
      principal: new EntityUid('User', `user-${i % 10_000}`),
      resource: new EntityUid('Document', `document-${Math.floor(i / 10)}`),
    },
  }));
  const template = parsePolicies('permit (principal == ?principal, action, resource == ?resource);').policies;
  const request = { principal: 'User::"user-5"', action: 'Action::"view"', resource: 'Document::"document-0"' };
  const samples = range(rounds).map(
    () =>
      nsOf(() => {
        const set = PolicySet.of(template);
        for (const link of links) set.link(link);
        const engine = compiled(set);
        const allowed = engine.isAllowed(request, new EntityStore());
        if (!allowed) throw new Error('the link is not met');
        engine.release();
      }) / size,
  );
  return measured({ scenario: 'compile', size, engine: 'cedarmill', mode: 'link, compile, answer' }, samples);
}

/** It needs so long that it gets only some of the policies; its time for each grows with their number. */
function wasmRow(size: number, count: number, rounds: number): Row {
  const cedar = createRequire(import.meta.url)(
    '@cedar-policy/cedar-wasm/nodejs',
  ) as typeof import('@cedar-policy/cedar-wasm/nodejs');
  const policies = { staticPolicies: policiesText(count, oneAction(MOST_SHAPES)) };
  const preparse = () => {
    const answer = cedar.preparsePolicySet('compile', policies);
    if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join());
  };
  const samples = range(rounds).map(() => nsOf(preparse) / count);
  const mode = `preparse a policy, ${MOST_SHAPES} shapes, of ${count.toLocaleString('en-US')}`;
  return measured({ scenario: 'compile', size, engine: 'cedar-wasm', mode }, samples);
}
