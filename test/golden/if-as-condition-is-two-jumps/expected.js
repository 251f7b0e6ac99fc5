const {lessEq} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    done: {
      otherwise: {
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
        if (lessEq2) break otherwise;
        const _public = resource._public;
        if (_public === undefined) {
          errorLog.fail(policy0_row, 12, [resource]);
          break policy0;
        }
        if (_public !== true) {
          if (typeof _public !== "boolean") {
            errorLog.fail(policy0_row, 1, [_public]);
          }
          break policy0;
        }
        break done;
      }
      if (!false) break policy0;
    }
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    done2: {
      otherwise2: {
        const age2 = principal._age;
        if (age2 === undefined) break policy0_2;
        const lessEq3 = typeof age2 === "number" ? age2 <= 18 : lessEq(age2, 18);
        if (lessEq3 === undefined) break policy0_2;
        if (lessEq3) break otherwise2;
        const _public2 = resource._public;
        if (_public2 === undefined) break policy0_2;
        if (_public2 !== true) break policy0_2;
        break done2;
      }
      if (!false) break policy0_2;
    }
    return true;
  }
  return false;
}
return {
  full,
  decide
};
