const {uid} = runtime;
const policy0_row = rows[0];
const f = uid("Folder", "f");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    if (resource.$type !== "Doc") break policy0;
    if (!(resource === f || (resource.$mask & 1 << f.$bit) !== 0 && resource.$ancestors.has(f, f.$bit))) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    if (resource.$type !== "Doc") break policy0_2;
    if (!(resource === f || (resource.$mask & 1 << f.$bit) !== 0 && resource.$ancestors.has(f, f.$bit))) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
