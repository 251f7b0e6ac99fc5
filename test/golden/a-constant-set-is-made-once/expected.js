const {contains, set} = runtime;
const policy0_row = rows[0];
const _set = set(["Alice", "Bob"]);
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const name = principal._name;
    if (name === undefined) {
      errorLog.fail(policy0_row, 8, [principal]);
      break policy0;
    }
    const contains2 = contains(_set, name);
    if (contains2 === undefined) {
      errorLog.fail(policy0_row, 0, [_set, name]);
      break policy0;
    }
    if (!contains2) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const name2 = principal._name;
    if (name2 === undefined) break policy0_2;
    if (!contains(_set, name2)) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
