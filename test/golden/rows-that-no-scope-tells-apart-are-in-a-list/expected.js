const {lessEq} = runtime;
const index = indexes[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1, and others of its skeleton
  policy0_3: {
    if (principal.$type !== "User") break policy0_3;
    {
      const list2 = index.withValue(principal._name);
      const found = list2.rows;
      const end = list2.end;
      const name = principal._name;
      const column = list2.columns[0];
      const age = principal._age;
      const column2 = list2.columns[1];
      const title = resource._title;
      if (name !== undefined && typeof age === "number" && title !== undefined) {
        for (let i = list2.start; i < end; i++) {
          policy0_2: {
            if (name !== column[i]) break policy0_2;
            const value2 = column2[i];
            if (age <= value2) break policy0_2;
            if (typeof title !== "string") {
              errorLog.fail(found[i], 24, [title]);
              break policy0_2;
            }
            if (!title.startsWith("a")) break policy0_2;
            satisfied = satisfied.add(found[i]);
          }
        }
      } else {
        for (let i = list2.start; i < end; i++) {
          policy0: {
            if (name === undefined) {
              errorLog.fail(found[i], 8, [principal]);
              break policy0;
            }
            if (name !== column[i]) break policy0;
            if (age === undefined) {
              errorLog.fail(found[i], 18, [principal]);
              break policy0;
            }
            const value = column2[i];
            const lessEq2 = typeof age === "number" ? age <= value : lessEq(age, value);
            if (lessEq2 === undefined) {
              errorLog.fail(found[i], 16, [age, value]);
              break policy0;
            }
            if (lessEq2) break policy0;
            if (title === undefined) {
              errorLog.fail(found[i], 26, [resource]);
              break policy0;
            }
            if (typeof title !== "string") {
              errorLog.fail(found[i], 24, [title]);
              break policy0;
            }
            if (!title.startsWith("a")) break policy0;
            satisfied = satisfied.add(found[i]);
          }
        }
      }
    }
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1, and others of its skeleton
  policy0_6: {
    if (principal.$type !== "User") break policy0_6;
    {
      const list3 = index.withValue(principal._name);
      const found2 = list3.rows;
      const end2 = list3.end;
      const name2 = principal._name;
      const column3 = list3.columns[0];
      const age2 = principal._age;
      const column4 = list3.columns[1];
      const title2 = resource._title;
      if (name2 !== undefined && typeof age2 === "number" && title2 !== undefined) {
        for (let i2 = list3.start; i2 < end2; i2++) {
          policy0_5: {
            if (name2 !== column3[i2]) break policy0_5;
            const value4 = column4[i2];
            if (age2 <= value4) break policy0_5;
            if (typeof title2 !== "string") break policy0_5;
            if (!title2.startsWith("a")) break policy0_5;
            return true;
          }
        }
      } else {
        for (let i2 = list3.start; i2 < end2; i2++) {
          policy0_4: {
            if (name2 === undefined) break policy0_4;
            if (name2 !== column3[i2]) break policy0_4;
            if (age2 === undefined) break policy0_4;
            const value3 = column4[i2];
            const lessEq3 = typeof age2 === "number" ? age2 <= value3 : lessEq(age2, value3);
            if (lessEq3 === undefined) break policy0_4;
            if (lessEq3) break policy0_4;
            if (title2 === undefined) break policy0_4;
            if (typeof title2 !== "string") break policy0_4;
            if (!title2.startsWith("a")) break policy0_4;
            return true;
          }
        }
      }
    }
  }
  return false;
}
return {
  full,
  decide
};
