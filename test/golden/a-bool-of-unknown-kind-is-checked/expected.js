const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const _public = resource._public;
    if (_public === undefined) {
      errorLog.fail(policy0_row, 0, [resource]);
      break policy0;
    }
    if (_public !== true) {
      if (typeof _public !== "boolean") {
        errorLog.fail(policy0_row, 1, [_public]);
      }
      break policy0;
    }
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const _public2 = resource._public;
    if (_public2 === undefined) break policy0_2;
    if (_public2 !== true) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
