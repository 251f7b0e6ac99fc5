const {uid} = runtime;
const policy0_row = rows[0];
const view = uid("Action", "view");
const edit = uid("Action", "edit");
function full(principal, action, resource, context, errorLog, satisfied) {
  // permit "policy0", line 1
  policy0: {
    if (!(action === view || (action.$mask & 1 << view.$bit) !== 0 && action.$ancestors.has(view, view.$bit) || (action === edit || (action.$mask & 1 << edit.$bit) !== 0 && action.$ancestors.has(edit, edit.$bit)))) break policy0;
    satisfied = satisfied.next[0] ?? satisfied.grow(0, policy0_row);
  }
  return satisfied;
}
function decide(principal, action, resource, context) {
  // permit "policy0", line 1
  policy0_2: {
    if (!(action === view || (action.$mask & 1 << view.$bit) !== 0 && action.$ancestors.has(view, view.$bit) || (action === edit || (action.$mask & 1 << edit.$bit) !== 0 && action.$ancestors.has(edit, edit.$bit)))) break policy0_2;
    return true;
  }
  return false;
}
return {
  full,
  decide
};
