/**
 * Route — a document, for those who may view it, and its change, for those who may edit it.
 */
import { guarded } from '../../../documents.js';

// Who asks is what your session says; a header is enough here.
const userOf = (request) => request.headers.get('x-user');

export async function GET(request, { params }) {
  const { status, row } = guarded(userOf(request), 'view', (await params).id);
  return new Response(row?.text, { status });
}

export async function PUT(request, { params }) {
  const { status } = guarded(userOf(request), 'edit', (await params).id);
  return new Response(null, { status });
}
