const {getTag, hasTag} = runtime;
const policy0_row = rows[0];
const policy1_row = rows[1];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const hasTag2 = hasTag(principal, "level");
    if (hasTag2 === undefined) {
      errorLog.fail(policy0_row, 2, [principal, "level"]);
      break policy0;
    }
    if (!hasTag2) break policy0;
    const getTag2 = getTag(principal, "level");
    if (getTag2 === undefined) {
      errorLog.fail(policy0_row, 10, [principal, "level"]);
      break policy0;
    }
    if (getTag2 !== "high") break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  // permit "policy1", line 2
  policy1: {
    const getTag3 = getTag(principal, "age");
    if (getTag3 === undefined) {
      errorLog.fail(policy1_row, 2, [principal, "age"]);
      break policy1;
    }
    if (getTag3 !== 30) break policy1;
    satisfied = satisfied.next[1] ?? satisfied.grow(1, policy1_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    if (!hasTag(principal, "level")) break policy0_2;
    const getTag4 = getTag(principal, "level");
    if (getTag4 === undefined) break policy0_2;
    if (getTag4 !== "high") break policy0_2;
    return true;
  }
  // permit "policy1", line 2
  policy1_2: {
    const getTag5 = getTag(principal, "age");
    if (getTag5 === undefined) break policy1_2;
    if (getTag5 !== 30) break policy1_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
