const {neg, sub} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const value = -9223372036854775807n;
    const sub2 = sub(value, 1);
    if (sub2 === undefined) {
      errorLog.fail(policy0_row, 4, [value, 1]);
      break policy0;
    }
    const neg2 = neg(sub2);
    if (neg2 === undefined) {
      errorLog.fail(policy0_row, 2, [sub2]);
      break policy0;
    }
    if (neg2 !== 0) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const value2 = -9223372036854775807n;
    const sub3 = sub(value2, 1);
    if (sub3 === undefined) break policy0_2;
    const neg3 = neg(sub3);
    if (neg3 === undefined) break policy0_2;
    if (neg3 !== 0) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
