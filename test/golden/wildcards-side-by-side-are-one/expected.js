const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const name = principal._name;
    if (name === undefined) {
      errorLog.fail(policy0_row, 4, [principal]);
      break policy0;
    }
    if (typeof name !== "string") {
      errorLog.fail(policy0_row, 2, [name]);
      break policy0;
    }
    if (!true) break policy0;
    if (typeof name !== "string") {
      errorLog.fail(policy0_row, 8, [name]);
      break policy0;
    }
    if (!name.startsWith("A")) break policy0;
    if (typeof name !== "string") {
      errorLog.fail(policy0_row, 16, [name]);
      break policy0;
    }
    if (name.includes("z")) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const name2 = principal._name;
    if (name2 === undefined) break policy0_2;
    if (typeof name2 !== "string") break policy0_2;
    if (!true) break policy0_2;
    if (typeof name2 !== "string") break policy0_2;
    if (!name2.startsWith("A")) break policy0_2;
    if (typeof name2 !== "string") break policy0_2;
    if (name2.includes("z")) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
