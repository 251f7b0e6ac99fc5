/**
 * Missing — functions of the official build that are not here yet.
 *
 * Each says so by name when it is called; none answers.
 */

function missing(name: string): () => never {
  return () => {
    throw new Error(`not implemented yet: ${name}`);
  };
}

export const isAuthorizedPartial = missing('isAuthorizedPartial');
