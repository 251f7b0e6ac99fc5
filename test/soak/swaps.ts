/**
 * Swaps — decisions while the policies are replaced under the engine: every answer is that of the old policies or of the new ones, whole.
 *
 *     npm run soak:swaps -- [--swaps 10000] [--decisions 10000000] [--entities 100000]
 *
 * Half of the decisions are made by an engine of a built module, half by one of `compile`. What they should be was said before by engines that nobody
 * replaces anything in. One swap in ten happens while a request is read, in a getter of it; then either answer is right, but no third one.
 *
 * It prints how long a swap takes until the next answer, and how much processor time, which others on the machine do not lengthen; the slowest are those
 * during which garbage is collected. It fails for any other answer, or if no answer of a kind was met.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from '../../src/build/build.ts';
import { compile, EntityStore, load, type RequestInput, type Response, type TypedModule } from '../../src/index.ts';

const { values } = parseArgs({
  options: {
    swaps: { type: 'string', default: '10000' },
    decisions: { type: 'string', default: '10000000' },
    entities: { type: 'string', default: '100000' },
  },
});
const [swaps, decisions, entities] = [values.swaps, values.decisions, values.entities].map(Number) as [
  number,
  number,
  number,
];

const SCHEMA =
  'entity Team; entity User in [Team] { level: Long }; entity Doc in [Team] { level: Long, owner: User }; action view, edit appliesTo { principal: User, resource: Doc };';

/** Each answer names policies of one side, and what one side permits the other often forbids; some policies err. */
const SIDES = {
  x: `@id("x-owner") permit(principal, action, resource) when { principal == resource.owner };
      @id("x-level") permit(principal, action == Action::"view", resource) when { principal.level + 9223372036854775800 > resource.level };
      @id("x-team") forbid(principal in Team::"t3", action == Action::"edit", resource);`,
  y: `@id("y-owner") forbid(principal, action, resource) when { principal == resource.owner };
      @id("y-level") permit(principal, action, resource) when { principal.level >= resource.level };
      @id("y-team") permit(principal in Team::"t3", action, resource) when { resource.level + 9223372036854775806 > 0 };`,
} as const;
const TEAMS = 10;

type Side = keyof typeof SIDES;
type Ask = (request: RequestInput, entities: EntityStore | readonly object[]) => Response;

/** What is asked of an engine whose policies change. */
interface Subject {
  readonly name: string;
  readonly isAuthorized: Ask;
  readonly isAllowed: (...asked: Parameters<Ask>) => boolean;
  readonly replace: (side: Side) => void;
}

const team = (n: number) => ({ type: 'Team', id: `t${n % TEAMS}` });
const user = (n: number) => ({
  uid: { type: 'User', id: `u${n}` },
  attrs: { level: n % 12 },
  parents: [team(n)],
});
const doc = (n: number) => ({
  uid: { type: 'Doc', id: `d${n}` },
  attrs: { level: n % 7, owner: { __entity: { type: 'User', id: `u${n}` } } },
  parents: [team(n + 1)],
});

const half = Math.max(entities >> 1, 2);
const teams = Array.from({ length: TEAMS }, (_, n) => ({ uid: team(n), attrs: {}, parents: [] }));
const each = Array.from({ length: half }, (_, n) => n);
const store = EntityStore.from([...teams, ...each.map(user), ...each.map(doc)], { schema: SCHEMA });

/** A question, in one of the forms of requests, with what it is asked about. */
function question(n: number): Parameters<Ask> {
  const [who, what] = [n % half, (n % 3 === 0 ? n : n * 31) % half];
  const action = n % 2 === 0 ? 'view' : 'edit';
  const [principal, resource] = [user(who).uid, doc(what).uid];
  switch (n % 4) {
    case 0:
      return [{ principal, action, resource }, store];
    case 1:
      return [{ principal: `User::"${principal.id}"`, action, resource: `Doc::"${resource.id}"` }, store];
    case 2:
      return [{ principal: store.handle(principal), action, resource: store.handle(resource) }, store];
    default:
      return [{ principal, action, resource }, [user(who), doc(what), team(who), team(what + 1)].map(entityOf)];
  }
}

function entityOf(entity: object): object {
  return 'uid' in entity ? entity : { uid: entity, attrs: {}, parents: [] };
}

async function moduleOf(side: Side): Promise<TypedModule> {
  const root = mkdtempSync(join(tmpdir(), 'cedarmill-swaps-'));
  try {
    writeFileSync(join(root, 'p.cedar'), SIDES[side]);
    writeFileSync(join(root, 's.cedarschema'), SCHEMA);
    const runtime = JSON.stringify(new URL('../../src/runtime.ts', import.meta.url).href);
    const { code } = build({ policies: ['p.cedar'], schema: ['s.cedarschema'], root });
    writeFileSync(join(root, 'p.mjs'), code.replace("'cedarmill/runtime'", runtime));
    return (await import(pathToFileURL(join(root, 'p.mjs')).href)).policies;
  } finally {
    rmSync(root, { recursive: true });
  }
}

/** The answer as text: decision, policies, and those that erred. */
function told({ decision, determiningPolicies, errors }: Response): string {
  return `${decision} ${determiningPolicies} ${errors.map(({ policyId }) => policyId)}`;
}

const modules = { x: await moduleOf('x'), y: await moduleOf('y') };
const oracles = { x: load(modules.x), y: load(modules.y) };
const replaced = load(modules.x);
const compiled = compile(SIDES.x, { schema: SCHEMA });
const subjects: readonly Subject[] = [
  { ...asked(replaced), name: 'module', replace: (side) => replaced.replace(modules[side]) },
  { ...asked(compiled), name: 'compile', replace: (side) => compiled.replace(SIDES[side]) },
];

function asked(engine: Pick<Subject, 'isAllowed' | 'isAuthorized'>) {
  return {
    isAuthorized: (...question: Parameters<Ask>) => engine.isAuthorized(...question),
    isAllowed: (...question: Parameters<Ask>) => engine.isAllowed(...question),
  };
}

interface Question {
  readonly asking: Parameters<Ask>;
  /** The answer by each side, as text. */
  readonly expected: Readonly<Record<Side, string>>;
}

const QUESTIONS = 2000;
const questions = Array.from({ length: QUESTIONS }, (_, n): Question => {
  const asking = question(n);
  const by = (side: Side) => told(oracles[side].isAuthorized(...asking));
  return { asking, expected: { x: by('x'), y: by('y') } };
});

const met = new Set<string>();
interface Swap {
  readonly wall: number;
  readonly processor: number;
}

const ms = new Map<string, Swap[]>(subjects.map(({ name }) => [name, []]));
let [asks, mixed] = [0, 0];

/** Asks in one of the two ways; the answer must be that of one of these sides. */
function compare(subject: Subject, n: number, sides: readonly Side[], turned?: Parameters<Ask>): void {
  const { asking, expected } = questions[n % QUESTIONS]!;
  asks++;
  if (asks % 3 !== 0 || turned !== undefined) {
    const answer = told(subject.isAuthorized(...(turned ?? asking)));
    met.add(answer);
    if (!sides.some((side) => expected[side] === answer)) report(subject, n, answer);
  } else {
    const answer = subject.isAllowed(...asking) ? 'allow' : 'deny';
    if (!sides.some((side) => expected[side].startsWith(answer))) report(subject, n, answer);
  }
}

function report({ name }: Subject, n: number, answer: string): void {
  mixed++;
  const { x, y } = questions[n % QUESTIONS]!.expected;
  console.log(`${name}, question ${n % QUESTIONS}: ${answer}, and the policies say ${x} or ${y}`);
}

/** The request replaces the policies while its principal is read for the first time. */
function turning(subject: Subject, n: number, side: Side): Parameters<Ask> {
  const [request, entities] = questions[n % QUESTIONS]!.asking;
  const { principal } = request;
  let isTurned = false;
  const turned = Object.defineProperty({ ...request }, 'principal', {
    enumerable: true,
    get() {
      if (!isTurned) {
        isTurned = true;
        subject.replace(side);
      }
      return principal;
    },
  });
  return [turned, entities];
}

/** A swap is followed by this number of questions, each asked several times, as the entities meet the new policies first once and then again. */
const WINDOW = 100;
const perSwap = Math.max(1, Math.round(decisions / swaps / subjects.length) - 1);
for (let swap = 1; swap <= swaps; swap++) {
  const [before, side]: [Side, Side] = swap % 2 === 0 ? ['y', 'x'] : ['x', 'y'];
  const first = (swap * 37) % QUESTIONS;
  for (const subject of subjects) {
    const begin = performance.now();
    const used = process.cpuUsage();
    if (swap % 10 === 0) compare(subject, first, [before, side], turning(subject, first, side));
    else {
      subject.replace(side);
      compare(subject, first, [side]);
      const { user, system } = process.cpuUsage(used);
      ms.get(subject.name)!.push({ wall: performance.now() - begin, processor: (user + system) / 1000 });
    }
    for (let i = 0; i < perSwap; i++) compare(subject, first + (i % WINDOW), [side]);
  }
  if (swap % 100 === 0) await new Promise(setImmediate);
  if (swap % 1000 === 0) console.log(`${swap} of ${swaps} swaps`);
}

/** The median, and what all but one in a hundred stay below. */
function spread(numbers: readonly number[]): string {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor((sorted.length - 1) * part)]!.toFixed(2);
  return `median ${at(0.5)} ms, 99 % below ${at(0.99)} ms`;
}

for (const [name, all] of ms) {
  const [wall, processor] = [all.map((swap) => swap.wall), all.map((swap) => swap.processor)];
  console.log(`${name}: a swap and the next answer, ${entities} entities: ${spread(wall)}`);
  console.log(`${name}: processor time of it: ${spread(processor)}`);
}
const kinds = ['allow x', 'deny x', 'allow y', 'deny y', ' x-level', ' y-team'];
const unmet = kinds.filter((kind) => ![...met].some((each) => each.includes(kind)));
if (unmet.length > 0) console.log(`no answer of the kind ${unmet.join(', ')}`);
console.log(
  `${mixed === 0 ? 'whole' : 'MIXED'}: ${asks} decisions during ${swaps * subjects.length} swaps, ${mixed} mixed`,
);
if (mixed > 0 || unmet.length > 0) process.exitCode = 1;
