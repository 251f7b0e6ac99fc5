const {extFun, lessEq} = runtime;
const policy0_row = rows[0];
const ip = extFun("ip");
const isIpv4 = extFun("isIpv4");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const age = principal._age;
    if (age === undefined) {
      errorLog.fail(policy0_row, 6, [principal]);
      break policy0;
    }
    const lessEq2 = typeof age === "number" ? age <= 18 : lessEq(age, 18);
    if (lessEq2 === undefined) {
      errorLog.fail(policy0_row, 4, [age, 18]);
      break policy0;
    }
    if (lessEq2) break policy0;
    const ip2 = ip("nonsense");
    if (ip2 === undefined) {
      errorLog.fail(policy0_row, 14, ["nonsense"]);
      break policy0;
    }
    const isIpv4_2 = isIpv4(ip2);
    if (isIpv4_2 === undefined) {
      errorLog.fail(policy0_row, 12, [ip2]);
      break policy0;
    }
    if (!isIpv4_2) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const age2 = principal._age;
    if (age2 === undefined) break policy0_2;
    const lessEq3 = typeof age2 === "number" ? age2 <= 18 : lessEq(age2, 18);
    if (lessEq3 === undefined) break policy0_2;
    if (lessEq3) break policy0_2;
    const ip3 = ip("nonsense");
    if (ip3 === undefined) break policy0_2;
    if (!isIpv4(ip3)) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
