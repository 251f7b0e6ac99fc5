const {call, extFun, less} = runtime;
const policy0_row = rows[0];
const datetime = call("datetime", ["2025-01-01"]);
const ip2 = call("ip", ["10.0.0.0/8"]);
const isInRange = extFun("isInRange");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const created = resource._created;
    if (created === undefined) {
      errorLog.fail(policy0_row, 4, [resource]);
      break policy0;
    }
    const less2 = less(created, datetime);
    if (less2 === undefined) {
      errorLog.fail(policy0_row, 2, [created, datetime]);
      break policy0;
    }
    if (!less2) break policy0;
    const ip = principal._ip;
    if (ip === undefined) {
      errorLog.fail(policy0_row, 14, [principal]);
      break policy0;
    }
    const isInRange2 = isInRange(ip, ip2);
    if (isInRange2 === undefined) {
      errorLog.fail(policy0_row, 12, [ip, ip2]);
      break policy0;
    }
    if (!isInRange2) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const created2 = resource._created;
    if (created2 === undefined) break policy0_2;
    if (!less(created2, datetime)) break policy0_2;
    const ip3 = principal._ip;
    if (ip3 === undefined) break policy0_2;
    if (!isInRange(ip3, ip2)) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
