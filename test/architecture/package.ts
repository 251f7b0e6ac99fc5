/**
 * Package — packs what would be published, installs it in an empty project, and uses every door as a stranger would.
 *
 *     npm run build && npm run check:package
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'cedarmill-package-'));

const STRANGER = `
import assert from 'node:assert/strict';
import { compile } from 'cedarmill';
import { check } from 'cedarmill/check';
import { isAuthorized } from 'cedarmill/cedar-wasm';
import * as runtime from 'cedarmill/runtime';

const request = { principal: 'User::"alice"', action: 'Action::"view"', resource: 'Photo::"beach"', context: {} };
const engine = compile('permit(principal == User::"alice", action, resource);', { check });
assert.equal(engine.isAllowed(request, []), true);
assert.equal(engine.isAllowed({ ...request, principal: 'User::"bob"' }, []), false);
const answer = isAuthorized({
  principal: { type: 'User', id: 'alice' },
  action: { type: 'Action', id: 'view' },
  resource: { type: 'Photo', id: 'beach' },
  context: {},
  policies: { staticPolicies: 'permit(principal, action, resource);' },
  entities: [],
});
assert.equal(answer.response.decision, 'allow');
assert.ok(Object.keys(runtime).length > 0);
console.log('doors: ok');
`;

function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
}

try {
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'transient', private: true, type: 'module' }));
  run('npm', 'install', '--silent', '--no-audit', '--no-fund', join(folder, packed));
  writeFileSync(join(folder, 'transient.js'), STRANGER);
  process.stdout.write(run('node', 'transient.js'));
  process.stdout.write(run(join(folder, 'node_modules/.bin/cedarmill'), '--version'));

  const { messages, pkg } = await publint({ pkgDir: root, strict: true });
  for (const message of messages) console.log(formatMessage(message, pkg));
  if (messages.some((message) => message.type !== 'suggestion')) process.exitCode = 1;
  else console.log('package: ok');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
