const {add, mul} = runtime;
const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    const size = resource._size;
    if (size === undefined) {
      errorLog.fail(policy0_row, 8, [resource]);
      break policy0;
    }
    const mul2 = mul(size, 1024);
    if (mul2 === undefined) {
      errorLog.fail(policy0_row, 6, [size, 1024]);
      break policy0;
    }
    const age = principal._age;
    if (age === undefined) {
      errorLog.fail(policy0_row, 14, [principal]);
      break policy0;
    }
    const add2 = add(mul2, age);
    if (add2 === undefined) {
      errorLog.fail(policy0_row, 4, [mul2, age]);
      break policy0;
    }
    if (add2 <= 100) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    const size2 = resource._size;
    if (size2 === undefined) break policy0_2;
    const mul3 = mul(size2, 1024);
    if (mul3 === undefined) break policy0_2;
    const age2 = principal._age;
    if (age2 === undefined) break policy0_2;
    const add3 = add(mul3, age2);
    if (add3 === undefined) break policy0_2;
    if (add3 <= 100) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
