const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const owner = resource._owner;
    if (owner === undefined) break policy0;
    if (owner !== principal) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const owner2 = resource._owner;
    if (owner2 === undefined) break policy0_2;
    if (owner2 !== principal) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
