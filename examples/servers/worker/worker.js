/**
 * Worker — the same for Cloudflare: the policies are a module that was built before, since a Worker may not make code.
 */
import { documentOf, statusOf } from '../documents.js';
import authz from './authz.js';

const ACTIONS = { GET: 'view', PUT: 'edit' };

const worker = {
  async fetch(request) {
    const [, folder, id] = new URL(request.url).pathname.split('/');
    const action = ACTIONS[request.method];
    if (folder !== 'docs' || action === undefined) return new Response(null, { status: 404 });
    const status = statusOf(authz, request.headers.get('x-user') ?? undefined, action, id);
    return new Response(status === 200 ? documentOf(id).text : null, { status });
  },
};

export { worker as default };
