/**
 * Start — the development server: Vite for the page, and the API through Vite too, so that edited policies get into both while they run.
 */
import { createServer as createHttpServer } from 'node:http';
import { createServer, createServerModuleRunner } from 'vite';

const port = Number(process.env.PORT ?? 5173);
const http = createHttpServer();
const vite = await createServer({ server: { middlewareMode: true, ws: { server: http } }, appType: 'spa' });
const runner = createServerModuleRunner(vite.environments.ssr);
const { listener } = await runner.import('/server/app.ts');

http.on('request', (request, response) => {
  if (request.url?.startsWith('/api/')) listener(request, response);
  else vite.middlewares(request, response);
});
http.listen(port, '127.0.0.1', () => console.log(`TinyTodo: http://127.0.0.1:${http.address().port}/`));
