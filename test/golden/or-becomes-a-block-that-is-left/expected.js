const {lessEq, uid} = runtime;
const policy0_row = rows[0];
const ops = uid("Team", "ops");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    decided: {
      const _public = resource._public;
      if (_public === undefined) {
        errorLog.fail(policy0_row, 4, [resource]);
        break policy0;
      }
      if (_public === true) break decided;
      const age = principal._age;
      if (age === undefined) {
        errorLog.fail(policy0_row, 14, [principal]);
        break policy0;
      }
      const lessEq2 = typeof age === "number" ? age <= 20 : lessEq(age, 20);
      if (lessEq2 === undefined) {
        errorLog.fail(policy0_row, 12, [age, 20]);
        break policy0;
      }
      if (!lessEq2) break decided;
      if (!(principal === ops || (principal.$mask & 1 << ops.$bit) !== 0 && principal.$ancestors.has(ops, ops.$bit))) break policy0;
    }
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    decided2: {
      const _public2 = resource._public;
      if (_public2 === undefined) break policy0_2;
      if (_public2 === true) break decided2;
      const age2 = principal._age;
      if (age2 === undefined) break policy0_2;
      const lessEq3 = typeof age2 === "number" ? age2 <= 20 : lessEq(age2, 20);
      if (lessEq3 === undefined) break policy0_2;
      if (!lessEq3) break decided2;
      if (!(principal === ops || (principal.$mask & 1 << ops.$bit) !== 0 && principal.$ancestors.has(ops, ops.$bit))) break policy0_2;
    }
    return true;
  }
  return false;
}
return {
  full,
  decide
};
