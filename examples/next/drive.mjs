/**
 * Drive — starts the application that was built, asks its route, and looks at its page.
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const EXPECTED = [
  ['GET', 'plan', 'ann', 200],
  ['GET', 'plan', 'bob', 403],
  ['GET', 'news', 'bob', 200],
  ['PUT', 'news', 'bob', 403],
  ['PUT', 'news', 'ann', 200],
  ['GET', 'gone', 'ann', 403],
  ['GET', 'news', undefined, 401],
];

/** One that nobody has. */
async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ask(url) {
  const asked = [];
  for (const [method, id, user] of EXPECTED) {
    const headers = user === undefined ? {} : { 'x-user': user };
    const { status } = await fetch(`${url}/docs/${id}`, { method, headers });
    asked.push([method, id, user, status]);
  }
  return asked;
}

const port = await freePort();
const next = ['node_modules/next/dist/bin/next', 'start', '--hostname', '127.0.0.1', '--port', String(port)];
const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
const server = spawn(process.execPath, next, { stdio: ['ignore', 'pipe', 'inherit'], env });
try {
  await new Promise((resolve, reject) => {
    server.stdout.on('data', (data) => String(data).includes('Ready') && resolve());
    server.on('exit', (code) => reject(new Error(`next ended with ${code}`)));
  });
  const url = `http://127.0.0.1:${port}`;
  assert.deepEqual(await ask(url), EXPECTED);
  const page = async (user) => (await (await fetch(`${url}/?user=${user}`)).text()).replaceAll('<!-- -->', '');
  const [ann, bob] = [await page('ann'), await page('bob')];
  assert.match(ann, /the plan <button type="button">Edit[\s\S]*the news <button type="button">Edit/);
  assert.ok(bob.includes('the news') && !bob.includes('the plan') && !bob.includes('>Edit<'));
  console.log('next: ok');
} finally {
  server.kill();
}
