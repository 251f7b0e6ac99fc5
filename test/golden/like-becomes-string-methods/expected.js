const {patternMatches} = runtime;
const policy0_row = rows[0];
const pattern = ["A", null, "c", null];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    decided: {
      const name = principal._name;
      if (name === undefined) {
        errorLog.fail(policy0_row, 4, [principal]);
        break policy0;
      }
      if (typeof name !== "string") {
        errorLog.fail(policy0_row, 2, [name]);
        break policy0;
      }
      if (name.startsWith("Al")) break decided;
      if (typeof name !== "string") {
        errorLog.fail(policy0_row, 8, [name]);
        break policy0;
      }
      if (name.endsWith("ce")) break decided;
      if (typeof name !== "string") {
        errorLog.fail(policy0_row, 14, [name]);
        break policy0;
      }
      if (name.includes("li")) break decided;
      if (typeof name !== "string") {
        errorLog.fail(policy0_row, 20, [name]);
        break policy0;
      }
      if (patternMatches(pattern, name)) break decided;
      if (typeof name !== "string") {
        errorLog.fail(policy0_row, 26, [name]);
        break policy0;
      }
      if (name !== "Alice") break policy0;
    }
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    decided2: {
      const name2 = principal._name;
      if (name2 === undefined) break policy0_2;
      if (typeof name2 !== "string") break policy0_2;
      if (name2.startsWith("Al")) break decided2;
      if (typeof name2 !== "string") break policy0_2;
      if (name2.endsWith("ce")) break decided2;
      if (typeof name2 !== "string") break policy0_2;
      if (name2.includes("li")) break decided2;
      if (typeof name2 !== "string") break policy0_2;
      if (patternMatches(pattern, name2)) break decided2;
      if (typeof name2 !== "string") break policy0_2;
      if (name2 !== "Alice") break policy0_2;
    }
    return true;
  }
  return false;
}
return {
  full,
  decide
};
