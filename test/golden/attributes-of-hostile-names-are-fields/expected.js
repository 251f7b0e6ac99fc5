const policy0_row = rows[0];
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    decided: {
      decided2: {
        const _if = principal._if;
        if (_if === undefined) {
          errorLog.fail(policy0_row, 4, [principal]);
          break policy0;
        }
        const bool = _if;
        if (typeof bool !== "boolean") {
          errorLog.fail(policy0_row, 5, [bool]);
          break policy0;
        }
        if (!bool) break decided2;
        if (principal.___proto__ !== undefined) break decided;
      }
      if (principal._a_b !== undefined) break decided;
      const x = principal._;
      if (x === undefined) break policy0;
    }
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    decided3: {
      decided4: {
        const _if2 = principal._if;
        if (_if2 === undefined) break policy0_2;
        const bool2 = _if2;
        if (typeof bool2 !== "boolean") break policy0_2;
        if (!bool2) break decided4;
        if (principal.___proto__ !== undefined) break decided3;
      }
      if (principal._a_b !== undefined) break decided3;
      const x2 = principal._;
      if (x2 === undefined) break policy0_2;
    }
    return true;
  }
  return false;
}
return {
  full,
  decide
};
