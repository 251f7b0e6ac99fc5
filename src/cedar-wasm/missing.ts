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

export const checkParseContext = missing('checkParseContext');
export const checkParseEntities = missing('checkParseEntities');
export const formatPolicies = missing('formatPolicies');
export const getValidRequestEnvsPolicy = missing('getValidRequestEnvsPolicy');
export const getValidRequestEnvsTemplate = missing('getValidRequestEnvsTemplate');
export const isAuthorized = missing('isAuthorized');
export const isAuthorizedPartial = missing('isAuthorizedPartial');
export const preparsePolicySet = missing('preparsePolicySet');
export const preparseSchema = missing('preparseSchema');
export const statefulIsAuthorized = missing('statefulIsAuthorized');
export const validate = missing('validate');
