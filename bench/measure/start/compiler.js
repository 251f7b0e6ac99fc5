/**
 * Compiler — the start of an application that compiles its policies in the process.
 */
export async function start({ policies, entities, request }, { door }) {
  const { compile, EntityStore } = await import(door);
  return compile(policies).isAllowed(request, EntityStore.from(entities));
}
