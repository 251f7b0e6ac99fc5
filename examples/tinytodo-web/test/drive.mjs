/**
 * Drive — starts the application, uses it in headless Chromium as a person would, edits a policy meanwhile, and looks at the picture.
 *
 *     npm test              development server, with hot replacement
 *     npm test -- built     what `npm run build` made, under a Content Security Policy without `unsafe-eval`
 */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PNG } from 'pngjs';
import puppeteer from 'puppeteer-core';

const isBuilt = process.argv.includes('built');
const root = fileURLToPath(new URL('..', import.meta.url));
const policyFile = `${root}policies/policies.cedar`;
const policies = readFileSync(policyFile, 'utf8');

const server = spawn(process.execPath, [isBuilt ? 'serve.mjs' : 'start.mjs'], {
  cwd: root,
  env: { ...process.env, PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
const url = await new Promise((resolve, reject) => {
  server.stdout.on('data', (data) => {
    const [, found] = /(http:\S+)/.exec(String(data)) ?? [];
    if (found !== undefined) resolve(found);
  });
  server.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
});

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  await page.goto(url);
  const has = (text) => page.waitForFunction((t) => document.body.innerText.includes(t), { timeout: 20_000 }, text);
  const hasNot = (text) => page.waitForFunction((t) => !document.body.innerText.includes(t), { timeout: 20_000 }, text);
  const click = async (card, button) => {
    const handle = await page.waitForSelector(
      `${card === undefined ? 'body' : `[data-list="${card}"]`} ::-p-text(${button})`,
    );
    await handle.click();
  };
  const lastDecision = (text) =>
    page.waitForFunction((t) => document.querySelector('[data-testid=decision]')?.innerText.includes(t), {}, text);

  // An owner sees every button, and the server agrees.
  await has('Groceries');
  await has('Olives');
  await (await page.waitForSelector('[aria-label="done: Olives"]')).click();
  await lastDecision('UpdateTask');
  await page.waitForSelector('li.done');
  await lastDecision('owner');

  // An intern reads what is shared with the temps, and may neither start lists nor change this one.
  await (await page.waitForSelector('nav ::-p-text(aaron)')).click();
  await has('You may not start lists.');
  await has('Groceries');
  await hasNot('Release 1.0');
  assert.equal(await page.$('[aria-label="done: Bread"]'), null);
  await click('Groceries', 'Try to delete');
  await lastDecision('deny');
  await has('Groceries');

  if (!isBuilt) {
    // Another policy, while the page and the server run: the same engines answer by it.
    const changed = policies.replace('principal in Team::"interns"', 'principal in Team::"nobody"');
    assert.notEqual(changed, policies);
    writeFileSync(policyFile, changed);
    await hasNot('You may not start lists.');
    // A mistake changes nothing.
    writeFileSync(policyFile, `${changed}\npermit (principal, action, resource) when { resource.ownr };`);
    await new Promise((resolve) => setTimeout(resolve, 500));
    assert.equal(await page.evaluate(() => document.body.innerText.includes('You may not start lists.')), false);
    await page.evaluate(() => document.querySelector('vite-error-overlay')?.remove());
    const field = await page.waitForSelector('[aria-label="New list"]');
    await field.type('Interns unite');
    await field.press('Enter');
    await has('Interns unite');
    await lastDecision('anyone-lists');
    writeFileSync(policyFile, policies);
    await has('You may not start lists.');
  }

  // Back to the owner, for the picture.
  await page.evaluate(() => document.querySelector('vite-error-overlay')?.remove());
  await (await page.waitForSelector('nav ::-p-text(andrew)')).click();
  await page.waitForSelector('[aria-label="done: Bread"]');
  await click('Groceries', 'Archive');
  await has('archived');
  await lastDecision('UpdateList');
  const picture = await page.screenshot({ type: 'png' });
  if (process.env.PICTURE !== undefined) writeFileSync(process.env.PICTURE, picture);

  // The regions of the picture: header, cards, panel, a green decision, the accent colour of the present user.
  const box = async (selector) => (await page.$(selector)).boundingBox();
  const [header, lists, panel, decision] = [
    await box('header'),
    await box('.lists'),
    await box('aside'),
    await box('aside li.allow'),
  ];
  assert(header.y === 0 && header.width === 1280);
  assert(lists.x + lists.width <= panel.x, 'the panel stands beside the lists');
  assert(panel.x + panel.width <= 1280, 'nothing is cut off');
  const png = PNG.sync.read(Buffer.from(picture));
  const at = (x, y) => [
    ...png.data.subarray(
      (Math.round(y) * png.width + Math.round(x)) * 4,
      (Math.round(y) * png.width + Math.round(x)) * 4 + 3,
    ),
  ];
  assert.deepEqual(at(decision.x + 4, decision.y + decision.height - 4), [227, 246, 238]);
  assert.deepEqual(at(4, 4), [255, 255, 255]);
  assert.deepEqual(at(4, 200), [245, 246, 250]);
  const current = await box('button.current');
  assert.deepEqual(at(current.x + 6, current.y + current.height / 2), [61, 90, 254]);
  assert.deepEqual(problems, []);
  console.log('tinytodo-web: ok');
} finally {
  writeFileSync(policyFile, policies);
  await browser.close();
  server.kill();
}
