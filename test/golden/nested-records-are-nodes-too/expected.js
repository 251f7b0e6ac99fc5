const {Node} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const addr = principal._addr;
    if (addr === undefined) {
      errorLog.fail(policy0_row, 6, [principal]);
      break policy0;
    }
    if (!(addr instanceof Node)) {
      errorLog.fail(policy0_row, 4, [addr]);
      break policy0;
    }
    const geo = addr._geo;
    if (geo === undefined) {
      errorLog.fail(policy0_row, 4, [addr]);
      break policy0;
    }
    if (!(geo instanceof Node)) {
      errorLog.fail(policy0_row, 2, [geo]);
      break policy0;
    }
    const lat = geo._lat;
    if (lat === undefined) {
      errorLog.fail(policy0_row, 2, [geo]);
      break policy0;
    }
    if (lat !== 5) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const addr2 = principal._addr;
    if (addr2 === undefined) break policy0_2;
    if (!(addr2 instanceof Node)) break policy0_2;
    const geo2 = addr2._geo;
    if (geo2 === undefined) break policy0_2;
    if (!(geo2 instanceof Node)) break policy0_2;
    const lat2 = geo2._lat;
    if (lat2 === undefined) break policy0_2;
    if (lat2 !== 5) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
