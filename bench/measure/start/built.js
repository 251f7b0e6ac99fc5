/**
 * Built — the start of an application with a built module, whose request brings its entities.
 */
export async function start({ entities, request }, { module }) {
  const { default: engine } = await import(module);
  return engine.isAllowed(request, entities);
}
