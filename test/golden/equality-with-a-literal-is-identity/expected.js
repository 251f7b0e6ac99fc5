const {uid} = runtime;
const policy0_row = rows[0];
const eng = uid("Team", "eng");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const name = principal._name;
    if (name === undefined) {
      errorLog.fail(policy0_row, 4, [principal]);
      break policy0;
    }
    if (name !== "Alice") break policy0;
    const dept = principal._dept;
    if (dept === undefined) {
      errorLog.fail(policy0_row, 12, [principal]);
      break policy0;
    }
    if (dept !== eng) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const name2 = principal._name;
    if (name2 === undefined) break policy0_2;
    if (name2 !== "Alice") break policy0_2;
    const dept2 = principal._dept;
    if (dept2 === undefined) break policy0_2;
    if (dept2 !== eng) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
