const {lessEq} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    let chosen;
    done: {
      otherwise: {
        const age = principal._age;
        if (age === undefined) break otherwise;
        chosen = age;
        break done;
      }
      chosen = 0;
    }
    const lessEq2 = typeof chosen === "number" ? chosen <= 18 : lessEq(chosen, 18);
    if (lessEq2 === undefined) {
      errorLog.fail(policy0_row, 2, [chosen, 18]);
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
    let chosen2;
    done2: {
      otherwise2: {
        const age2 = principal._age;
        if (age2 === undefined) break otherwise2;
        chosen2 = age2;
        break done2;
      }
      chosen2 = 0;
    }
    const lessEq3 = typeof chosen2 === "number" ? chosen2 <= 18 : lessEq(chosen2, 18);
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
