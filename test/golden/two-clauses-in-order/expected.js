const {less} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const age = principal._age;
    if (age === undefined) break policy0;
    const less2 = typeof age === "number" ? age < 18 : less(age, 18);
    if (less2 === undefined) {
      errorLog.fail(policy0_row, 8, [age, 18]);
      break policy0;
    }
    if (less2) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const age2 = principal._age;
    if (age2 === undefined) break policy0_2;
    const less3 = typeof age2 === "number" ? age2 < 18 : less(age2, 18);
    if (less3 === undefined) break policy0_2;
    if (less3) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
