const {call, extFun} = runtime;
const policy0_row = rows[0];
const decimal = call("decimal", ["10.0"]);
const lessThan = extFun("lessThan");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const price = resource._price;
    if (price === undefined) {
      errorLog.fail(policy0_row, 2, [resource]);
      break policy0;
    }
    const lessThan2 = lessThan(price, decimal);
    if (lessThan2 === undefined) {
      errorLog.fail(policy0_row, 0, [price, decimal]);
      break policy0;
    }
    if (!lessThan2) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const price2 = resource._price;
    if (price2 === undefined) break policy0_2;
    if (!lessThan(price2, decimal)) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
