/**
 * Hand — the start of an application whose ten rules are a function.
 */
export async function start({ entities, request }) {
  const { Application } = await import('./hand-application.js');
  return new Application(entities).isAllowed(request);
}
