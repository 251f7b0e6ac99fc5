const {lessEq, uid} = runtime;
const view = uid("Action", "view");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1, by its links
  for (let rowId = indexes[0].first(principal, resource); rowId !== 0; rowId = indexes[0].next(rowId)) {
    policy0: {
      if (action !== view) break policy0;
      const age = principal._age;
      if (age === undefined) {
        errorLog.fail(indexes[0].row(rowId), 16, [principal]);
        break policy0;
      }
      const lessEq2 = typeof age === "number" ? age <= 18 : lessEq(age, 18);
      if (lessEq2 === undefined) {
        errorLog.fail(indexes[0].row(rowId), 14, [age, 18]);
        break policy0;
      }
      if (lessEq2) break policy0;
      satisfied = satisfied.link(indexes[0], rowId);
    }
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1, by its links
  if (indexes[0].first(principal, resource) !== 0) {
    policy0_2: {
      if (action !== view) break policy0_2;
      const age2 = principal._age;
      if (age2 === undefined) break policy0_2;
      const lessEq3 = typeof age2 === "number" ? age2 <= 18 : lessEq(age2, 18);
      if (lessEq3 === undefined) break policy0_2;
      if (lessEq3) break policy0_2;
      return true;
    }
  }
  return false;
}
return {
  full,
  decide
};
