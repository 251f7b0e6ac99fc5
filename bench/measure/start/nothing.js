/**
 * Nothing — what importing a module costs when there is nothing in it.
 */
export async function start() {
  const { allowed } = await import('./empty.js');
  return allowed;
}
