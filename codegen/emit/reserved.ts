/**
 * Reserved — the names that emitted code uses itself, so that nothing made of a policy can have them.
 */

/** What every function of a program takes. */
export const PARAMETERS = ['principal', 'action', 'resource', 'context'] as const;

/** What a dispatcher is loaded with besides `runtime`, `rows` and `indexes`. */
export const DISPATCHER_NAMES = ['graph', 'named', 'emptyContext', 'plans', 'errorLog', 'start'];

/** Parameters, functions and variables. */
export const OWN_NAMES = [
  ...PARAMETERS,
  ...['request', 'row', 'rows', 'rowId', 'indexes', 'satisfied', 'full', 'decide', 'runtime'],
  ...['isAllowed', 'isAuthorized', 'isAllowedByText', 'isAuthorizedByText'],
  ...['givenPrincipal', 'givenAction', 'givenResource'],
  ...DISPATCHER_NAMES,
];

/** Functions of the runtime that emitted code may call; they are its only free names. */
export const RUNTIME_NAMES = [
  'Node',
  'add',
  'call',
  'contains',
  'containsAll',
  'containsAny',
  'containsEntity',
  'equal',
  'getTag',
  'hasTag',
  'inSet',
  'isEmpty',
  'isEntity',
  'less',
  'lessEq',
  'mem',
  'mul',
  'neg',
  'patternMatches',
  'record',
  'set',
  'sub',
  'stringHash',
  'uid',
] as const;
