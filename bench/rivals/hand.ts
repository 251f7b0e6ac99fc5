/**
 * Hand — the function that a good engineer would write for the application; the limit that compiled policies are held to.
 */
import { ActionsByHand } from '../hand/actions.ts';
import { AttributesByHand } from '../hand/attributes.ts';
import { ErrorsByHand } from '../hand/errors.ts';
import { GDriveByHand } from '../hand/gdrive.ts';
import { GitHubByHand } from '../hand/github.ts';
import { HospitalByHand } from '../hand/hospital.ts';
import { LinksByHand } from '../hand/links.ts';
import { TinyTodoByHand } from '../hand/tinytodo.ts';
import { TeamsByHand, WideByHand } from '../hand/wide.ts';
import type { Oracle } from '../oracle.ts';
import { loop } from '../monomorphic.ts';
import type { Hand, Scenario } from '../scenario/scenario.ts';

const HANDS: Readonly<Record<string, new (scenario: Scenario) => Hand<unknown>>> = {
  tinytodo: TinyTodoByHand,
  gdrive: GDriveByHand,
  'gdrive-templates': GDriveByHand,
  github: GitHubByHand,
  'github-templates': GitHubByHand,
  hospital: HospitalByHand,
  links: LinksByHand,
  'links-in': LinksByHand,
  wide: WideByHand,
  teams: TeamsByHand,
  attributes: AttributesByHand,
  errors: ErrorsByHand,
  actions: ActionsByHand,
};

/** `undefined` for scenarios whose rows have functions by hand of their own. */
export function handOf(scenario: Scenario): Hand<unknown> | undefined {
  const Made = HANDS[scenario.name];
  return Made && new Made(scenario);
}

export function hand(scenario: Scenario): Oracle[] {
  const made = handOf(scenario);
  return made === undefined ? [] : handOracles(made, scenario);
}

export function handOracles(hand: Hand<unknown>, scenario: Scenario): Oracle[] {
  const requests = scenario.requests.map((request) => hand.request(request));
  return [
    {
      engine: 'hand-written',
      mode: 'decision',
      run: loop('hand.isAllowed(requests[i])', { hand, requests }, requests.length),
      allows: (i) => hand.isAllowed(requests[i]),
    },
    {
      engine: 'hand-written',
      mode: 'full',
      run: loop('hand.isAuthorized(requests[i])', { hand, requests }, requests.length),
      allows: (i) => hand.isAuthorized(requests[i]).decision === 'allow',
    },
  ];
}
