const {uid} = runtime;
const policy0_row = rows[0];
const policy1_row = rows[1];
const bob = uid("User", "bob");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  // forbid "policy1", line 2
  policy1: {
    if (principal !== bob) break policy1;
    satisfied = satisfied.next[1] ?? satisfied.grow(1, policy1_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // forbid "policy1", line 2
  policy1_2: {
    if (principal !== bob) break policy1_2;
    return false;
  }
  // permit "policy0", line 1
  policy0_2: {
    return true;
  }
  return false;
}
return {
  full,
  decide
};
