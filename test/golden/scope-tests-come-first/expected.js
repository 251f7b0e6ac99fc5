const {lessEq, uid} = runtime;
const policy0_row = rows[0];
const staff = uid("Team", "staff");
const view = uid("Action", "view");
const f = uid("Folder", "f");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    if (principal.$type !== "User") break policy0;
    if (!(principal === staff || (principal.$mask & 1 << staff.$bit) !== 0 && principal.$ancestors.has(staff, staff.$bit))) break policy0;
    if (action !== view) break policy0;
    if (!(resource === f || (resource.$mask & 1 << f.$bit) !== 0 && resource.$ancestors.has(f, f.$bit))) break policy0;
    const age = principal._age;
    if (age === undefined) {
      errorLog.fail(policy0_row, 22, [principal]);
      break policy0;
    }
    const lessEq2 = typeof age === "number" ? age <= 18 : lessEq(age, 18);
    if (lessEq2 === undefined) {
      errorLog.fail(policy0_row, 20, [age, 18]);
      break policy0;
    }
    if (lessEq2) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    if (principal.$type !== "User") break policy0_2;
    if (!(principal === staff || (principal.$mask & 1 << staff.$bit) !== 0 && principal.$ancestors.has(staff, staff.$bit))) break policy0_2;
    if (action !== view) break policy0_2;
    if (!(resource === f || (resource.$mask & 1 << f.$bit) !== 0 && resource.$ancestors.has(f, f.$bit))) break policy0_2;
    const age2 = principal._age;
    if (age2 === undefined) break policy0_2;
    const lessEq3 = typeof age2 === "number" ? age2 <= 18 : lessEq(age2, 18);
    if (lessEq3 === undefined) break policy0_2;
    if (lessEq3) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
