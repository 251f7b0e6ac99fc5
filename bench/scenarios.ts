/**
 * Scenarios — everything that `npm run bench` can time, by name.
 */
import type { Oracle } from './oracle.ts';
import { applicationOwnForms } from './rivals/own-objects.ts';
import {
  applicationErrorForms,
  applicationExtensionForms,
  applicationForms,
  applicationListForms,
} from './rivals/request-forms.ts';
import { actions } from './scenario/actions.ts';
import {
  application,
  applicationErrors,
  applicationExtensions,
  applicationList,
  applicationOwn,
} from './scenario/application.ts';
import { attributes } from './scenario/attributes.ts';
import { errors } from './scenario/errors.ts';
import { gdrive, gdriveTemplates } from './scenario/gdrive.ts';
import { github, githubTemplates } from './scenario/github.ts';
import { hospital } from './scenario/hospital.ts';
import { links, linksIn } from './scenario/links.ts';
import type { Scenario } from './scenario/scenario.ts';
import { tinytodo } from './scenario/tinytodo.ts';
import { teams, wide, wideShapes } from './scenario/wide.ts';

/** Which rivals are timed beside cedarmill and the function written by hand: all of them, the native ones, or none. */
export type Field = 'all' | 'native' | 'fast';

export interface Sized {
  readonly make: (size: number) => Scenario;
  /** Sizes with the rivals that are timed there. */
  readonly sizes: Readonly<Record<number, Field>>;
  /** For a run that only shows that all is well, and for the test of agreement. */
  readonly small: number;
  /** Who is timed; default: all that are told the scenario. */
  readonly oracles?: (scenario: Scenario) => Oracle[];
}

const PAPER: Sized['sizes'] = {
  5: 'native',
  10: 'fast',
  20: 'native',
  50: 'all',
  // Loading a thousand of a type takes the native ones a minute.
  1000: 'fast',
};
const LINKS: Sized['sizes'] = { 10: 'native', 1000: 'native', 100000: 'fast', 1000000: 'fast' };

export const SCENARIOS: Readonly<Record<string, Sized>> = {
  application: { make: application, sizes: { 200: 'fast' }, small: 20, oracles: applicationForms },
  'application-errors': { make: applicationErrors, sizes: { 200: 'fast' }, small: 20, oracles: applicationErrorForms },
  'application-extensions': {
    make: applicationExtensions,
    sizes: { 200: 'fast' },
    small: 20,
    oracles: applicationExtensionForms,
  },
  'application-own': { make: applicationOwn, sizes: { 200: 'fast' }, small: 20, oracles: applicationOwnForms },
  'application-list': {
    make: applicationList,
    sizes: { 1: 'fast', 5: 'fast', 20: 'fast', 300: 'fast', 10000: 'fast' },
    small: 5,
    oracles: applicationListForms,
  },
  tinytodo: { make: tinytodo, sizes: PAPER, small: 5 },
  gdrive: { make: gdrive, sizes: PAPER, small: 5 },
  github: { make: github, sizes: PAPER, small: 5 },
  'gdrive-templates': { make: gdriveTemplates, sizes: { 5: 'fast', 50: 'all' }, small: 5 },
  'github-templates': { make: githubTemplates, sizes: { 5: 'fast', 50: 'all' }, small: 5 },
  links: { make: links, sizes: LINKS, small: 100 },
  'links-in': { make: linksIn, sizes: LINKS, small: 100 },
  wide: {
    make: wide,
    sizes: { 10: 'native', 100: 'native', 1000: 'native', 10000: 'fast', 100000: 'fast' },
    small: 100,
  },
  teams: { make: teams, sizes: { 10: 'native', 1000: 'native', 100000: 'fast' }, small: 100 },
  'wide-shapes': {
    make: wideShapes,
    sizes: { 10: 'native', 100: 'native', 1000: 'native', 10000: 'fast' },
    small: 100,
  },
  hospital: { make: hospital, sizes: { 38: 'fast', 1000: 'fast', 10000: 'fast', 100000: 'fast' }, small: 110 },
  attributes: { make: attributes, sizes: { 50: 'native' }, small: 20 },
  errors: { make: errors, sizes: { 50: 'native' }, small: 20 },
  actions: { make: actions, sizes: { 50: 'native' }, small: 20 },
};
