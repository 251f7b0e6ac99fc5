/**
 * Consumers — packages that use `@cedar-policy/cedar-wasm`, unchanged, on the package that takes its place.
 *
 *     npm run build && npm ci --prefix test/consumers/installed && npx vitest run test/consumers
 *
 * They are not installed with this package, since nothing else needs them; where they are not, the tests say so and do not run. With
 * `CEDARMILL_CONSUMERS=required`, as in CI, that is a failure.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const INSTALLED = fileURLToPath(new URL('installed/', import.meta.url));
const ready = [
  '@cedar-policy/cedar-authorization/dist/bin.js',
  '@cedar-policy/cedar-wasm/dist/src/cedar-wasm/index.js',
].every((path) => existsSync(join(INSTALLED, 'node_modules', path)));
const required = process.env.CEDARMILL_CONSUMERS === 'required';

if (!ready && !required)
  console.warn('NOT RUN: the consumers are not installed. npm run build && npm ci --prefix test/consumers/installed');

function run(folder: string, script: string, ...args: string[]): string {
  return execFileSync(process.execPath, [join(INSTALLED, script), ...args], { cwd: folder, encoding: 'utf8' });
}

const COMMAND = 'node_modules/@cedar-policy/cedar-authorization/dist/bin.js';

describe.skipIf(!ready && !required)('consumers of the official package', () => {
  let folder = '';

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'cedarmill-consumers-'));
    cpSync(fileURLToPath(new URL('openapi.json', import.meta.url)), join(folder, 'openapi.json'));
    run(
      folder,
      COMMAND,
      'generate-schema',
      '--api-spec',
      'openapi.json',
      '--namespace',
      'Shop',
      '--mapping-type',
      'SimpleRest',
    );
    run(folder, COMMAND, 'generate-policies', '--schema', 'v4.cedarschema.json');
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('generate-schema writes a schema that parses', () => {
    const schema = JSON.parse(readFileSync(join(folder, 'v4.cedarschema.json'), 'utf8'));
    expect(Object.keys(schema.Shop.actions)).toEqual([
      'listOrders',
      'post /orders',
      'get /orders/{orderId}',
      'delete /orders/{orderId}',
    ]);
  });

  test('generate-policies writes policies for administrators and for a group', () => {
    const policy = readFileSync(join(folder, 'policies/policy_2.cedar'), 'utf8');
    expect(policy).toContain('Shop::Action::"get /orders/{orderId}"');
  });

  test('an Express server answers each user as the policies say', () => {
    const path = join(folder, 'policies/policy_2.cedar');
    const written = readFileSync(path, 'utf8');
    const narrowed = written
      .replace('ENTER_THE_USER_GROUP_HERE', 'clerks')
      .replace(/,\s*Shop::Action::"delete \/orders\/\{orderId\}"/, '');
    expect(narrowed).not.toBe(written);
    writeFileSync(path, narrowed);
    const { sdk, asked } = JSON.parse(run(folder, 'shop.mjs', folder)) as { sdk: string; asked: string[] };
    expect(sdk).toBe('4.14.1');
    expect(asked).toEqual([
      'ann GET /orders 200',
      'ann POST /orders 200',
      'ann GET /orders/7 200',
      'ann DELETE /orders/7 200',
      'ann GET /health 200',
      'bob GET /orders 200',
      'bob POST /orders 200',
      'bob GET /orders/7 200',
      'bob DELETE /orders/7 401',
      'bob GET /health 200',
      'eve GET /orders 401',
      'eve POST /orders 401',
      'eve GET /orders/7 401',
      'eve DELETE /orders/7 401',
      'eve GET /health 200',
    ]);
  });
});
