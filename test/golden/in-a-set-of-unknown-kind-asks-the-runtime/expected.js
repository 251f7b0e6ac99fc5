const {inSet} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const viewers = resource._viewers;
    if (viewers === undefined) {
      errorLog.fail(policy0_row, 4, [resource]);
      break policy0;
    }
    if (viewers.$type === undefined) {
      const mem2 = inSet(viewers, principal, principal.$bit, principal.$mask, principal.$ancestors);
      if (mem2 === undefined) {
        errorLog.fail(policy0_row, 0, [principal, viewers]);
        break policy0;
      }
      if (!mem2) break policy0;
    } else {
      if (!(principal === viewers || (principal.$mask & 1 << viewers.$bit) !== 0 && principal.$ancestors.has(viewers, viewers.$bit))) break policy0;
    }
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const viewers2 = resource._viewers;
    if (viewers2 === undefined) break policy0_2;
    if (viewers2.$type === undefined) {
      const mem3 = inSet(viewers2, principal, principal.$bit, principal.$mask, principal.$ancestors);
      if (mem3 === undefined) break policy0_2;
      if (!mem3) break policy0_2;
    } else {
      if (!(principal === viewers2 || (principal.$mask & 1 << viewers2.$bit) !== 0 && principal.$ancestors.has(viewers2, viewers2.$bit))) break policy0_2;
    }
    return true;
  }
  return false;
}
return {
  full,
  decide
};
