/**
 * Module — the start of an application whose policies were compiled ahead of time.
 */
export async function start({ entities, request }, { door, module }) {
  const [{ EntityStore, load }, { policies }] = await Promise.all([import(door), import(module)]);
  return load(policies).isAllowed(request, EntityStore.from(entities));
}
