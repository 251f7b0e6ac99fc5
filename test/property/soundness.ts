/**
 * Soundness — what the validator accepts, held against what the model does with it.
 *
 * A policy that passes must not err for a request and entities that fit the schema, but for a missing entity, an overflow or an extension function.
 * And it must do what its types say: nothing where it is irrelevant, and the same when dead code is left out.
 */
import { evaluate } from '../../src/model/evaluator.ts';
import type { Schema } from '../../src/schema/schema.ts';
import type { Expr } from '../../src/syntax/core.ts';
import type { CorePolicy } from '../../src/syntax/core-policy.ts';
import { desugarPolicy, linkPolicy, policyToExpr, slotsOf } from '../../src/syntax/desugar.ts';
import type { Policy } from '../../src/syntax/policy.ts';
import { checkRequest, conformingEntities } from '../../src/validator/conformance/conformance.ts';
import { ConformanceError } from '../../src/validator/conformance/conformance-error.ts';
import { typecheckPolicy } from '../../src/validator/typecheck/typecheck.ts';
import type { TypedExpr } from '../../src/validator/typecheck/typed-expression.ts';
import { validatePolicy } from '../../src/validator/validate.ts';
import { type Entities, EntitiesError, type Entity } from '../../src/value/entities.ts';
import { EvaluationError } from '../../src/value/evaluation-error.ts';
import type { Request } from '../../src/value/request.ts';
import { type Case, caseIn, type Flavour, SMALL } from '../arbitrary/case.ts';
import { printCase } from '../arbitrary/golden.ts';
import { nearMisses } from '../arbitrary/near-miss.ts';
import { Random } from '../arbitrary/random.ts';
import { arbitraryWorld } from '../arbitrary/world.ts';
import { constructsOf } from '../drt/coverage.ts';

/** Errors that validation does not rule out. */
const LEFT_OVER: ReadonlySet<string> = new Set(['entityDoesNotExist', 'extensionError', 'arithBoundsError']);

export interface Tally {
  accepted: number;
  rejected: number;
  /** Evaluations of accepted policies, by outcome. */
  readonly outcomes: Map<string, number>;
  /** Construct → accepted, rejected. */
  readonly constructs: Map<string, [number, number]>;
  /** Codes of errors. */
  readonly reasons: Map<string, number>;
  /** Requests and entities that did not fit, and so said nothing. */
  unfit: number;
}

export interface Soundness {
  readonly tally: Tally;
  /** Accepted, and wrong all the same: each as a case that can be kept. */
  readonly unsound: readonly string[];
}

/** Generates until this number of policies is accepted. Stops early after a few findings. */
export function tryValidator(seed: number, wanted: number, enough = 3): Soundness {
  const tally: Tally = {
    accepted: 0,
    rejected: 0,
    outcomes: new Map(),
    constructs: new Map(),
    reasons: new Map(),
    unfit: 0,
  };
  const unsound: string[] = [];
  const random = new Random(seed);
  while (tally.accepted < wanted && unsound.length < enough) {
    const given = arbitraryNearMisses(random);
    unsound.push(...tryCase(given, tally));
  }
  return { tally, unsound };
}

/** Well-typed data; policies that are well typed, or were before something was changed. */
function arbitraryNearMisses(random: Random): Case {
  const world = arbitraryWorld(random);
  const flavour: Flavour = random.chance(80) ? 'typed' : 'loose';
  const given = caseIn(random, world, flavour, { ...SMALL, requests: 6 });
  const data = flavour === 'typed' ? given : caseIn(random, world, 'typed', { ...SMALL, requests: 6 });
  const missed = nearMisses(random, world, given.policies);
  return { ...given, policies: missed, entities: data.entities, requests: data.requests };
}

function tryCase(given: Case, tally: Tally): string[] {
  const { schema, policies, links } = given;
  const entities = fitting(given.entities, schema);
  const requests = given.requests.filter((request) => checkRequest(request, schema) === undefined);
  tally.unfit += given.requests.length - requests.length + (entities === undefined ? 1 : 0);
  if (entities === undefined) return [];
  const findings: string[] = [];
  for (const policy of policies) {
    const core = desugarPolicy(policy);
    if (!accepts(policy, core, schema, tally)) continue;
    const statics = slotsOf(policy).length === 0 ? [core] : [];
    const linked = links.filter(({ templateId }) => templateId === policy.id).map((link) => linkPolicy(core, link));
    for (const each of [...statics, ...linked]) {
      const wrong = requests.find((request) => !isSoundFor(each, request, entities, schema, tally));
      if (wrong !== undefined) findings.push(printCase({ ...given, policies: [policy], requests: [wrong] }));
    }
  }
  return findings;
}

function fitting(entities: readonly Entity[], schema: Schema): Entities | undefined {
  try {
    return conformingEntities(entities, schema);
  } catch (error) {
    if (error instanceof ConformanceError || error instanceof EntitiesError) return undefined;
    throw error;
  }
}

function accepts(policy: Policy, core: CorePolicy, schema: Schema, tally: Tally): boolean {
  const errors = validatePolicy(core, schema).filter(({ diagnostic }) => diagnostic.severity === 'error');
  const accepted = errors.length === 0;
  if (accepted) tally.accepted++;
  else tally.rejected++;
  for (const { diagnostic } of errors) increment(tally.reasons, diagnostic.code);
  for (const construct of constructsOf(policy)) {
    const counts = tally.constructs.get(construct) ?? [0, 0];
    counts[accepted ? 0 : 1]++;
    tally.constructs.set(construct, counts);
  }
  return accepted;
}

function increment(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function isSoundFor(policy: CorePolicy, request: Request, entities: Entities, schema: Schema, tally: Tally): boolean {
  const outcome = outcomeOf(policyToExpr(policy), request, entities);
  increment(tally.outcomes, outcome);
  if (outcome !== 'true' && outcome !== 'false' && !LEFT_OVER.has(outcome)) return false;
  const action = schema.actions.get(request.action.key)!;
  const environment = { principal: request.principal.type, action, resource: request.resource.type };
  const result = typecheckPolicy(policy, environment, schema);
  if (result.kind === 'failed') return isUnknownLink(policy, schema);
  if (result.kind === 'irrelevant' && outcome === 'true') return false;
  return agreesWithType(result.expr, outcome) && outcomeOf(withoutTypes(result.expr), request, entities) === outcome;
}

/** A link may hold a name that the template could not know; that is the link's own error. */
function isUnknownLink({ principal, resource }: CorePolicy, schema: Schema): boolean {
  return [principal, resource].some(
    (scope) => 'entity' in scope && scope.entity.kind === 'entityUid' && !schema.entityTypes.has(scope.entity.uid.type),
  );
}

function agreesWithType({ type }: TypedExpr, outcome: string): boolean {
  return !(type?.kind === 'true' && outcome === 'false') && !(type?.kind === 'false' && outcome === 'true');
}

/** A typed tree is a core tree. */
function withoutTypes(expr: TypedExpr): Expr {
  return expr as Expr;
}

function outcomeOf(expr: Expr, request: Request, entities: Entities): string {
  try {
    return String(evaluate(expr, request, entities));
  } catch (error) {
    if (error instanceof EvaluationError) return error.kind;
    throw error;
  }
}

export function printTally({ accepted, rejected, outcomes, constructs, reasons, unfit }: Tally): string {
  const percent = (n: number, of: number) => `${((100 * n) / of).toFixed(1)} %`;
  const total = accepted + rejected;
  const evaluations = [...outcomes.values()].reduce((a, b) => a + b, 0);
  return [
    `accepted ${accepted} of ${total} policies (${percent(accepted, total)}), ${unfit} unfit data`,
    'outcome of accepted policies',
    ...[...outcomes].map(([outcome, n]) => `  ${outcome.padEnd(24)} ${percent(n, evaluations)}`),
    'construct                  share  accepted',
    ...[...constructs]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, [yes, no]]) => `  ${name.padEnd(24)} ${percent(yes + no, total)}  ${percent(yes, yes + no)}`),
    'reason of rejection',
    ...[...reasons].sort(([, a], [, b]) => b - a).map(([code, n]) => `  ${code.padEnd(32)} ${percent(n, rejected)}`),
  ].join('\n');
}
