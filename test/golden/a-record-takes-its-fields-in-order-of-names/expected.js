const {equal, record} = runtime;
const policy0_row = rows[0];
const record2 = record(["a", "b"], [1, 2]);
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const nope = resource._nope;
    if (nope === undefined) {
      errorLog.fail(policy0_row, 4, [resource]);
      break policy0;
    }
    const nope2 = principal._nope;
    if (nope2 === undefined) {
      errorLog.fail(policy0_row, 8, [principal]);
      break policy0;
    }
    if (!equal(record(["a", "b"], [nope, nope2]), record2)) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const nope3 = resource._nope;
    if (nope3 === undefined) break policy0_2;
    const nope4 = principal._nope;
    if (nope4 === undefined) break policy0_2;
    if (!equal(record(["a", "b"], [nope3, nope4]), record2)) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
