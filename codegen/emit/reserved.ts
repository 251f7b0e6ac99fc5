/**
 * Reserved — the names that emitted code uses itself, so that nothing made of a policy can have them.
 */

/** What every function of a program takes. */
export const PARAMETERS = ['principal', 'action', 'resource', 'context'] as const;

/** What a dispatcher is loaded with besides `runtime`, `rows` and `indexes`. */
export const DISPATCHER_NAMES = [
  ...['graph', 'named', 'emptyContext', 'contexts', 'cache'],
  ...['plans', 'errorLog', 'start', 'ownObjects'],
];

/** Parameters, functions and variables. */
export const OWN_NAMES = [
  ...PARAMETERS,
  ...['principalBits', 'resourceBits'],
  ...['request', 'row', 'rows', 'rowId', 'indexes', 'satisfied', 'full', 'fulls', 'decide', 'decides', 'runtime'],
  ...[
    'isAllowed',
    'isAllowedInContext',
    'isAllowedByUids',
    'isAuthorized',
    'isAuthorizedInContext',
    'isAuthorizedByUids',
  ],
  ...[
    'givenPrincipal',
    'givenAction',
    'givenResource',
    'given',
    'epoch',
    'known',
    'lookup',
    'nodeOfUid',
    'actionOfUid',
  ],
  ...[
    'isAllowedInCall',
    'isAuthorizedInCall',
    'readAttributes',
    'reader',
    'list',
    'node',
    'entityType',
    'attrs',
    'left',
  ],
  ...['isAllowedByOwn', 'isAuthorizedByOwn', 'nodeOfOwn', 'own', 'values'],
  ...['ownPrincipal', 'ownResource', 'knownPrincipal', 'knownResource'],
  ...['allowed', 'response', 'member'],
  ...['contextOf', 'planNumber', 'memberName', 'ofMember', 'uidType', 'uidId', 'prototype'],
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
  'extFun',
  'getPrototypeOf',
  'getTag',
  'hasTag',
  'indexBits',
  'inSet',
  'isArray',
  'isEmpty',
  'isEntity',
  'isEscapeName',
  'less',
  'lessEq',
  'mem',
  'mul',
  'neg',
  'nodeIn',
  'objectPrototype',
  'patternMatches',
  'record',
  'set',
  'mapProbe',
  'sub',
  'stringHash',
  'takeBool',
  'takeLong',
  'takePrimitive',
  'takeString',
  'uid',
] as const;
