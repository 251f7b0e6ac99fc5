/**
 * Browser cells — Chromium under a Content Security Policy that forbids generating code; and how other cells open a page.
 */
import { type Cell, manifest } from '../cell.ts';
import { EDGE_MODULE, POLICIES } from '../program.ts';
import { COMMAND } from './node.ts';

export const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>cell</title></head>
<body>not run<script type="module" src="/main.js"></script></body></html>
`;

/** Writes into the page what \`useAll\` says. */
const show = (argument: string) => `import { useAll } from './all.js';
let said;
try {
  said = useAll(${argument});
} catch (error) {
  said = String(error.stack);
}
document.body.textContent = said;
`;
export const SHOW_ALL = show('');

export const SHOWN = />\s*cedarmill: ok\s*</;

/** \`node browse.mjs folder DIST [POLICY]\` serves a folder and prints the page as Chromium has it; \`browse(url)\` prints that of a server. */
export const BROWSE = `
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';

const TYPES = { '.html': 'text/html', '.js': 'text/javascript' };

export async function browse(url) {
  const profile = mkdtempSync(join(tmpdir(), 'cedarmill-chromium-'));
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--user-data-dir=' + profile];
  try {
    const args = [...flags, '--virtual-time-budget=20000', '--dump-dom', url];
    const { stdout } = await promisify(execFile)(process.env.CHROMIUM ?? 'chromium', args, { timeout: 120_000 });
    return stdout;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

const [mode, folder, policy] = process.argv.slice(2);
if (mode === 'folder') {
  const server = createServer((request, response) => {
    const path = request.url === '/' ? '/index.html' : request.url;
    try {
      const body = readFileSync(join(folder, path));
      if (policy !== undefined) response.setHeader('Content-Security-Policy', policy);
      response.setHeader('Content-Type', TYPES[extname(path)] ?? 'application/octet-stream');
      response.end(body);
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  console.log(await browse('http://127.0.0.1:' + server.address().port + '/'));
  server.close();
}
`;

const EDGE = {
  'package.json': manifest('module'),
  'policies.cedar': POLICIES,
  'all.js': EDGE_MODULE,
  'main.js': show('true'),
  'out/index.html': PAGE,
  'browse.mjs': BROWSE,
};

export const browserCells: readonly Cell[] = [
  {
    name: 'Chromium: no unsafe-eval',
    group: 'Browser and edge',
    shows: 'a compiled module, the model and the drop-in decide; `compile` says that code may not be generated',
    files: EDGE,
    steps: [
      { program: 'node', args: [COMMAND, 'compile', '-p', 'policies.cedar', '-o', 'policies.mjs'] },
      { program: '.bin/esbuild', args: ['main.js', '--bundle', '--format=esm', '--outfile=out/main.js'] },
      {
        program: 'node',
        args: ['browse.mjs', 'folder', 'out', "default-src 'none'; script-src 'self'"],
        expect: SHOWN,
      },
    ],
  },
];
