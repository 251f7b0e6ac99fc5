/**
 * Serve — the built application: no compiler, no parser of policies, no code made from text.
 */

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { listener } from './dist/server/app.js';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };
const CLIENT = new URL('dist/client/', import.meta.url).pathname;

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  if (pathname.startsWith('/api/')) return listener(request, response);
  const path = normalize(pathname === '/' ? '/index.html' : pathname);
  try {
    const body = await readFile(join(CLIENT, path));
    response.setHeader('content-type', TYPES[extname(path)] ?? 'application/octet-stream');
    response.setHeader('content-security-policy', "default-src 'self'; style-src 'self' 'unsafe-inline'");
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
server.listen(Number(process.env.PORT ?? 5173), '127.0.0.1', () =>
  console.log(`TinyTodo: http://127.0.0.1:${server.address().port}/`),
);
