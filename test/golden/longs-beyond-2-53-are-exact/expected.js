const {add} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const big = principal._big;
    if (big === undefined) {
      errorLog.fail(policy0_row, 4, [principal]);
      break policy0;
    }
    const add2 = add(big, 2);
    if (add2 === undefined) {
      errorLog.fail(policy0_row, 2, [big, 2]);
      break policy0;
    }
    if (add2 !== 9007199254740993n) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const big2 = principal._big;
    if (big2 === undefined) break policy0_2;
    const add3 = add(big2, 2);
    if (add3 === undefined) break policy0_2;
    if (add3 !== 9007199254740993n) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
