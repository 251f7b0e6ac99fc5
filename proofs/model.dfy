/* The whole model; what the JavaScript is made of. */

include "spec/authorizer.dfy"
include "spec/template.dfy"
include "compiled/early-exit.dfy"
