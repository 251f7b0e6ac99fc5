/* The whole model; what the JavaScript is made of. */

include "spec/authorizer.dfy"
include "spec/template.dfy"
include "spec/hierarchy.dfy"
include "compiled/early-exit.dfy"
include "validation/validator.dfy"
