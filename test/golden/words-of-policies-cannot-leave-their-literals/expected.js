const {Node, uid} = runtime;
const policy0_row = rows[0];
const _process_exit_1_ = uid("User", "\"); process.exit(1); //");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    if (principal !== _process_exit_1_) break policy0;
    decided: {
      const __proto__ = principal.___proto__;
      if (__proto__ === undefined) {
        errorLog.fail(policy0_row, 10, [principal]);
        break policy0;
      }
      if (__proto__ === "\u003c/script><script>") break decided;
      const constructor = principal._constructor;
      if (constructor === undefined) {
        errorLog.fail(policy0_row, 18, [principal]);
        break policy0;
      }
      if (!(constructor instanceof Node)) {
        errorLog.fail(policy0_row, 16, [constructor]);
        break policy0;
      }
      if (constructor._a_b !== undefined) break decided;
      const a_b = context._a_b$2;
      if (a_b === undefined) {
        errorLog.fail(policy0_row, 22, [context]);
        break policy0;
      }
      if (a_b !== true) {
        if (typeof a_b !== "boolean") {
          errorLog.fail(policy0_row, 23, [a_b]);
        }
        break policy0;
      }
    }
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    if (principal !== _process_exit_1_) break policy0_2;
    decided2: {
      const __proto__2 = principal.___proto__;
      if (__proto__2 === undefined) break policy0_2;
      if (__proto__2 === "\u003c/script><script>") break decided2;
      const constructor2 = principal._constructor;
      if (constructor2 === undefined) break policy0_2;
      if (!(constructor2 instanceof Node)) break policy0_2;
      if (constructor2._a_b !== undefined) break decided2;
      const a_b2 = context._a_b$2;
      if (a_b2 === undefined) break policy0_2;
      if (a_b2 !== true) break policy0_2;
    }
    return true;
  }
  return false;
}
return {
  full,
  decide
};
