/**
 * Native — Cedar's own crate `cedar-policy` (`rust/`) and `cedar-go` (`go/`), each in a process of its own.
 *
 * They read what the scenario exports, time only the call that decides, and tell every decision. A rival whose toolchain is not there, or that
 * cannot say what the scenario needs, is passed over with a message.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { HarnessOptions, Timing } from '../harness.ts';
import type { Scenario } from '../scenario/scenario.ts';

interface Program {
  readonly engine: string;
  readonly folder: string;
  /** The command that builds the program into a folder. */
  readonly build: (into: string) => readonly [tool: string, ...args: string[]];
  readonly binary: string;
  readonly knowsTemplates: boolean;
}

const PROGRAMS: readonly Program[] = [
  {
    engine: 'cedar-policy',
    folder: 'rust',
    build: (into) => ['cargo', 'build', '--release', '--quiet', '--target-dir', into],
    binary: 'release/rival',
    knowsTemplates: true,
  },
  {
    engine: 'cedar-go',
    folder: 'go',
    build: (into) => ['go', 'build', '-o', join(into, 'rival'), '.'],
    binary: 'rival',
    knowsTemplates: false,
  },
];

/** Where builds are kept between runs; git and every tool pass it over. */
const BUILDS = fileURLToPath(new URL('../../node_modules/.cache/cedarmill-rivals/', import.meta.url));

export interface NativeRival extends Pick<Program, 'engine' | 'knowsTemplates'> {
  readonly binary: string;
}

export interface NativeTiming extends Timing {
  /** Whether each request is allowed. */
  readonly decisions: readonly boolean[];
}

interface NativeOptions {
  readonly build: boolean;
  /** All, unless some are named. */
  readonly engines?: readonly string[];
}

/** Those that can be run here; where `build` is false, only those that an earlier run has built. */
export function nativeRivals({ build, engines }: NativeOptions): NativeRival[] {
  const asked = PROGRAMS.filter(({ engine }) => engines?.includes(engine) !== false);
  return asked.flatMap((program) => {
    const into = join(BUILDS, program.folder);
    const binary = join(into, program.binary);
    const failure = build ? failureOf(program, into) : existsSync(binary) ? undefined : 'not built by an earlier run';
    if (failure !== undefined) console.log(`${program.engine} is passed over: ${failure}`);
    return failure === undefined ? [{ ...program, binary }] : [];
  });
}

function failureOf({ folder, build }: Program, into: string): string | undefined {
  mkdirSync(into, { recursive: true });
  const [tool, ...args] = build(into);
  try {
    const cwd = fileURLToPath(new URL(`${folder}/`, import.meta.url));
    execFileSync(tool, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
    return undefined;
  } catch (error) {
    const { code, stderr } = error as { readonly code?: string; readonly stderr?: string };
    return code === 'ENOENT' ? `there is no ${tool}` : `${tool} failed: ${stderr?.trim().split('\n').slice(-3).join(' ')}`;
  }
}

export function timeNative(rivals: readonly NativeRival[], scenario: Scenario, options: HarnessOptions): NativeTiming[] {
  const able = rivals.filter(({ engine, knowsTemplates }) => {
    const passed = scenario.links.length > 0 && !knowsTemplates;
    if (passed) console.log(`${engine} is passed over: it knows no templates`);
    return !passed;
  });
  if (able.length === 0) return [];
  const folder = exported(scenario);
  try {
    return able.map((rival) => timed(rival, folder, options));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timed({ engine, binary }: NativeRival, folder: string, options: HarnessOptions): NativeTiming {
  const args = [folder, options.rounds, options.roundMs, options.warmUpMs].map(String);
  const printed = execFileSync(binary, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return { engine, mode: 'full', ...(JSON.parse(printed) as Omit<NativeTiming, 'engine' | 'mode'>) };
}

function exported({ name, text, links, entities, requests }: Scenario): string {
  const folder = mkdtempSync(join(tmpdir(), `cedarmill-${name}-`));
  writeFileSync(join(folder, 'policies.cedar'), text);
  for (const [file, data] of Object.entries({ links, entities, requests })) {
    writeFileSync(join(folder, `${file}.json`), JSON.stringify(data));
  }
  return folder;
}
