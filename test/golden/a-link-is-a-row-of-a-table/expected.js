const {indexBits, lessEq, uid} = runtime;
const index = indexes[0];
const view = uid("Action", "view");
function full(principal, action, resource, context, errorLog, satisfied) {
  const resourceBits = indexBits(resource);
  // permit "policy0", line 1, by its links
  if ((index.bit & resourceBits) !== 0) {
    for (let rowId = index.first(principal, resource); rowId !== 0; rowId = index.next(rowId)) {
      policy0: {
        if (action !== view) break policy0;
        const age = principal._age;
        if (age === undefined) {
          errorLog.fail(index.row(rowId), 16, [principal]);
          break policy0;
        }
        const lessEq2 = typeof age === "number" ? age <= 18 : lessEq(age, 18);
        if (lessEq2 === undefined) {
          errorLog.fail(index.row(rowId), 14, [age, 18]);
          break policy0;
        }
        if (lessEq2) break policy0;
        satisfied = satisfied.link(index, rowId);
      }
    }
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  const resourceBits = indexBits(resource);
  // permit "policy0", line 1, by its links
  if ((index.bit & resourceBits) !== 0) {
    if (index.first(principal, resource) !== 0) {
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
  }
  return false;
}
return {
  full,
  decide
};
