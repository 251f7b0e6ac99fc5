/**
 * Drive — starts each server, and asks all of them the same.
 */
import assert from 'node:assert/strict';
import { execSync, spawn } from 'node:child_process';

const EXPECTED = [
  ['GET', 'plan', 'ann', 200],
  ['GET', 'plan', 'bob', 403],
  ['GET', 'news', 'bob', 200],
  ['PUT', 'news', 'bob', 403],
  ['PUT', 'news', 'ann', 200],
  ['GET', 'gone', 'ann', 403],
  ['GET', 'news', undefined, 401],
];

async function ask(url) {
  const asked = [];
  for (const [method, id, user] of EXPECTED) {
    const headers = user === undefined ? {} : { 'x-user': user };
    const { status } = await fetch(`${url}/docs/${id}`, { method, headers });
    asked.push([method, id, user, status]);
  }
  return asked;
}

async function drive(name, command, args, known) {
  const server = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const url =
      known ??
      (await new Promise((resolve, reject) => {
        server.stdout.on('data', (data) => resolve(String(data).trim()));
        server.on('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
      }));
    for (let i = 0; known !== undefined && i < 200; i++) {
      if (
        await fetch(url).then(
          () => true,
          () => false,
        )
      )
        break;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.deepEqual(await ask(url), EXPECTED);
    console.log(`${name}: ok`);
  } finally {
    server.kill();
  }
}

for (const name of ['express', 'fastify', 'hono'])
  await drive(name, process.execPath, ['--import', 'cedarmill/register', `${name}.js`]);
execSync('npm run --silent worker', { stdio: ['ignore', 'ignore', 'inherit'] });
await drive('worker', 'node_modules/.bin/workerd', ['serve', 'worker/config.capnp'], 'http://127.0.0.1:8787');
