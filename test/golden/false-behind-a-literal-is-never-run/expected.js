const {lessEq} = runtime;
const policy0_row = rows[0];
const policy1_row = rows[1];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    if (!false) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  // permit "policy1", line 2
  policy1: {
    const age = principal._age;
    if (age === undefined) {
      errorLog.fail(policy1_row, 4, [principal]);
      break policy1;
    }
    const lessEq2 = typeof age === "number" ? age <= 18 : lessEq(age, 18);
    if (lessEq2 === undefined) {
      errorLog.fail(policy1_row, 2, [age, 18]);
      break policy1;
    }
    if (lessEq2) break policy1;
    satisfied = satisfied.next[1] ?? satisfied.grow(1, policy1_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    if (!false) break policy0_2;
    return true;
  }
  // permit "policy1", line 2
  policy1_2: {
    const age2 = principal._age;
    if (age2 === undefined) break policy1_2;
    const lessEq3 = typeof age2 === "number" ? age2 <= 18 : lessEq(age2, 18);
    if (lessEq3 === undefined) break policy1_2;
    if (lessEq3) break policy1_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
