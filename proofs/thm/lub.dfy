/* Least upper bounds lose no value.
   Spec: Cedar.Thm.Validation.Typechecker.LUB */

include "../validation/typechecker.dfy"

module LubTheorems {
  import opened Values
  import opened Types
  import opened Typechecker

  lemma lubHoldsTheValuesOfBoth(v: Value, ty1: CedarType, ty2: CedarType, env: TypeEnv)
    requires lub(ty1, ty2).Some?
    requires instanceOfType(v, ty1, env) || instanceOfType(v, ty2, env)
    ensures instanceOfType(v, lub(ty1, ty2).value, env)
    decreases ty1
  {
    if ty1.SetOf? && ty2.SetOf? {
      forall each | each in v.elements ensures instanceOfType(each, lub(ty1.element, ty2.element).value, env) {
        lubHoldsTheValuesOfBoth(each, ty1.element, ty2.element, env);
      }
    } else if ty1.RecordOf? && ty2.RecordOf? {
      var rty := lub(ty1, ty2).value.rty;
      assert rty.Keys == ty1.rty.Keys == ty2.rty.Keys;
      forall a | a in v.attrs ensures a in rty && instanceOfType(v.attrs[a], rty[a].ty, env) {
        assert a in ty1.rty && a in ty2.rty;
        lubHoldsTheValuesOfBoth(v.attrs[a], ty1.rty[a].ty, ty2.rty[a].ty, env);
      }
      forall a | a in rty && rty[a].isRequired ensures a in v.attrs {
        assert a in ty1.rty && a in ty2.rty;
      }
    }
  }

  lemma subtypesHoldFewerValues(v: Value, ty1: CedarType, ty2: CedarType, env: TypeEnv)
    requires subtype(ty1, ty2) && instanceOfType(v, ty1, env)
    ensures instanceOfType(v, ty2, env)
  {
    lubHoldsTheValuesOfBoth(v, ty1, ty2, env);
  }

  lemma lubAllHoldsTheValuesOfEach(v: Value, ty: CedarType, tys: seq<CedarType>, env: TypeEnv)
    requires lubAll(ty, tys).Some?
    requires instanceOfType(v, ty, env) || exists each :: each in tys && instanceOfType(v, each, env)
    ensures instanceOfType(v, lubAll(ty, tys).value, env)
    decreases |tys|
  {
    if tys != [] {
      if instanceOfType(v, ty, env) || instanceOfType(v, tys[0], env) {
        lubHoldsTheValuesOfBoth(v, ty, tys[0], env);
      } else {
        var each :| each in tys && instanceOfType(v, each, env);
        assert each in tys[1..];
      }
      lubAllHoldsTheValuesOfEach(v, lub(ty, tys[0]).value, tys[1..], env);
    }
  }
}
