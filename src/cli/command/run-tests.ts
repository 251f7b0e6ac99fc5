/**
 * Run tests — requests with the decisions that are expected of the policies, from a JSON file.
 *
 *     [{ "name": "…", "request": { "principal", "action", "resource", "context" }, "entities": [] or "file.json",
 *        "decision": "allow", "reason": ["policy0"], "num_errors": 0 }]
 *
 * A test passes if the decision is as expected, all expected reasons are among the determining policies, and as many policies erred as expected.
 * With a schema, all policies must validate without warnings too. A file of entities lies in the folder of the tests, or below it.
 */
import { realpathSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { failure, InputFailure, readSource, reasonOf } from '../../build/input.ts';
import { compile } from '../../engine/compile.ts';
import type { Engine } from '../../engine/engine.ts';
import { EntityStore } from '../../engine/entity-store.ts';
import { isJsonObject, type JsonObject } from '../../parser/json/json-form.ts';
import type { Schema } from '../../schema/schema.ts';
import type { PolicySet } from '../../syntax/policy-set.ts';
import { validate } from '../../validator/validate.ts';
import type { Entities } from '../../value/entities.ts';
import { parseJson } from '../../value/json.ts';
import type { Decision, Response } from '../../value/response.ts';
import { colors as pc } from '../colors.ts';
import type { ErrorReport } from '../error-report.ts';
import { ExitCode } from '../exit-code.ts';
import {
  entitiesFrom,
  guarded,
  loadEntities,
  loadPolicies,
  loadSchema,
  type PolicyOptions,
  requestFrom,
  type SchemaOptions,
} from '../load.ts';
import type { Output } from '../output.ts';
import { validationReport } from './validate.ts';

export interface RunTestsOptions extends PolicyOptions, SchemaOptions {
  readonly tests: string;
}

/** What all tests share. */
interface Subject {
  readonly engine: Engine;
  readonly schema: Schema | undefined;
  readonly folder: string;
  /** That the policies do not validate; each test says so. */
  readonly invalid: ErrorReport | undefined;
}

export function runTests(options: RunTestsOptions, output: Output): ExitCode {
  const policies = loadPolicies(options);
  const tests = loadTests(options.tests);
  const schema = loadSchema(options, output);
  const subject = {
    engine: compile(policies),
    schema,
    folder: dirname(options.tests),
    invalid: schema === undefined ? undefined : invalidity(policies, schema),
  };
  output.line(`running ${tests.length} test(s)`);
  const failed = tests.filter((test) => !passes(test, subject, output)).length;
  const passedWord = failed === 0 ? pc.green('passed') : 'passed';
  const failedWord = failed === 0 ? 'failed' : pc.red('failed');
  output.line(`results: ${tests.length - failed} ${passedWord}, ${failed} ${failedWord}`);
  return failed === 0 ? ExitCode.success : ExitCode.failure;
}

function loadTests(file: string): readonly unknown[] {
  const source = readSource(file, 'test');
  const tests = guarded(source, () => parseJson(source.text));
  if (!Array.isArray(tests)) throw failure(`\`${file}\` must hold a list of tests`);
  return tests;
}

function invalidity(policies: PolicySet, schema: Schema): ErrorReport | undefined {
  const { errors, warnings } = validate(policies, schema);
  const problems = [...errors, ...warnings];
  return problems.length === 0 ? undefined : validationReport(policies, problems, true);
}

function passes(test: unknown, subject: Subject, output: Output): boolean {
  const name = isJsonObject(test) && typeof test.name === 'string' ? test.name : '(unnamed)';
  output.write(`  test ${name} ... `);
  const reason = outcomeOf(test, subject);
  if (reason === undefined) output.line(pc.green('ok'));
  else if (typeof reason === 'string') output.line(`${pc.red('fail')}: ${reason}`);
  else output.line(`${pc.red('error')}:\n${output.rendered(reason).replace(/^/gm, '  ')}`);
  return reason === undefined;
}

/** Nothing, why it failed, or why it could not be run. */
function outcomeOf(test: unknown, subject: Subject): string | ErrorReport | undefined {
  try {
    const { request, entities, ...expected } = guarded({ text: '' }, () => testFrom(test, subject));
    if (subject.invalid !== undefined) return subject.invalid;
    return difference(expected, subject.engine.isAuthorized(request, EntityStore.of(entities)));
  } catch (error) {
    if (!(error instanceof InputFailure)) throw error;
    return error.report;
  }
}

interface Expected {
  readonly decision: Decision;
  readonly reason: readonly string[];
  readonly errors: number;
}

function testFrom(test: unknown, { schema, folder }: Subject) {
  if (!isJsonObject(test)) throw failure('a test must be an object');
  const { decision, reason, num_errors } = test;
  if (!isJsonObject(test.request)) throw failure('a test needs a `request`, which is an object');
  if (test.entities === undefined) throw failure('a test needs `entities`, a list or the name of a file');
  if (decision !== 'allow' && decision !== 'deny') throw failure('`decision` of a test must be `"allow"` or `"deny"`');
  if (!Array.isArray(reason) || !reason.every((id) => typeof id === 'string'))
    throw failure('a test needs a `reason`, a list of policy ids');
  if (typeof num_errors !== 'number' || !Number.isSafeInteger(num_errors) || num_errors < 0)
    throw failure('a test needs `num_errors`, a whole number');
  const request = requestFrom(test.request as JsonObject, schema, true);
  const entities =
    typeof test.entities === 'string' ? entitiesIn(folder, test.entities, schema) : entitiesFrom(test.entities, schema);
  return { request, entities, decision, reason: reason as string[], errors: num_errors } as const;
}

/** Throws `InputFailure` for a file that is not in the folder: tests from elsewhere shall not read whatever they name. */
function entitiesIn(folder: string, file: string, schema: Schema | undefined): Entities {
  let path: string;
  let root: string;
  try {
    path = realpathSync(join(folder, file));
    root = realpathSync(folder);
  } catch (error) {
    throw failure(`failed to open entities file \`${file}\`: ${reasonOf(error)}`);
  }
  const from = relative(root, path);
  if (from === '..' || from.startsWith(`..${sep}`))
    throw failure(`entities file \`${file}\` is outside of the folder of the tests, \`${root}\``);
  return loadEntities(path, schema);
}

function difference({ decision, reason, errors }: Expected, response: Response): string | undefined {
  if (response.decision !== decision) return `expected ${capitalized(decision)}, got ${capitalized(response.decision)}`;
  const missing = reason.filter((id) => !response.determiningPolicies.includes(id));
  const told: string[] = [];
  if (missing.length > 0) told.push(`missing reason(s): ${missing.map((id) => `\`${id}\``).join(', ')}`);
  if (response.errors.length !== errors) {
    const list = response.errors.map(
      ({ policyId, message }) => `error while evaluating policy \`${policyId}\`: ${message}`,
    );
    const found = `expected ${errors} error(s), but got ${list.length} runtime error(s)`;
    told.push(list.length === 0 ? found : `${found}: ${list.join(', ')}`);
  }
  return told.length === 0 ? undefined : told.join('; ');
}

function capitalized(decision: Decision): string {
  return decision === 'allow' ? 'Allow' : 'Deny';
}
