const {Node, lessEq} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const addr = principal._addr;
    if (addr === undefined) break policy0;
    if (!(addr instanceof Node)) {
      errorLog.fail(policy0_row, 6, [addr]);
      break policy0;
    }
    const geo = addr._geo;
    if (geo === undefined) break policy0;
    if (!(geo instanceof Node)) {
      errorLog.fail(policy0_row, 12, [geo]);
      break policy0;
    }
    const lat = geo._lat;
    if (lat === undefined) break policy0;
    const lessEq2 = typeof lat === "number" ? lat <= 1 : lessEq(lat, 1);
    if (lessEq2 === undefined) {
      errorLog.fail(policy0_row, 22, [lat, 1]);
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
    const addr2 = principal._addr;
    if (addr2 === undefined) break policy0_2;
    if (!(addr2 instanceof Node)) break policy0_2;
    const geo2 = addr2._geo;
    if (geo2 === undefined) break policy0_2;
    if (!(geo2 instanceof Node)) break policy0_2;
    const lat2 = geo2._lat;
    if (lat2 === undefined) break policy0_2;
    const lessEq3 = typeof lat2 === "number" ? lat2 <= 1 : lessEq(lat2, 1);
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
