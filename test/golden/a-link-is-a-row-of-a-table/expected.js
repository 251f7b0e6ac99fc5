const {lessEq, uid} = runtime;
const view = uid("Action", "view");
function full(principal, action, resource, context, run, satisfied) {
  // permit "policy0", line 1, by its links
  for (let row = tables[0].first(principal, resource); row !== undefined; row = tables[0].next(row)) {
    policy0: {
      if (principal !== row.principal) break policy0;
      if (action !== view) break policy0;
      const value = row.resource;
      if (!(resource === value || (resource.$mask & value.$bit) !== 0 && resource.$ancestors.has(value, value.$word, value.$bit))) break policy0;
      const age = principal._age;
      if (age === undefined) {
        run.fail(row, 16, [principal]);
        break policy0;
      }
      const lessEq2 = typeof age === "number" ? age <= 18 : lessEq(age, 18);
      if (lessEq2 === undefined) {
        run.fail(row, 14, [age, 18]);
        break policy0;
      }
      if (lessEq2) break policy0;
      satisfied = satisfied.add(row);
    }
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1, by its links
  for (let row = tables[0].first(principal, resource); row !== undefined; row = tables[0].next(row)) {
    policy02: {
      if (principal !== row.principal) break policy02;
      if (action !== view) break policy02;
      const value2 = row.resource;
      if (!(resource === value2 || (resource.$mask & value2.$bit) !== 0 && resource.$ancestors.has(value2, value2.$word, value2.$bit))) break policy02;
      const age2 = principal._age;
      if (age2 === undefined) break policy02;
      const lessEq3 = typeof age2 === "number" ? age2 <= 18 : lessEq(age2, 18);
      if (lessEq3 === undefined) break policy02;
      if (lessEq3) break policy02;
      return true;
    }
  }
  return false;
}
return {
  full,
  decide
};
