const {equal} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const tags = principal._tags;
    if (tags === undefined) {
      errorLog.fail(policy0_row, 2, [principal]);
      break policy0;
    }
    const tags2 = context._tags;
    if (tags2 === undefined) {
      errorLog.fail(policy0_row, 6, [context]);
      break policy0;
    }
    if (!equal(tags, tags2)) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const tags3 = principal._tags;
    if (tags3 === undefined) break policy0_2;
    const tags4 = context._tags;
    if (tags4 === undefined) break policy0_2;
    if (!equal(tags3, tags4)) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
