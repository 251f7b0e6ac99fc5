/**
 * Oracles — who is timed on a scenario; all of them must agree before.
 */
import { disagreements, type Oracle } from './oracle.ts';
import { casbin } from './rivals/casbin.ts';
import { casl } from './rivals/casl.ts';
import { cedarWasm } from './rivals/cedar-wasm.ts';
import { cedarmill, withEntities } from './rivals/cedarmill.ts';
import { cel } from './rivals/cel.ts';
import { hand } from './rivals/hand.ts';
import { model } from './rivals/model.ts';
import type { NativeTiming } from './rivals/native.ts';
import type { Scenario } from './scenario/scenario.ts';
import { type Field, SCENARIOS } from './scenarios.ts';

/** How many requests the slow are asked before they are timed. */
const FEW = 40;

export async function oraclesOf(scenario: Scenario, field: Field): Promise<Oracle[]> {
  const own = SCENARIOS[scenario.name]?.oracles?.(scenario);
  if (own !== undefined) {
    requireAgreement(own, scenario);
    return own;
  }
  const oracles = [...hand(scenario), ...cedarmill(scenario)];
  if (field === 'all') oracles.push(...withEntities(scenario), ...(await rivals(scenario)));
  requireAgreement(oracles, scenario);
  return oracles;
}

async function rivals(scenario: Scenario): Promise<Oracle[]> {
  const told = [...casl(scenario), ...(await casbin(scenario)), ...cel(scenario)];
  return [...told, ...model(scenario), ...cedarWasm(scenario)];
}

/** Thousands of entities take a second in every call. */
function readsAll(mode: string): boolean {
  return mode.includes('each call') || mode.includes('in the call') || mode.includes('all data');
}

function requireAgreement(oracles: readonly Oracle[], { name, size, requests }: Scenario): void {
  const slow = oracles.filter(({ engine, mode }) => engine === 'cedar-wasm' || engine === 'model' || readsAll(mode));
  const fast = oracles.filter((oracle) => !slow.includes(oracle));
  const all = [...requests.keys()];
  const wrong = [
    ...disagreements(fast, all),
    ...disagreements([oracles[0]!, ...slow], all.slice(0, size > 100 ? 5 : FEW)),
  ];
  if (wrong.length > 0) throw new Error(`${name} ${size}: rivals disagree: ${wrong.slice(0, 5).join('; ')}`);
}

/** The native rivals tell what they decided when they are done. */
export function requireNativeAgreement(natives: readonly NativeTiming[], first: Oracle, scenario: Scenario): void {
  const { name, size, requests } = scenario;
  for (const { engine, decisions } of natives) {
    const wrong = [...requests.keys()].filter((request) => decisions[request] !== first.allows(request));
    if (wrong.length > 0)
      throw new Error(`${name} ${size}: ${engine} disagrees on requests ${wrong.slice(0, 5).join()}`);
  }
}
