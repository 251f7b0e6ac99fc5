/**
 * Policy URL — an engine follows a server; what is wrong there leaves the last good policies.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compile, followUrl } from '../../../src/index.ts';

const OPEN = 'permit (principal, action, resource);';
const SHUT = 'forbid (principal, action, resource);';
const request = { principal: 'A::"a"', action: 'Action::"b"', resource: 'C::"c"' };

let served: { status: number; text: string; tag: string | undefined };
let asked: (string | undefined)[];
let server: Server;
let url: string;

beforeEach(async () => {
  served = { status: 200, text: OPEN, tag: '"1"' };
  asked = [];
  server = createServer(({ headers }, response) => {
    asked.push(headers['if-none-match']);
    const isSame = served.tag !== undefined && headers['if-none-match'] === served.tag;
    if (served.tag !== undefined) response.setHeader('etag', served.tag);
    response.writeHead(isSame ? 304 : served.status).end(isSame ? undefined : served.text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
});
afterEach(() => server.close());

function following() {
  const engine = compile(SHUT);
  const errors: unknown[] = [];
  const followed = followUrl(engine, url, { interval: 0, onError: (error) => errors.push(error) });
  return { errors, followed, isAllowed: () => engine.isAllowed(request, []) };
}

test('policies are taken when they have changed, and the tag is sent back', async () => {
  const { followed, isAllowed, errors } = following();
  expect(await followed.refresh()).toBe(true);
  expect(isAllowed()).toBe(true);
  expect(await followed.refresh()).toBe(false);
  served = { status: 200, text: SHUT, tag: '"2"' };
  expect(await followed.refresh()).toBe(true);
  expect(isAllowed()).toBe(false);
  expect(asked).toEqual([undefined, '"1"', '"1"']);
  expect(errors).toEqual([]);
});

test.each([
  [{ status: 200, text: 'permit (principal', tag: '"2"' }],
  [{ status: 500, text: OPEN, tag: undefined }],
  [{ status: 404, text: SHUT, tag: undefined }],
  [{ status: 204, text: '', tag: undefined }],
])('%j changes nothing, each time, and is told', async (wrong) => {
  const { followed, isAllowed, errors } = following();
  await followed.refresh();
  served = wrong;
  expect([await followed.refresh(), await followed.refresh()]).toEqual([false, false]);
  expect(isAllowed()).toBe(true);
  expect(errors).toHaveLength(2);
  served = { status: 200, text: SHUT, tag: '"3"' };
  expect(await followed.refresh()).toBe(true);
  expect(isAllowed()).toBe(false);
});

test('a server that cannot be reached changes nothing', async () => {
  const { followed, isAllowed, errors } = following();
  await followed.refresh();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  expect(await followed.refresh()).toBe(false);
  expect(isAllowed()).toBe(true);
  expect(errors).toHaveLength(1);
});

test('without tags the text tells whether it has changed', async () => {
  served = { status: 200, text: OPEN, tag: undefined };
  const { followed } = following();
  expect([await followed.refresh(), await followed.refresh()]).toEqual([true, false]);
});

test('what arrives after `stop` is not taken, and refreshes at one time are one', async () => {
  const { followed, isAllowed } = following();
  const both = [followed.refresh(), followed.refresh()];
  followed.stop();
  expect(await Promise.all(both)).toEqual([false, false]);
  expect(isAllowed()).toBe(false);
  expect(asked).toHaveLength(1);
});
