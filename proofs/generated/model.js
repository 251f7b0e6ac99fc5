// Made by `npm run prove -- --write` from proofs/model.dfy. Do not edit.
import BigNumber from 'bignumber.js';
BigNumber.config({ MODULO_MODE: BigNumber.EUCLID })
let _dafny = (function() {
  let $module = {};
  $module.areEqual = function(a, b) {
    if (typeof a !== 'object' || a === null || b === null) {
      return a === b;
    } else if (BigNumber.isBigNumber(a)) {
      return a.isEqualTo(b);
    } else if (a._tname !== undefined) {
      return a === b;  // pointer equality
    } else {
      return a.equals(b);  // value-type equality
    }
  }
  $module.toString = function(a) {
    if (a === null) {
      return "null";
    } else if (typeof a === "number") {
      return a.toFixed();
    } else if (BigNumber.isBigNumber(a)) {
      return a.toFixed();
    } else if (a._tname !== undefined) {
      return a._tname;
    } else {
      return a.toString();
    }
  }
  $module.NewObject = function() {
    return { _tname: "object" };
  }
  $module.Rtd_bool = class {
    static get Default() { return false; }
  }
  $module.Rtd_char = class {
    static get Default() { return '\0'; }
  }
  $module.Rtd_int = class {
    static get Default() { return BigNumber(0); }
  }
  $module.Rtd_bv_Native = class {
    static get Default() { return 0; }
  }
  $module.Rtd_bv_NonNative = class {
    static get Default() { return BigNumber(0); }
  }
  $module.Rtd_ref = class {
    static get Default() { return null; }
  }
  $module.Rtd_array = class {
    static get Default() { return []; }
  }
  $module.Tuple = class Tuple extends Array {
    constructor(...elems) {
      super(...elems);
    }
    toString() {
      return "(" + arrayElementsToString(this) + ")";
    }
    equals(other) {
      if (this === other) {
        return true;
      }
      for (let i = 0; i < this.length; i++) {
        if (!_dafny.areEqual(this[i], other[i])) {
          return false;
        }
      }
      return true;
    }
    static Rtd(...rtdArgs) {
      return {
        Default: Tuple.from(rtdArgs, rtd => rtd.Default)
      };
    }
  }
  $module.Set = class Set extends Array {
    constructor() {
      super();
    }
    static get Default() {
      return Set.Empty;
    }
    toString() {
      return "{" + arrayElementsToString(this) + "}";
    }
    static get Empty() {
      if (this._empty === undefined) {
        this._empty = new Set();
      }
      return this._empty;
    }
    static fromElements(...elmts) {
      let s = new Set();
      for (let k of elmts) {
        s.add(k);
      }
      return s;
    }
    contains(k) {
      for (let i = 0; i < this.length; i++) {
        if (_dafny.areEqual(this[i], k)) {
          return true;
        }
      }
      return false;
    }
    add(k) {  // mutates the Set; use only during construction
      if (!this.contains(k)) {
        this.push(k);
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.length !== other.length) {
        return false;
      }
      for (let e of this) {
        if (!other.contains(e)) {
          return false;
        }
      }
      return true;
    }
    get Elements() {
      return this;
    }
    Union(that) {
      if (this.length === 0) {
        return that;
      } else if (that.length === 0) {
        return this;
      } else {
        let s = Set.of(...this);
        for (let k of that) {
          s.add(k);
        }
        return s;
      }
    }
    Intersect(that) {
      if (this.length === 0) {
        return this;
      } else if (that.length === 0) {
        return that;
      } else {
        let s = new Set();
        for (let k of this) {
          if (that.contains(k)) {
            s.push(k);
          }
        }
        return s;
      }
    }
    Difference(that) {
      if (this.length == 0 || that.length == 0) {
        return this;
      } else {
        let s = new Set();
        for (let k of this) {
          if (!that.contains(k)) {
            s.push(k);
          }
        }
        return s;
      }
    }
    IsDisjointFrom(that) {
      for (let k of this) {
        if (that.contains(k)) {
          return false;
        }
      }
      return true;
    }
    IsSubsetOf(that) {
      if (that.length < this.length) {
        return false;
      }
      for (let k of this) {
        if (!that.contains(k)) {
          return false;
        }
      }
      return true;
    }
    IsProperSubsetOf(that) {
      if (that.length <= this.length) {
        return false;
      }
      for (let k of this) {
        if (!that.contains(k)) {
          return false;
        }
      }
      return true;
    }
    get AllSubsets() {
      return this.AllSubsets_();
    }
    *AllSubsets_() {
      // Start by putting all set elements into a list, but don't include null
      let elmts = Array.of(...this);
      let n = elmts.length;
      let which = new Array(n);
      which.fill(false);
      let a = [];
      while (true) {
        yield Set.of(...a);
        // "add 1" to "which", as if doing a carry chain.  For every digit changed, change the membership of the corresponding element in "a".
        let i = 0;
        for (; i < n && which[i]; i++) {
          which[i] = false;
          // remove elmts[i] from a
          for (let j = 0; j < a.length; j++) {
            if (_dafny.areEqual(a[j], elmts[i])) {
              // move the last element of a into slot j
              a[j] = a[-1];
              a.pop();
              break;
            }
          }
        }
        if (i === n) {
          // we have cycled through all the subsets
          break;
        }
        which[i] = true;
        a.push(elmts[i]);
      }
    }
  }
  $module.MultiSet = class MultiSet extends Array {
    constructor() {
      super();
    }
    static get Default() {
      return MultiSet.Empty;
    }
    toString() {
      let s = "multiset{";
      let sep = "";
      for (let e of this) {
        let [k, n] = e;
        let ks = _dafny.toString(k);
        while (!n.isZero()) {
          n = n.minus(1);
          s += sep + ks;
          sep = ", ";
        }
      }
      s += "}";
      return s;
    }
    static get Empty() {
      if (this._empty === undefined) {
        this._empty = new MultiSet();
      }
      return this._empty;
    }
    static fromElements(...elmts) {
      let s = new MultiSet();
      const one = new BigNumber(1);
      for (let e of elmts) {
        s.add(e, one);
      }
      return s;
    }
    static FromArray(arr) {
      let s = new MultiSet();
      const one = new BigNumber(1);
      for (let e of arr) {
        s.add(e, one);
      }
      return s;
    }
    cardinality() {
      let c = new BigNumber(0);
      for (let e of this) {
        let [k, n] = e;
        c = c.plus(n);
      }
      return c;
    }
    clone() {
      let s = new MultiSet();
      for (let e of this) {
        let [k, n] = e;
        s.push([k, n]);  // make sure to create a new array [k, n] here
      }
      return s;
    }
    findIndex(k) {
      for (let i = 0; i < this.length; i++) {
        if (_dafny.areEqual(this[i][0], k)) {
          return i;
        }
      }
      return this.length;
    }
    get(k) {
      let i = this.findIndex(k);
      if (i === this.length) {
        return new BigNumber(0);
      } else {
        return this[i][1];
      }
    }
    contains(k) {
      return this.findIndex(k) < this.length;
    }
    add(k, n) {
      let i = this.findIndex(k);
      if (i === this.length) {
        this.push([k, n]);
      } else {
        let m = this[i][1];
        this[i] = [k, m.plus(n)];
      }
    }
    update(k, n) {
      let i = this.findIndex(k);
      if (i < this.length && this[i][1].isEqualTo(n)) {
        return this;
      } else if (i === this.length && n.isZero()) {
        return this;
      } else if (i === this.length) {
        let m = this.slice();
        m.push([k, n]);
        return m;
      } else {
        let m = this.slice();
        m[i] = [k, n];
        return m;
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.length !== other.length) {
        return false;
      }
      for (let e of this) {
        let [k, n] = e;
        let m = other.get(k);
        if (!n.isEqualTo(m)) {
          return false;
        }
      }
      return true;
    }
    get Elements() {
      return this.Elements_();
    }
    *Elements_() {
      for (let i = 0; i < this.length; i++) {
        let [k, n] = this[i];
        while (!n.isZero()) {
          yield k;
          n = n.minus(1);
        }
      }
    }
    get UniqueElements() {
      return this.UniqueElements_();
    }
    *UniqueElements_() {
      for (let e of this) {
        let [k, n] = e;
        yield k;
      }
    }
    Union(that) {
      if (this.length === 0) {
        return that;
      } else if (that.length === 0) {
        return this;
      } else {
        let s = this.clone();
        for (let e of that) {
          let [k, n] = e;
          s.add(k, n);
        }
        return s;
      }
    }
    Intersect(that) {
      if (this.length === 0) {
        return this;
      } else if (that.length === 0) {
        return that;
      } else {
        let s = new MultiSet();
        for (let e of this) {
          let [k, n] = e;
          let m = that.get(k);
          if (!m.isZero()) {
            s.push([k, m.isLessThan(n) ? m : n]);
          }
        }
        return s;
      }
    }
    Difference(that) {
      if (this.length === 0 || that.length === 0) {
        return this;
      } else {
        let s = new MultiSet();
        for (let e of this) {
          let [k, n] = e;
          let d = n.minus(that.get(k));
          if (d.isGreaterThan(new BigNumber(0))) {
            s.push([k, d]);
          }
        }
        return s;
      }
    }
    IsDisjointFrom(that) {
      let intersection = this.Intersect(that);
      return intersection.length === 0;
    }
    IsSubsetOf(that) {
      if (that.length < this.length) {
        return false;
      }
      for (let e of this) {
        let [k, n] = e;
        let m = that.get(k);
        if (!n.isLessThanOrEqualTo(m)) {
          return false;
        }
      }
      return true;
    }
    IsProperSubsetOf(that) {
      if (that.length < this.length) {
        return false;
      }
      let proper = this.length < that.length;
      for (let e of this) {
        let [k, n] = e;
        let m = that.get(k);
        if (!n.isLessThanOrEqualTo(m)) {
          return false;
        } else if (!proper && n.isLessThan(m)) {
          proper = true;
        }
      }
      return proper;
    }
  }
  $module.Seq = class Seq extends Array {
    constructor(...elems) {
      super(...elems);
    }
    static get Default() {
      return Seq.of();
    }
    toString() {
      return "[" + arrayElementsToString(this) + "]";
    }
    update(i, v) {
      let t = this.slice();
      t[i] = v;
      return t;
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.length !== other.length) {
        return false;
      }
      for (let i = 0; i < this.length; i++) {
        if (!_dafny.areEqual(this[i], other[i])) {
          return false;
        }
      }
      return true;
    }
    static contains(s, k) {
      if (typeof s === "string") {
        return s.includes(k);
      } else {
        for (let x of s) {
          if (_dafny.areEqual(x, k)) {
            return true;
          }
        }
        return false;
      }
    }
    get Elements() {
      return this;
    }
    get UniqueElements() {
      return _dafny.Set.fromElements(...this);
    }
    static Concat(a, b) {
      if (typeof a === "string" || typeof b === "string") {
        // string concatenation, so make sure both operands are strings before concatenating
        if (typeof a !== "string") {
          // a must be a Seq
          a = a.join("");
        }
        if (typeof b !== "string") {
          // b must be a Seq
          b = b.join("");
        }
        return a + b;
      } else {
        // ordinary concatenation
        let r = Seq.of(...a);
        r.push(...b);
        return r;
      }
    }
    static IsPrefixOf(a, b) {
      if (b.length < a.length) {
        return false;
      }
      for (let i = 0; i < a.length; i++) {
        if (!_dafny.areEqual(a[i], b[i])) {
          return false;
        }
      }
      return true;
    }
    static IsProperPrefixOf(a, b) {
      if (b.length <= a.length) {
        return false;
      }
      for (let i = 0; i < a.length; i++) {
        if (!_dafny.areEqual(a[i], b[i])) {
          return false;
        }
      }
      return true;
    }
  }
  $module.Map = class Map extends Array {
    constructor() {
      super();
    }
    static get Default() {
      return Map.of();
    }
    toString() {
      return "map[" + this.map(maplet => _dafny.toString(maplet[0]) + " := " + _dafny.toString(maplet[1])).join(", ") + "]";
    }
    static get Empty() {
      if (this._empty === undefined) {
        this._empty = new Map();
      }
      return this._empty;
    }
    findIndex(k) {
      for (let i = 0; i < this.length; i++) {
        if (_dafny.areEqual(this[i][0], k)) {
          return i;
        }
      }
      return this.length;
    }
    get(k) {
      let i = this.findIndex(k);
      if (i === this.length) {
        return undefined;
      } else {
        return this[i][1];
      }
    }
    contains(k) {
      return this.findIndex(k) < this.length;
    }
    update(k, v) {
      let m = this.slice();
      let i = m.findIndex(k);
      m[i] = [k, v];
      return m;
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.length !== other.length) {
        return false;
      }
      for (let e of this) {
        let [k, v] = e;
        let w = other.get(k);
        if (w === undefined || !_dafny.areEqual(v, w)) {
          return false;
        }
      }
      return true;
    }
    get Keys() {
      let s = new _dafny.Set();
      for (let e of this) {
        let [k, v] = e;
        s.push(k);
      }
      return s;
    }
    get Values() {
      let s = new _dafny.Set();
      for (let e of this) {
        let [k, v] = e;
        s.add(v);
      }
      return s;
    }
    get Items() {
      let s = new _dafny.Set();
      for (let e of this) {
        let [k, v] = e;
        s.push(_dafny.Tuple.of(k, v));
      }
      return s;
    }
    IsDisjointFrom(that) {
      for (let e of this) {
        let [k, v] = e;
        if (that.contains(k)) {
          return false;
        }
      }
      return true;
    }
  }
  $module.newArray = function(initValue, ...dims) {
    return { dims: dims, elmts: buildArray(initValue, ...dims) };
  }
  $module.BigOrdinal = class BigOrdinal {
    static get Default() {
      return new BigNumber(0);
    }
    static IsLimit(ord) {
      return ord.isZero();
    }
    static IsSucc(ord) {
      return ord.isGreaterThan(0);
    }
    static Offset(ord) {
      return ord;
    }
    static IsNat(ord) {
      return true;  // at run time, every ORDINAL is a natural number
    }
  }
  $module.BigRational = class BigRational {
    static get ZERO() {
      if (this._zero === undefined) {
        this._zero = new BigRational(new BigNumber(0));
      }
      return this._zero;
    }
    constructor (n, d) {
      // requires d === undefined || 1 <= d
      this.num = n;
      this.den = d === undefined ? new BigNumber(1) : d;
      // invariant 1 <= den || (num == 0 && den == 0)
    }
    static get Default() {
      return _dafny.BigRational.ZERO;
    }
    // We need to deal with the special case `num == 0 && den == 0`, because
    // that's what C#'s default struct constructor will produce for BigRational. :(
    // To deal with it, we ignore `den` when `num` is 0.
    toString() {
      if (this.num.isZero() || this.den.isEqualTo(1)) {
        return this.num.toFixed() + ".0";
      }
      let log10 = this.isPowerOf10(this.den);
      if (log10 !== undefined) {
        let sign, digits;
        if (this.num.isLessThan(0)) {
          sign = "-"; digits = this.num.negated().toFixed();
        } else {
          sign = ""; digits = this.num.toFixed();
        }
        if (log10 < digits.length) {
          let n = digits.length - log10;
          return sign + digits.slice(0, n) + "." + digits.slice(n);
        } else {
          return sign + "0." + "0".repeat(log10 - digits.length) + digits;
        }
      } else {
        return "(" + this.num.toFixed() + ".0 / " + this.den.toFixed() + ".0)";
      }
    }
    isPowerOf10(x) {
      if (x.isZero()) {
        return undefined;
      }
      let log10 = 0;
      while (true) {  // invariant: x != 0 && x * 10^log10 == old(x)
        if (x.isEqualTo(1)) {
          return log10;
        } else if (x.mod(10).isZero()) {
          log10++;
          x = x.dividedToIntegerBy(10);
        } else {
          return undefined;
        }
      }
    }
    toBigNumber() {
      if (this.num.isZero() || this.den.isEqualTo(1)) {
        return this.num;
      } else if (this.num.isGreaterThan(0)) {
        return this.num.dividedToIntegerBy(this.den);
      } else {
        return this.num.minus(this.den).plus(1).dividedToIntegerBy(this.den);
      }
    }
    // Returns values such that aa/dd == a and bb/dd == b.
    normalize(b) {
      let a = this;
      let aa, bb, dd;
      if (a.num.isZero()) {
        aa = a.num;
        bb = b.num;
        dd = b.den;
      } else if (b.num.isZero()) {
        aa = a.num;
        dd = a.den;
        bb = b.num;
      } else {
        let gcd = BigNumberGcd(a.den, b.den);
        let xx = a.den.dividedToIntegerBy(gcd);
        let yy = b.den.dividedToIntegerBy(gcd);
        // We now have a == a.num / (xx * gcd) and b == b.num / (yy * gcd).
        aa = a.num.multipliedBy(yy);
        bb = b.num.multipliedBy(xx);
        dd = a.den.multipliedBy(yy);
      }
      return [aa, bb, dd];
    }
    compareTo(that) {
      // simple things first
      let asign = this.num.isZero() ? 0 : this.num.isLessThan(0) ? -1 : 1;
      let bsign = that.num.isZero() ? 0 : that.num.isLessThan(0) ? -1 : 1;
      if (asign < 0 && 0 <= bsign) {
        return -1;
      } else if (asign <= 0 && 0 < bsign) {
        return -1;
      } else if (bsign < 0 && 0 <= asign) {
        return 1;
      } else if (bsign <= 0 && 0 < asign) {
        return 1;
      }
      let [aa, bb, dd] = this.normalize(that);
      if (aa.isLessThan(bb)) {
        return -1;
      } else if (aa.isEqualTo(bb)){
        return 0;
      } else {
        return 1;
      }
    }
    equals(that) {
      return this.compareTo(that) === 0;
    }
    isLessThan(that) {
      return this.compareTo(that) < 0;
    }
    isAtMost(that) {
      return this.compareTo(that) <= 0;
    }
    plus(b) {
      let [aa, bb, dd] = this.normalize(b);
      return new BigRational(aa.plus(bb), dd);
    }
    minus(b) {
      let [aa, bb, dd] = this.normalize(b);
      return new BigRational(aa.minus(bb), dd);
    }
    negated() {
      return new BigRational(this.num.negated(), this.den);
    }
    multipliedBy(b) {
      return new BigRational(this.num.multipliedBy(b.num), this.den.multipliedBy(b.den));
    }
    dividedBy(b) {
      let a = this;
      // Compute the reciprocal of b
      let bReciprocal;
      if (b.num.isGreaterThan(0)) {
        bReciprocal = new BigRational(b.den, b.num);
      } else {
        // this is the case b.num < 0
        bReciprocal = new BigRational(b.den.negated(), b.num.negated());
      }
      return a.multipliedBy(bReciprocal);
    }
  }
  $module.EuclideanDivisionNumber = function(a, b) {
    if (0 <= a) {
      if (0 <= b) {
        // +a +b: a/b
        return Math.floor(a / b);
      } else {
        // +a -b: -(a/(-b))
        return -Math.floor(a / -b);
      }
    } else {
      if (0 <= b) {
        // -a +b: -((-a-1)/b) - 1
        return -Math.floor((-a-1) / b) - 1;
      } else {
        // -a -b: ((-a-1)/(-b)) + 1
        return Math.floor((-a-1) / -b) + 1;
      }
    }
  }
  $module.EuclideanDivision = function(a, b) {
    if (a.isGreaterThanOrEqualTo(0)) {
      if (b.isGreaterThanOrEqualTo(0)) {
        // +a +b: a/b
        return a.dividedToIntegerBy(b);
      } else {
        // +a -b: -(a/(-b))
        return a.dividedToIntegerBy(b.negated()).negated();
      }
    } else {
      if (b.isGreaterThanOrEqualTo(0)) {
        // -a +b: -((-a-1)/b) - 1
        return a.negated().minus(1).dividedToIntegerBy(b).negated().minus(1);
      } else {
        // -a -b: ((-a-1)/(-b)) + 1
        return a.negated().minus(1).dividedToIntegerBy(b.negated()).plus(1);
      }
    }
  }
  $module.EuclideanModuloNumber = function(a, b) {
    let bp = Math.abs(b);
    if (0 <= a) {
      // +a: a % bp
      return a % bp;
    } else {
      // c = ((-a) % bp)
      // -a: bp - c if c > 0
      // -a: 0 if c == 0
      let c = (-1) % bp;
      return c === 0 ? c : bp - c;
    }
  }
  $module.ShiftLeft = function(b, n) {
    return b.multipliedBy(new BigNumber(2).exponentiatedBy(n));
  }
  $module.ShiftRight = function(b, n) {
    return b.dividedToIntegerBy(new BigNumber(2).exponentiatedBy(n));
  }
  $module.RotateLeft = function(b, n, w) {  // truncate(b << n) | (b >> (w - n))
    let x = _dafny.ShiftLeft(b, n).mod(new BigNumber(2).exponentiatedBy(w));
    let y = _dafny.ShiftRight(b, w - n);
    return x.plus(y);
  }
  $module.RotateRight = function(b, n, w) {  // (b >> n) | truncate(b << (w - n))
    let x = _dafny.ShiftRight(b, n);
    let y = _dafny.ShiftLeft(b, w - n).mod(new BigNumber(2).exponentiatedBy(w));;
    return x.plus(y);
  }
  $module.BitwiseAnd = function(a, b) {
    let r = new BigNumber(0);
    const m = 0x20000000000000;  // 2^53
    let h = new BigNumber(1);
    while (!a.isZero() && !b.isZero()) {
      let a0 = a.mod(m);
      let b0 = b.mod(m);
      r = r.plus(h.multipliedBy(a0 & b0));
      a = a.dividedToIntegerBy(m);
      b = b.dividedToIntegerBy(m);
      h = h.multipliedBy(m);
    }
    return r;
  }
  $module.BitwiseOr = function(a, b) {
    let r = new BigNumber(0);
    const m = 0x20000000000000;  // 2^53
    let h = new BigNumber(1);
    while (!a.isZero() && !b.isZero()) {
      let a0 = a.mod(m);
      let b0 = b.mod(m);
      r = r.plus(h.multipliedBy(a0 | b0));
      a = a.dividedToIntegerBy(m);
      b = b.dividedToIntegerBy(m);
      h = h.multipliedBy(m);
    }
    r = r.plus(h.multipliedBy(a | b));
    return r;
  }
  $module.BitwiseXor = function(a, b) {
    let r = new BigNumber(0);
    const m = 0x20000000000000;  // 2^53
    let h = new BigNumber(1);
    while (!a.isZero() && !b.isZero()) {
      let a0 = a.mod(m);
      let b0 = b.mod(m);
      r = r.plus(h.multipliedBy(a0 ^ b0));
      a = a.dividedToIntegerBy(m);
      b = b.dividedToIntegerBy(m);
      h = h.multipliedBy(m);
    }
    r = r.plus(h.multipliedBy(a | b));
    return r;
  }
  $module.BitwiseNot = function(a, bits) {
    let r = new BigNumber(0);
    let h = new BigNumber(1);
    for (let i = 0; i < bits; i++) {
      let bit = a.mod(2);
      if (bit.isZero()) {
        r = r.plus(h);
      }
      a = a.dividedToIntegerBy(2);
      h = h.multipliedBy(2);
    }
    return r;
  }
  $module.Quantifier = function(vals, frall, pred) {
    for (let u of vals) {
      if (pred(u) !== frall) { return !frall; }
    }
    return frall;
  }
  $module.PlusChar = function(a, b) {
    return String.fromCharCode(a.charCodeAt(0) + b.charCodeAt(0));
  }
  $module.MinusChar = function(a, b) {
    return String.fromCharCode(a.charCodeAt(0) - b.charCodeAt(0));
  }
  $module.AllBooleans = function*() {
    yield false;
    yield true;
  }
  $module.AllChars = function*() {
    for (let i = 0; i < 0x10000; i++) {
      yield String.fromCharCode(i);
    }
  }
  $module.AllIntegers = function*() {
    yield new BigNumber(0);
    for (let j = new BigNumber(1);; j = j.plus(1)) {
      yield j;
      yield j.negated();
    }
  }
  $module.IntegerRange = function*(lo, hi) {
    if (lo === null) {
      while (true) {
        hi = hi.minus(1);
        yield hi;
      }
    } else if (hi === null) {
      while (true) {
        yield lo;
        lo = lo.plus(1);
      }
    } else {
      while (lo.isLessThan(hi)) {
        yield lo;
        lo = lo.plus(1);
      }
    }
  }
  $module.SingleValue = function*(v) {
    yield v;
  }
  return $module;
  // What follows are routines private to the Dafny runtime
  function buildArray(initValue, ...dims) {
    if (dims.length === 0) {
      return initValue;
    } else {
      let a = Array(dims[0]);
      let b = Array.from(a, (x) => buildArray(initValue, ...dims.slice(1)));
      return b;
    }
  }
  function arrayElementsToString(a) {
    // like `a.join(", ")`, but calling _dafny.toString(x) on every element x instead of x.toString()
    let s = "";
    let sep = "";
    for (let x of a) {
      s += sep + _dafny.toString(x);
      sep = ", ";
    }
    return s;
  }
  function BigNumberGcd(a, b){  // gcd of two non-negative BigNumber's
    while (true) {
      if (a.isZero()) {
        return b;
      } else if (b.isZero()) {
        return a;
      }
      if (a.isLessThan(b)) {
        b = b.modulo(a);
      } else {
        a = a.modulo(b);
      }
    }
  }
})();
let _System = (function() {
  let $module = {};
  $module.nat = class nat {
    constructor () {
    }
    static get Default() {
      return new BigNumber(0);
    }
  };
  return $module;
})(); // end of module _System
let _0_Values_Compile = (function() {
  let $module = {};
  $module.Option = class Option {
    constructor(tag) { this.$tag = tag; }
    static create_None() {
      let $dt = new Option(0);
      return $dt;
    }
    static create_Some(value) {
      let $dt = new Option(1);
      $dt.value = value;
      return $dt;
    }
    get is_None() { return this.$tag === 0; }
    get is_Some() { return this.$tag === 1; }
    get dtor_value() { return this.value; }
    toString() {
      if (this.$tag === 0) {
        return "_0_Values_Compile.Option.None";
      } else if (this.$tag === 1) {
        return "_0_Values_Compile.Option.Some" + "(" + _dafny.toString(this.value) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.value, other.value);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _0_Values_Compile.Option.create_None();
        }
      };
    }
  }
  $module.Result = class Result {
    constructor(tag) { this.$tag = tag; }
    static create_Ok(value) {
      let $dt = new Result(0);
      $dt.value = value;
      return $dt;
    }
    static create_Err(error) {
      let $dt = new Result(1);
      $dt.error = error;
      return $dt;
    }
    get is_Ok() { return this.$tag === 0; }
    get is_Err() { return this.$tag === 1; }
    get dtor_value() { return this.value; }
    get dtor_error() { return this.error; }
    toString() {
      if (this.$tag === 0) {
        return "_0_Values_Compile.Result.Ok" + "(" + _dafny.toString(this.value) + ")";
      } else if (this.$tag === 1) {
        return "_0_Values_Compile.Result.Err" + "(" + _dafny.toString(this.error) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.value, other.value);
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.error, other.error);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.Rtd().Default);
        }
      };
    }
  }
  $module.Error = class Error {
    constructor(tag) { this.$tag = tag; }
    static create_EntityDoesNotExist() {
      let $dt = new Error(0);
      return $dt;
    }
    static create_AttrDoesNotExist() {
      let $dt = new Error(1);
      return $dt;
    }
    static create_TagDoesNotExist() {
      let $dt = new Error(2);
      return $dt;
    }
    static create_TypeError() {
      let $dt = new Error(3);
      return $dt;
    }
    static create_ArithBoundsError() {
      let $dt = new Error(4);
      return $dt;
    }
    static create_ExtensionError() {
      let $dt = new Error(5);
      return $dt;
    }
    get is_EntityDoesNotExist() { return this.$tag === 0; }
    get is_AttrDoesNotExist() { return this.$tag === 1; }
    get is_TagDoesNotExist() { return this.$tag === 2; }
    get is_TypeError() { return this.$tag === 3; }
    get is_ArithBoundsError() { return this.$tag === 4; }
    get is_ExtensionError() { return this.$tag === 5; }
    static get AllSingletonConstructors() {
      return this.AllSingletonConstructors_();
    }
    static *AllSingletonConstructors_() {
      yield Error.create_EntityDoesNotExist();
      yield Error.create_AttrDoesNotExist();
      yield Error.create_TagDoesNotExist();
      yield Error.create_TypeError();
      yield Error.create_ArithBoundsError();
      yield Error.create_ExtensionError();
    }
    toString() {
      if (this.$tag === 0) {
        return "_0_Values_Compile.Error.EntityDoesNotExist";
      } else if (this.$tag === 1) {
        return "_0_Values_Compile.Error.AttrDoesNotExist";
      } else if (this.$tag === 2) {
        return "_0_Values_Compile.Error.TagDoesNotExist";
      } else if (this.$tag === 3) {
        return "_0_Values_Compile.Error.TypeError";
      } else if (this.$tag === 4) {
        return "_0_Values_Compile.Error.ArithBoundsError";
      } else if (this.$tag === 5) {
        return "_0_Values_Compile.Error.ExtensionError";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else if (this.$tag === 2) {
        return other.$tag === 2;
      } else if (this.$tag === 3) {
        return other.$tag === 3;
      } else if (this.$tag === 4) {
        return other.$tag === 4;
      } else if (this.$tag === 5) {
        return other.$tag === 5;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _0_Values_Compile.Error.create_EntityDoesNotExist();
        }
      };
    }
  }
  $module.EntityUID = class EntityUID {
    constructor(tag) { this.$tag = tag; }
    static create_EntityUID(ty,eid) {
      let $dt = new EntityUID(0);
      $dt.ty = ty;
      $dt.eid = eid;
      return $dt;
    }
    get is_EntityUID() { return this.$tag === 0; }
    get dtor_ty() { return this.ty; }
    get dtor_eid() { return this.eid; }
    toString() {
      if (this.$tag === 0) {
        return "_0_Values_Compile.EntityUID.EntityUID" + "(" + _dafny.toString(this.ty) + ", " + _dafny.toString(this.eid) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.ty, other.ty) && _dafny.areEqual(this.eid, other.eid);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _0_Values_Compile.EntityUID.create_EntityUID(_dafny.Seq.of(), _dafny.Seq.of());
        }
      };
    }
  }
  $module.IPNet = class IPNet {
    constructor(tag) { this.$tag = tag; }
    static create_V4(addr,pre) {
      let $dt = new IPNet(0);
      $dt.addr = addr;
      $dt.pre = pre;
      return $dt;
    }
    static create_V6(addr,pre) {
      let $dt = new IPNet(1);
      $dt.addr = addr;
      $dt.pre = pre;
      return $dt;
    }
    get is_V4() { return this.$tag === 0; }
    get is_V6() { return this.$tag === 1; }
    get dtor_addr() { return this.addr; }
    get dtor_pre() { return this.pre; }
    toString() {
      if (this.$tag === 0) {
        return "_0_Values_Compile.IPNet.V4" + "(" + _dafny.toString(this.addr) + ", " + _dafny.toString(this.pre) + ")";
      } else if (this.$tag === 1) {
        return "_0_Values_Compile.IPNet.V6" + "(" + _dafny.toString(this.addr) + ", " + _dafny.toString(this.pre) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.addr, other.addr) && _dafny.areEqual(this.pre, other.pre);
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.addr, other.addr) && _dafny.areEqual(this.pre, other.pre);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _0_Values_Compile.IPNet.create_V4(new BigNumber(0), new BigNumber(0));
        }
      };
    }
  }
  $module.Ext = class Ext {
    constructor(tag) { this.$tag = tag; }
    static create_Decimal(scaled) {
      let $dt = new Ext(0);
      $dt.scaled = scaled;
      return $dt;
    }
    static create_IPAddr(net) {
      let $dt = new Ext(1);
      $dt.net = net;
      return $dt;
    }
    static create_Datetime(instant) {
      let $dt = new Ext(2);
      $dt.instant = instant;
      return $dt;
    }
    static create_Duration(length) {
      let $dt = new Ext(3);
      $dt.length = length;
      return $dt;
    }
    get is_Decimal() { return this.$tag === 0; }
    get is_IPAddr() { return this.$tag === 1; }
    get is_Datetime() { return this.$tag === 2; }
    get is_Duration() { return this.$tag === 3; }
    get dtor_scaled() { return this.scaled; }
    get dtor_net() { return this.net; }
    get dtor_instant() { return this.instant; }
    get dtor_length() { return this.length; }
    toString() {
      if (this.$tag === 0) {
        return "_0_Values_Compile.Ext.Decimal" + "(" + _dafny.toString(this.scaled) + ")";
      } else if (this.$tag === 1) {
        return "_0_Values_Compile.Ext.IPAddr" + "(" + _dafny.toString(this.net) + ")";
      } else if (this.$tag === 2) {
        return "_0_Values_Compile.Ext.Datetime" + "(" + _dafny.toString(this.instant) + ")";
      } else if (this.$tag === 3) {
        return "_0_Values_Compile.Ext.Duration" + "(" + _dafny.toString(this.length) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.scaled, other.scaled);
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.net, other.net);
      } else if (this.$tag === 2) {
        return other.$tag === 2 && _dafny.areEqual(this.instant, other.instant);
      } else if (this.$tag === 3) {
        return other.$tag === 3 && _dafny.areEqual(this.length, other.length);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _0_Values_Compile.Ext.create_Decimal(new BigNumber(0));
        }
      };
    }
  }
  $module.Value = class Value {
    constructor(tag) { this.$tag = tag; }
    static create_Bool(b) {
      let $dt = new Value(0);
      $dt.b = b;
      return $dt;
    }
    static create_Int(i) {
      let $dt = new Value(1);
      $dt.i = i;
      return $dt;
    }
    static create_String(s) {
      let $dt = new Value(2);
      $dt.s = s;
      return $dt;
    }
    static create_Entity(uid) {
      let $dt = new Value(3);
      $dt.uid = uid;
      return $dt;
    }
    static create_Set(elements) {
      let $dt = new Value(4);
      $dt.elements = elements;
      return $dt;
    }
    static create_Record(attrs) {
      let $dt = new Value(5);
      $dt.attrs = attrs;
      return $dt;
    }
    static create_Ext(x) {
      let $dt = new Value(6);
      $dt.x = x;
      return $dt;
    }
    get is_Bool() { return this.$tag === 0; }
    get is_Int() { return this.$tag === 1; }
    get is_String() { return this.$tag === 2; }
    get is_Entity() { return this.$tag === 3; }
    get is_Set() { return this.$tag === 4; }
    get is_Record() { return this.$tag === 5; }
    get is_Ext() { return this.$tag === 6; }
    get dtor_b() { return this.b; }
    get dtor_i() { return this.i; }
    get dtor_s() { return this.s; }
    get dtor_uid() { return this.uid; }
    get dtor_elements() { return this.elements; }
    get dtor_attrs() { return this.attrs; }
    get dtor_x() { return this.x; }
    toString() {
      if (this.$tag === 0) {
        return "_0_Values_Compile.Value.Bool" + "(" + _dafny.toString(this.b) + ")";
      } else if (this.$tag === 1) {
        return "_0_Values_Compile.Value.Int" + "(" + _dafny.toString(this.i) + ")";
      } else if (this.$tag === 2) {
        return "_0_Values_Compile.Value.String" + "(" + _dafny.toString(this.s) + ")";
      } else if (this.$tag === 3) {
        return "_0_Values_Compile.Value.Entity" + "(" + _dafny.toString(this.uid) + ")";
      } else if (this.$tag === 4) {
        return "_0_Values_Compile.Value.Set" + "(" + _dafny.toString(this.elements) + ")";
      } else if (this.$tag === 5) {
        return "_0_Values_Compile.Value.Record" + "(" + _dafny.toString(this.attrs) + ")";
      } else if (this.$tag === 6) {
        return "_0_Values_Compile.Value.Ext" + "(" + _dafny.toString(this.x) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && this.b === other.b;
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.i, other.i);
      } else if (this.$tag === 2) {
        return other.$tag === 2 && _dafny.areEqual(this.s, other.s);
      } else if (this.$tag === 3) {
        return other.$tag === 3 && _dafny.areEqual(this.uid, other.uid);
      } else if (this.$tag === 4) {
        return other.$tag === 4 && _dafny.areEqual(this.elements, other.elements);
      } else if (this.$tag === 5) {
        return other.$tag === 5 && _dafny.areEqual(this.attrs, other.attrs);
      } else if (this.$tag === 6) {
        return other.$tag === 6 && _dafny.areEqual(this.x, other.x);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _0_Values_Compile.Value.create_Bool(false);
        }
      };
    }
  }
  $module.Prim = class Prim {
    constructor () {
    }
    static get Witness() {
      return _0_Values_Compile.Value.create_Bool(true);
    }
    static get Default() {
      return _0_Values_Compile.Prim.Witness;
    }
  };
  $module.__default = class __default {
    constructor () {
      this._tname = "_0_Values_Compile._default";
    }
    static isInt64(n) {
      return (((new BigNumber(0)).minus(new BigNumber("9223372036854775808"))).isLessThanOrEqualTo(n)) && ((n).isLessThanOrEqualTo(new BigNumber("9223372036854775807")));
    };
    static intOrErr(n) {
      if (_0_Values_Compile.__default.isInt64(n)) {
        return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Int(n));
      } else  {
        return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_ArithBoundsError());
      }
    };
    static asBool(r) {
      if ((r).is_Err) {
        return _0_Values_Compile.Result.create_Err((r).dtor_error);
      } else  {
        if (((r).dtor_value).is_Bool) {
          return _0_Values_Compile.Result.create_Ok(((r).dtor_value).dtor_b);
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      }
    };
  };
  return $module;
})(); // end of module _0_Values_Compile
let _3_EntityStore_Compile = (function() {
  let $module = {};
  $module.EntityData = class EntityData {
    constructor(tag) { this.$tag = tag; }
    static create_EntityData(attrs,ancestors,tags) {
      let $dt = new EntityData(0);
      $dt.attrs = attrs;
      $dt.ancestors = ancestors;
      $dt.tags = tags;
      return $dt;
    }
    get is_EntityData() { return this.$tag === 0; }
    get dtor_attrs() { return this.attrs; }
    get dtor_ancestors() { return this.ancestors; }
    get dtor_tags() { return this.tags; }
    toString() {
      if (this.$tag === 0) {
        return "_3_EntityStore_Compile.EntityData.EntityData" + "(" + _dafny.toString(this.attrs) + ", " + _dafny.toString(this.ancestors) + ", " + _dafny.toString(this.tags) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.attrs, other.attrs) && _dafny.areEqual(this.ancestors, other.ancestors) && _dafny.areEqual(this.tags, other.tags);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _3_EntityStore_Compile.EntityData.create_EntityData(_dafny.Map.Empty, _dafny.Set.Empty, _dafny.Map.Empty);
        }
      };
    }
  }
  $module.Request = class Request {
    constructor(tag) { this.$tag = tag; }
    static create_Request(principal,action,resource,context) {
      let $dt = new Request(0);
      $dt.principal = principal;
      $dt.action = action;
      $dt.resource = resource;
      $dt.context = context;
      return $dt;
    }
    get is_Request() { return this.$tag === 0; }
    get dtor_principal() { return this.principal; }
    get dtor_action() { return this.action; }
    get dtor_resource() { return this.resource; }
    get dtor_context() { return this.context; }
    toString() {
      if (this.$tag === 0) {
        return "_3_EntityStore_Compile.Request.Request" + "(" + _dafny.toString(this.principal) + ", " + _dafny.toString(this.action) + ", " + _dafny.toString(this.resource) + ", " + _dafny.toString(this.context) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.principal, other.principal) && _dafny.areEqual(this.action, other.action) && _dafny.areEqual(this.resource, other.resource) && _dafny.areEqual(this.context, other.context);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _3_EntityStore_Compile.Request.create_Request(_0_Values_Compile.EntityUID.Rtd().Default, _0_Values_Compile.EntityUID.Rtd().Default, _0_Values_Compile.EntityUID.Rtd().Default, _dafny.Map.Empty);
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_3_EntityStore_Compile._default";
    }
    static get UNKNOWN() {
      return _3_EntityStore_Compile.EntityData.create_EntityData(_dafny.Map.of(), _dafny.Set.fromElements(), _dafny.Map.of());
    };
    static dataOrEmpty(uid, es) {
      if ((es).contains(uid)) {
        return (es).get(uid);
      } else  {
        return _3_EntityStore_Compile.__default.UNKNOWN;
      }
    };
    static data(uid, es) {
      if ((es).contains(uid)) {
        return _0_Values_Compile.Result.create_Ok((es).get(uid));
      } else  {
        return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_EntityDoesNotExist());
      }
    };
  };
  return $module;
})(); // end of module _3_EntityStore_Compile
let _6_Wildcard_Compile = (function() {
  let $module = {};
  $module.PatElem = class PatElem {
    constructor(tag) { this.$tag = tag; }
    static create_Star() {
      let $dt = new PatElem(0);
      return $dt;
    }
    static create_JustChar(c) {
      let $dt = new PatElem(1);
      $dt.c = c;
      return $dt;
    }
    get is_Star() { return this.$tag === 0; }
    get is_JustChar() { return this.$tag === 1; }
    get dtor_c() { return this.c; }
    toString() {
      if (this.$tag === 0) {
        return "_6_Wildcard_Compile.PatElem.Star";
      } else if (this.$tag === 1) {
        return "_6_Wildcard_Compile.PatElem.JustChar" + "(" + _dafny.toString(this.c) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1 && this.c === other.c;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _6_Wildcard_Compile.PatElem.create_Star();
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_6_Wildcard_Compile._default";
    }
    static wildcardMatch(text, pattern) {
      if (_dafny.areEqual(pattern, _dafny.Seq.of())) {
        return _dafny.areEqual(text, [].join(""));
      } else  {
        let _source0 = (pattern)[new BigNumber(0)];
        if (_source0.is_Star) {
          return (_6_Wildcard_Compile.__default.wildcardMatch(text, (pattern).slice(new BigNumber(1)))) || ((!_dafny.areEqual(text, [].join(""))) && (_6_Wildcard_Compile.__default.wildcardMatch((text).slice(new BigNumber(1)), pattern)));
        } else  {
          let _0_c = (_source0).c;
          return ((!_dafny.areEqual(text, [].join(""))) && (((text)[new BigNumber(0)]) === (_0_c))) && (_6_Wildcard_Compile.__default.wildcardMatch((text).slice(new BigNumber(1)), (pattern).slice(new BigNumber(1))));
        }
      }
    };
  };
  return $module;
})(); // end of module _6_Wildcard_Compile
let _11_Text_Compile = (function() {
  let $module = {};
  $module.__default = class __default {
    constructor () {
      this._tname = "_11_Text_Compile._default";
    }
    static isDigit(c) {
      return (('0') <= (c)) && ((c) <= ('9'));
    };
    static areDigits(s) {
      return _dafny.Quantifier(_dafny.IntegerRange(new BigNumber(0), new BigNumber((s).length)), true, function (_1_i) {
        return !(((new BigNumber(0)).isLessThanOrEqualTo(_1_i)) && ((_1_i).isLessThan(new BigNumber((s).length)))) || (_11_Text_Compile.__default.isDigit((s)[_1_i]));
      });
    };
    static digits(s) {
      if (_dafny.areEqual(s, [].join(""))) {
        return new BigNumber(0);
      } else  {
        return ((_11_Text_Compile.__default.digits((s).slice(0, (new BigNumber((s).length)).minus(new BigNumber(1))))).multipliedBy(new BigNumber(10))).plus((new BigNumber(((s)[(new BigNumber((s).length)).minus(new BigNumber(1))]).charCodeAt(0))).minus(new BigNumber(('0').charCodeAt(0))));
      }
    };
    static parseNat(s) {
      if ((!_dafny.areEqual(s, [].join(""))) && (_11_Text_Compile.__default.areDigits(s))) {
        return _0_Values_Compile.Option.create_Some(_11_Text_Compile.__default.digits(s));
      } else  {
        return _0_Values_Compile.Option.create_None();
      }
    };
    static parsePlainNat(s) {
      if (((new BigNumber(1)).isLessThan(new BigNumber((s).length))) && (((s)[new BigNumber(0)]) === ('0'))) {
        return _0_Values_Compile.Option.create_None();
      } else  {
        return _11_Text_Compile.__default.parseNat(s);
      }
    };
    static split(s, separator) {
      if (_dafny.areEqual(s, [].join(""))) {
        return _dafny.Seq.of([].join(""));
      } else  {
        let _2_rest = _11_Text_Compile.__default.split((s).slice(new BigNumber(1)), separator);
        if (((s)[new BigNumber(0)]) === (separator)) {
          return _dafny.Seq.Concat(_dafny.Seq.of([].join("")), _2_rest);
        } else  {
          return _dafny.Seq.Concat(_dafny.Seq.of(_dafny.Seq.Concat([(s)[new BigNumber(0)]].join(""), (_2_rest)[new BigNumber(0)])), (_2_rest).slice(new BigNumber(1)));
        }
      }
    };
    static run(s, ofDigits) {
      if ((_dafny.areEqual(s, [].join(""))) || ((_11_Text_Compile.__default.isDigit((s)[new BigNumber(0)])) !== (ofDigits))) {
        return new BigNumber(0);
      } else  {
        return (new BigNumber(1)).plus(_11_Text_Compile.__default.run((s).slice(new BigNumber(1)), ofDigits));
      }
    };
    static startsWith(s, c) {
      return (!_dafny.areEqual(s, [].join(""))) && (((s)[new BigNumber(0)]) === (c));
    };
    static hasShape(s, shape) {
      return ((new BigNumber((s).length)).isEqualTo(new BigNumber((shape).length))) && (_dafny.Quantifier(_dafny.IntegerRange(new BigNumber(0), new BigNumber((s).length)), true, function (_3_i) {
        return !(((new BigNumber(0)).isLessThanOrEqualTo(_3_i)) && ((_3_i).isLessThan(new BigNumber((s).length)))) || ((((shape)[_3_i]) === ('0')) ? (_11_Text_Compile.__default.isDigit((s)[_3_i])) : ((((shape)[_3_i]) === ('~')) ? ((((s)[_3_i]) === ('+')) || (((s)[_3_i]) === ('-'))) : (((s)[_3_i]) === ((shape)[_3_i]))));
      }));
    };
    static pow(base, n) {
      if ((n).isEqualTo(new BigNumber(0))) {
        return new BigNumber(1);
      } else  {
        return (base).multipliedBy(_11_Text_Compile.__default.pow(base, (n).minus(new BigNumber(1))));
      }
    };
    static int64(n) {
      if (_0_Values_Compile.__default.isInt64(n)) {
        return _0_Values_Compile.Option.create_Some(n);
      } else  {
        return _0_Values_Compile.Option.create_None();
      }
    };
  };
  return $module;
})(); // end of module _11_Text_Compile
let _13_Decimals_Compile = (function() {
  let $module = {};
  $module.__default = class __default {
    constructor () {
      this._tname = "_13_Decimals_Compile._default";
    }
    static parseDecimal(s) {
      let _4_negative = _11_Text_Compile.__default.startsWith(s, '-');
      let _5_parts = _11_Text_Compile.__default.split((_4_negative) ? ((s).slice(new BigNumber(1))) : (s), '.');
      if ((!(new BigNumber((_5_parts).length)).isEqualTo(new BigNumber(2))) || ((new BigNumber(4)).isLessThan(new BigNumber(((_5_parts)[new BigNumber(1)]).length)))) {
        return _0_Values_Compile.Option.create_None();
      } else  {
        let _source1 = _11_Text_Compile.__default.parseNat((_5_parts)[new BigNumber(0)]);
        if (_source1.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _6_left = (_source1).value;
          let _source2 = _11_Text_Compile.__default.parseNat((_5_parts)[new BigNumber(1)]);
          if (_source2.is_None) {
            return _0_Values_Compile.Option.create_None();
          } else  {
            let _7_right = (_source2).value;
            let _8_scaled = ((_6_left).multipliedBy(new BigNumber(10000))).plus((_7_right).multipliedBy(_11_Text_Compile.__default.pow(new BigNumber(10), (new BigNumber(4)).minus(new BigNumber(((_5_parts)[new BigNumber(1)]).length)))));
            return _11_Text_Compile.__default.int64((_4_negative) ? ((new BigNumber(0)).minus(_8_scaled)) : (_8_scaled));
          }
        }
      }
    };
  };
  return $module;
})(); // end of module _13_Decimals_Compile
let _17_IPAddrs_Compile = (function() {
  let $module = {};
  $module.__default = class __default {
    constructor () {
      this._tname = "_17_IPAddrs_Compile._default";
    }
    static parseIP(s) {
      let _9_parts = _11_Text_Compile.__default.split(s, '/');
      if ((new BigNumber(2)).isLessThan(new BigNumber((_9_parts).length))) {
        return _0_Values_Compile.Option.create_None();
      } else  {
        let _source3 = _17_IPAddrs_Compile.__default.parseV4((_9_parts)[new BigNumber(0)]);
        if (_source3.is_Some) {
          let _10_addr = (_source3).value;
          let _source4 = _17_IPAddrs_Compile.__default.parsePrefix((_9_parts).slice(new BigNumber(1)), new BigNumber(32));
          if (_source4.is_None) {
            return _0_Values_Compile.Option.create_None();
          } else  {
            let _11_pre = (_source4).value;
            return _0_Values_Compile.Option.create_Some(_0_Values_Compile.IPNet.create_V4(_10_addr, _11_pre));
          }
        } else  {
          let _source5 = _17_IPAddrs_Compile.__default.parseV6((_9_parts)[new BigNumber(0)]);
          if (_source5.is_None) {
            return _0_Values_Compile.Option.create_None();
          } else  {
            let _12_addr = (_source5).value;
            let _source6 = _17_IPAddrs_Compile.__default.parsePrefix((_9_parts).slice(new BigNumber(1)), new BigNumber(128));
            if (_source6.is_None) {
              return _0_Values_Compile.Option.create_None();
            } else  {
              let _13_pre = (_source6).value;
              return _0_Values_Compile.Option.create_Some(_0_Values_Compile.IPNet.create_V6(_12_addr, _13_pre));
            }
          }
        }
      }
    };
    static parsePrefix(part, size) {
      if (_dafny.areEqual(part, _dafny.Seq.of())) {
        return _0_Values_Compile.Option.create_Some(size);
      } else  {
        let _source7 = _11_Text_Compile.__default.parsePlainNat((part)[new BigNumber(0)]);
        if (_source7.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _14_n = (_source7).value;
          if ((_14_n).isLessThanOrEqualTo(size)) {
            return _0_Values_Compile.Option.create_Some(_14_n);
          } else  {
            return _0_Values_Compile.Option.create_None();
          }
        }
      }
    };
    static parseV4(s) {
      let _15_octets = _11_Text_Compile.__default.split(s, '.');
      if ((new BigNumber((_15_octets).length)).isEqualTo(new BigNumber(4))) {
        return _17_IPAddrs_Compile.__default.parseOctets(_15_octets);
      } else  {
        return _0_Values_Compile.Option.create_None();
      }
    };
    static parseOctets(octets) {
      if (_dafny.areEqual(octets, _dafny.Seq.of())) {
        return _0_Values_Compile.Option.create_Some(new BigNumber(0));
      } else  {
        let _source8 = _17_IPAddrs_Compile.__default.parseOctets((octets).slice(0, (new BigNumber((octets).length)).minus(new BigNumber(1))));
        if (_source8.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _16_high = (_source8).value;
          let _source9 = _11_Text_Compile.__default.parsePlainNat((octets)[(new BigNumber((octets).length)).minus(new BigNumber(1))]);
          if (_source9.is_None) {
            return _0_Values_Compile.Option.create_None();
          } else  {
            let _17_low = (_source9).value;
            if ((_17_low).isLessThanOrEqualTo(new BigNumber(255))) {
              return _0_Values_Compile.Option.create_Some(((_16_high).multipliedBy(new BigNumber(256))).plus(_17_low));
            } else  {
              return _0_Values_Compile.Option.create_None();
            }
          }
        }
      }
    };
    static parseV6(s) {
      let _18_cut = _17_IPAddrs_Compile.__default.doubleColon(s);
      let _source10 = _17_IPAddrs_Compile.__default.parseGroups(((_18_cut).isLessThan(new BigNumber((s).length))) ? ((s).slice(0, _18_cut)) : (s));
      if (_source10.is_None) {
        return _0_Values_Compile.Option.create_None();
      } else  {
        let _19_left = (_source10).value;
        if ((_18_cut).isEqualTo(new BigNumber((s).length))) {
          if ((new BigNumber((_19_left).length)).isEqualTo(new BigNumber(8))) {
            return _0_Values_Compile.Option.create_Some(_17_IPAddrs_Compile.__default.join(_19_left));
          } else  {
            return _0_Values_Compile.Option.create_None();
          }
        } else  {
          let _source11 = _17_IPAddrs_Compile.__default.parseGroups((s).slice((_18_cut).plus(new BigNumber(2))));
          if (_source11.is_None) {
            return _0_Values_Compile.Option.create_None();
          } else  {
            let _20_right = (_source11).value;
            let _21_zeros = ((new BigNumber(8)).minus(new BigNumber((_19_left).length))).minus(new BigNumber((_20_right).length));
            if ((new BigNumber(0)).isLessThan(_21_zeros)) {
              return _0_Values_Compile.Option.create_Some(((_17_IPAddrs_Compile.__default.join(_19_left)).multipliedBy(_11_Text_Compile.__default.pow(new BigNumber(65536), (new BigNumber(8)).minus(new BigNumber((_19_left).length))))).plus(_17_IPAddrs_Compile.__default.join(_20_right)));
            } else  {
              return _0_Values_Compile.Option.create_None();
            }
          }
        }
      }
    };
    static doubleColon(s) {
      if ((new BigNumber((s).length)).isLessThan(new BigNumber(2))) {
        return new BigNumber((s).length);
      } else  {
        if ((((s)[new BigNumber(0)]) === (':')) && (((s)[new BigNumber(1)]) === (':'))) {
          return new BigNumber(0);
        } else  {
          return (new BigNumber(1)).plus(_17_IPAddrs_Compile.__default.doubleColon((s).slice(new BigNumber(1))));
        }
      }
    };
    static parseGroups(s) {
      if (_dafny.areEqual(s, [].join(""))) {
        return _0_Values_Compile.Option.create_Some(_dafny.Seq.of());
      } else  {
        return _17_IPAddrs_Compile.__default.parseEachGroup(_11_Text_Compile.__default.split(s, ':'));
      }
    };
    static parseEachGroup(groups) {
      if (_dafny.areEqual(groups, _dafny.Seq.of())) {
        return _0_Values_Compile.Option.create_Some(_dafny.Seq.of());
      } else  {
        let _source12 = _17_IPAddrs_Compile.__default.parseEachGroup((groups).slice(new BigNumber(1)));
        if (_source12.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _22_rest = (_source12).value;
          if ((((new BigNumber(1)).isLessThanOrEqualTo(new BigNumber(((groups)[new BigNumber(0)]).length))) && ((new BigNumber(((groups)[new BigNumber(0)]).length)).isLessThanOrEqualTo(new BigNumber(4)))) && (_17_IPAddrs_Compile.__default.areHexDigits((groups)[new BigNumber(0)]))) {
            return _0_Values_Compile.Option.create_Some(_dafny.Seq.Concat(_dafny.Seq.of(_17_IPAddrs_Compile.__default.hex((groups)[new BigNumber(0)])), _22_rest));
          } else  {
            return _0_Values_Compile.Option.create_None();
          }
        }
      }
    };
    static isHexDigit(c) {
      return ((_11_Text_Compile.__default.isDigit(c)) || ((('a') <= (c)) && ((c) <= ('f')))) || ((('A') <= (c)) && ((c) <= ('F')));
    };
    static areHexDigits(s) {
      return _dafny.Quantifier(_dafny.IntegerRange(new BigNumber(0), new BigNumber((s).length)), true, function (_23_i) {
        return !(((new BigNumber(0)).isLessThanOrEqualTo(_23_i)) && ((_23_i).isLessThan(new BigNumber((s).length)))) || (_17_IPAddrs_Compile.__default.isHexDigit((s)[_23_i]));
      });
    };
    static hex(s) {
      if (_dafny.areEqual(s, [].join(""))) {
        return new BigNumber(0);
      } else  {
        let _24_c = (s)[(new BigNumber((s).length)).minus(new BigNumber(1))];
        return (((_17_IPAddrs_Compile.__default.hex((s).slice(0, (new BigNumber((s).length)).minus(new BigNumber(1))))).multipliedBy(new BigNumber(16))).plus(new BigNumber((_24_c).charCodeAt(0)))).minus((_11_Text_Compile.__default.isDigit(_24_c)) ? (new BigNumber(('0').charCodeAt(0))) : (((_24_c) >= ('a')) ? ((new BigNumber(('a').charCodeAt(0))).minus(new BigNumber(10))) : ((new BigNumber(('A').charCodeAt(0))).minus(new BigNumber(10)))));
      }
    };
    static join(groups) {
      if (_dafny.areEqual(groups, _dafny.Seq.of())) {
        return new BigNumber(0);
      } else  {
        return ((_17_IPAddrs_Compile.__default.join((groups).slice(0, (new BigNumber((groups).length)).minus(new BigNumber(1))))).multipliedBy(new BigNumber(65536))).plus((groups)[(new BigNumber((groups).length)).minus(new BigNumber(1))]);
      }
    };
    static inRange(a, b) {
      return ((((a).is_V4) === ((b).is_V4)) && ((_17_IPAddrs_Compile.__default.low(b)).isLessThanOrEqualTo(_17_IPAddrs_Compile.__default.low(a)))) && ((_17_IPAddrs_Compile.__default.high(a)).isLessThanOrEqualTo(_17_IPAddrs_Compile.__default.high(b)));
    };
    static block(a) {
      let _25_size = ((a).is_V4) ? (new BigNumber(32)) : (new BigNumber(128));
      return _11_Text_Compile.__default.pow(new BigNumber(2), (((a).dtor_pre).isLessThanOrEqualTo(_25_size)) ? ((_25_size).minus((a).dtor_pre)) : (new BigNumber(0)));
    };
    static low(a) {
      return (_dafny.EuclideanDivision((a).dtor_addr, _17_IPAddrs_Compile.__default.block(a))).multipliedBy(_17_IPAddrs_Compile.__default.block(a));
    };
    static high(a) {
      return ((_17_IPAddrs_Compile.__default.low(a)).plus(_17_IPAddrs_Compile.__default.block(a))).minus(new BigNumber(1));
    };
    static isLoopback(a) {
      return _17_IPAddrs_Compile.__default.inRange(a, ((a).is_V4) ? (_0_Values_Compile.IPNet.create_V4(new BigNumber(2130706432), new BigNumber(8))) : (_0_Values_Compile.IPNet.create_V6(new BigNumber(1), new BigNumber(128))));
    };
    static isMulticast(a) {
      return _17_IPAddrs_Compile.__default.inRange(a, ((a).is_V4) ? (_0_Values_Compile.IPNet.create_V4(new BigNumber(3758096384), new BigNumber(4))) : (_0_Values_Compile.IPNet.create_V6((new BigNumber(65280)).multipliedBy(_11_Text_Compile.__default.pow(new BigNumber(65536), new BigNumber(7))), new BigNumber(8))));
    };
  };
  return $module;
})(); // end of module _17_IPAddrs_Compile
let _21_Datetimes_Compile = (function() {
  let $module = {};
  $module.__default = class __default {
    constructor () {
      this._tname = "_21_Datetimes_Compile._default";
    }
    static get MS__PER__DAY() {
      return new BigNumber(86400000);
    };
    static parseDatetime(s) {
      if (((new BigNumber((s).length)).isLessThan(new BigNumber(10))) || (!(_11_Text_Compile.__default.hasShape((s).slice(0, new BigNumber(10)), "0000-00-00")))) {
        return _0_Values_Compile.Option.create_None();
      } else  {
        let _source13 = _21_Datetimes_Compile.__default.parseDate((s).slice(0, new BigNumber(10)));
        if (_source13.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _26_days = (_source13).value;
          if ((new BigNumber((s).length)).isEqualTo(new BigNumber(10))) {
            return _0_Values_Compile.Option.create_Some((_26_days).multipliedBy(_21_Datetimes_Compile.__default.MS__PER__DAY));
          } else  {
            if (((new BigNumber((s).length)).isLessThan(new BigNumber(20))) || (!(_11_Text_Compile.__default.hasShape((s).slice(new BigNumber(10), new BigNumber(19)), "T00:00:00")))) {
              return _0_Values_Compile.Option.create_None();
            } else  {
              let _source14 = _21_Datetimes_Compile.__default.parseTime((s).slice(new BigNumber(10), new BigNumber(19)));
              if (_source14.is_None) {
                return _0_Values_Compile.Option.create_None();
              } else  {
                let _27_ms = (_source14).value;
                let _source15 = _21_Datetimes_Compile.__default.parseFraction((s).slice(new BigNumber(19)));
                if (_source15.is_None) {
                  return _0_Values_Compile.Option.create_None();
                } else  {
                  let _28_fraction = (_source15).value;
                  return _11_Text_Compile.__default.int64((((_26_days).multipliedBy(_21_Datetimes_Compile.__default.MS__PER__DAY)).plus(_27_ms)).plus(_28_fraction));
                }
              }
            }
          }
        }
      }
    };
    static parseDate(s) {
      let _29_year = _11_Text_Compile.__default.digits((s).slice(new BigNumber(0), new BigNumber(4)));
      let _30_month = _11_Text_Compile.__default.digits((s).slice(new BigNumber(5), new BigNumber(7)));
      let _31_day = _11_Text_Compile.__default.digits((s).slice(new BigNumber(8), new BigNumber(10)));
      if ((((new BigNumber(1)).isLessThanOrEqualTo(_30_month)) && ((_30_month).isLessThanOrEqualTo(new BigNumber(12)))) && (((new BigNumber(1)).isLessThanOrEqualTo(_31_day)) && ((_31_day).isLessThanOrEqualTo(_21_Datetimes_Compile.__default.daysOfMonth(_29_year, _30_month))))) {
        return _0_Values_Compile.Option.create_Some(_21_Datetimes_Compile.__default.daysSinceEpoch(_29_year, _30_month, _31_day));
      } else  {
        return _0_Values_Compile.Option.create_None();
      }
    };
    static daysOfMonth(year, month) {
      if ((month).isEqualTo(new BigNumber(2))) {
        if ((((year).mod(new BigNumber(4))).isEqualTo(new BigNumber(0))) && ((!((year).mod(new BigNumber(100))).isEqualTo(new BigNumber(0))) || (((year).mod(new BigNumber(400))).isEqualTo(new BigNumber(0))))) {
          return new BigNumber(29);
        } else  {
          return new BigNumber(28);
        }
      } else  {
        if ((_dafny.Set.fromElements(new BigNumber(4), new BigNumber(6), new BigNumber(9), new BigNumber(11))).contains(month)) {
          return new BigNumber(30);
        } else  {
          return new BigNumber(31);
        }
      }
    };
    static daysSinceEpoch(year, month, day) {
      let _32_y = ((month).isLessThanOrEqualTo(new BigNumber(2))) ? ((year).minus(new BigNumber(1))) : (year);
      let _33_m = ((month).plus(new BigNumber(9))).mod(new BigNumber(12));
      return ((((((((new BigNumber(365)).multipliedBy(_32_y)).plus(_dafny.EuclideanDivision(_32_y, new BigNumber(4)))).minus(_dafny.EuclideanDivision(_32_y, new BigNumber(100)))).plus(_dafny.EuclideanDivision(_32_y, new BigNumber(400)))).plus(_dafny.EuclideanDivision(((new BigNumber(153)).multipliedBy(_33_m)).plus(new BigNumber(2)), new BigNumber(5)))).plus(day)).minus(new BigNumber(1))).minus(new BigNumber(719468));
    };
    static parseTime(s) {
      let _34_hour = _11_Text_Compile.__default.digits((s).slice(new BigNumber(1), new BigNumber(3)));
      let _35_minute = _11_Text_Compile.__default.digits((s).slice(new BigNumber(4), new BigNumber(6)));
      let _36_second = _11_Text_Compile.__default.digits((s).slice(new BigNumber(7), new BigNumber(9)));
      if ((((_34_hour).isLessThanOrEqualTo(new BigNumber(23))) && ((_35_minute).isLessThanOrEqualTo(new BigNumber(59)))) && ((_36_second).isLessThanOrEqualTo(new BigNumber(59)))) {
        return _0_Values_Compile.Option.create_Some((((((_34_hour).multipliedBy(new BigNumber(60))).plus(_35_minute)).multipliedBy(new BigNumber(60))).plus(_36_second)).multipliedBy(new BigNumber(1000)));
      } else  {
        return _0_Values_Compile.Option.create_None();
      }
    };
    static parseFraction(s) {
      if (((new BigNumber((s).length)).isLessThan(new BigNumber(4))) || (!(_11_Text_Compile.__default.hasShape((s).slice(0, new BigNumber(4)), ".000")))) {
        return _21_Datetimes_Compile.__default.parseZone(s);
      } else  {
        let _source16 = _21_Datetimes_Compile.__default.parseZone((s).slice(new BigNumber(4)));
        if (_source16.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _37_zone = (_source16).value;
          return _0_Values_Compile.Option.create_Some((_11_Text_Compile.__default.digits((s).slice(new BigNumber(1), new BigNumber(4)))).plus(_37_zone));
        }
      }
    };
    static parseZone(s) {
      if (_dafny.areEqual(s, "Z")) {
        return _0_Values_Compile.Option.create_Some(new BigNumber(0));
      } else  {
        if (!(_11_Text_Compile.__default.hasShape(s, "~0000"))) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _38_hours = _11_Text_Compile.__default.digits((s).slice(new BigNumber(1), new BigNumber(3)));
          let _39_minutes = _11_Text_Compile.__default.digits((s).slice(new BigNumber(3), new BigNumber(5)));
          if (((new BigNumber(23)).isLessThan(_38_hours)) || ((new BigNumber(59)).isLessThan(_39_minutes))) {
            return _0_Values_Compile.Option.create_None();
          } else  {
            let _40_ms = (((_38_hours).multipliedBy(new BigNumber(60))).plus(_39_minutes)).multipliedBy(new BigNumber(60000));
            return _0_Values_Compile.Option.create_Some((((s)[new BigNumber(0)]) === ('+')) ? ((new BigNumber(0)).minus(_40_ms)) : (_40_ms));
          }
        }
      }
    };
    static get UNITS() {
      return _dafny.Seq.of(_dafny.Tuple.of("d", _21_Datetimes_Compile.__default.MS__PER__DAY), _dafny.Tuple.of("h", new BigNumber(3600000)), _dafny.Tuple.of("m", new BigNumber(60000)), _dafny.Tuple.of("s", new BigNumber(1000)), _dafny.Tuple.of("ms", new BigNumber(1)));
    };
    static parseDuration(s) {
      let _41_negative = _11_Text_Compile.__default.startsWith(s, '-');
      let _42_quantities = (_41_negative) ? ((s).slice(new BigNumber(1))) : (s);
      if (_dafny.areEqual(_42_quantities, [].join(""))) {
        return _0_Values_Compile.Option.create_None();
      } else  {
        let _source17 = _21_Datetimes_Compile.__default.parseQuantities(_42_quantities, _21_Datetimes_Compile.__default.UNITS);
        if (_source17.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _43_ms = (_source17).value;
          return _11_Text_Compile.__default.int64((_41_negative) ? ((new BigNumber(0)).minus(_43_ms)) : (_43_ms));
        }
      }
    };
    static parseQuantities(s, units) {
      if (_dafny.areEqual(s, [].join(""))) {
        return _0_Values_Compile.Option.create_Some(new BigNumber(0));
      } else  {
        if (_dafny.areEqual(units, _dafny.Seq.of())) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _44_number = _11_Text_Compile.__default.run(s, true);
          let _45_name = _11_Text_Compile.__default.run((s).slice(_44_number), false);
          if (!_dafny.areEqual((s).slice(_44_number, (_44_number).plus(_45_name)), ((units)[new BigNumber(0)])[0])) {
            return _21_Datetimes_Compile.__default.parseQuantities(s, (units).slice(new BigNumber(1)));
          } else  {
            let _source18 = _11_Text_Compile.__default.parseNat((s).slice(0, _44_number));
            if (_source18.is_None) {
              return _0_Values_Compile.Option.create_None();
            } else  {
              let _46_n = (_source18).value;
              let _source19 = _21_Datetimes_Compile.__default.parseQuantities((s).slice((_44_number).plus(_45_name)), (units).slice(new BigNumber(1)));
              if (_source19.is_None) {
                return _0_Values_Compile.Option.create_None();
              } else  {
                let _47_rest = (_source19).value;
                return _0_Values_Compile.Option.create_Some(((_46_n).multipliedBy(((units)[new BigNumber(0)])[1])).plus(_47_rest));
              }
            }
          }
        }
      }
    };
    static offset(instant, duration) {
      return _11_Text_Compile.__default.int64((instant).plus(duration));
    };
    static durationSince(instant, other) {
      return _11_Text_Compile.__default.int64((instant).minus(other));
    };
    static toDate(instant) {
      return _11_Text_Compile.__default.int64((_dafny.EuclideanDivision(instant, _21_Datetimes_Compile.__default.MS__PER__DAY)).multipliedBy(_21_Datetimes_Compile.__default.MS__PER__DAY));
    };
    static toTime(instant) {
      return (instant).mod(_21_Datetimes_Compile.__default.MS__PER__DAY);
    };
    static inUnits(ms, unit) {
      if ((new BigNumber(0)).isLessThanOrEqualTo(ms)) {
        return _dafny.EuclideanDivision(ms, unit);
      } else  {
        return (new BigNumber(0)).minus(_dafny.EuclideanDivision((new BigNumber(0)).minus(ms), unit));
      }
    };
  };
  return $module;
})(); // end of module _21_Datetimes_Compile
let _23_ExtFuns_Compile = (function() {
  let $module = {};
  $module.ExtFun = class ExtFun {
    constructor(tag) { this.$tag = tag; }
    static create_DecimalFun() {
      let $dt = new ExtFun(0);
      return $dt;
    }
    static create_LessThan() {
      let $dt = new ExtFun(1);
      return $dt;
    }
    static create_LessThanOrEqual() {
      let $dt = new ExtFun(2);
      return $dt;
    }
    static create_GreaterThan() {
      let $dt = new ExtFun(3);
      return $dt;
    }
    static create_GreaterThanOrEqual() {
      let $dt = new ExtFun(4);
      return $dt;
    }
    static create_IPFun() {
      let $dt = new ExtFun(5);
      return $dt;
    }
    static create_IsIpv4() {
      let $dt = new ExtFun(6);
      return $dt;
    }
    static create_IsIpv6() {
      let $dt = new ExtFun(7);
      return $dt;
    }
    static create_IsLoopback() {
      let $dt = new ExtFun(8);
      return $dt;
    }
    static create_IsMulticast() {
      let $dt = new ExtFun(9);
      return $dt;
    }
    static create_IsInRange() {
      let $dt = new ExtFun(10);
      return $dt;
    }
    static create_DatetimeFun() {
      let $dt = new ExtFun(11);
      return $dt;
    }
    static create_DurationFun() {
      let $dt = new ExtFun(12);
      return $dt;
    }
    static create_Offset() {
      let $dt = new ExtFun(13);
      return $dt;
    }
    static create_DurationSince() {
      let $dt = new ExtFun(14);
      return $dt;
    }
    static create_ToDate() {
      let $dt = new ExtFun(15);
      return $dt;
    }
    static create_ToTime() {
      let $dt = new ExtFun(16);
      return $dt;
    }
    static create_ToMilliseconds() {
      let $dt = new ExtFun(17);
      return $dt;
    }
    static create_ToSeconds() {
      let $dt = new ExtFun(18);
      return $dt;
    }
    static create_ToMinutes() {
      let $dt = new ExtFun(19);
      return $dt;
    }
    static create_ToHours() {
      let $dt = new ExtFun(20);
      return $dt;
    }
    static create_ToDays() {
      let $dt = new ExtFun(21);
      return $dt;
    }
    static create_NoSuchFun() {
      let $dt = new ExtFun(22);
      return $dt;
    }
    get is_DecimalFun() { return this.$tag === 0; }
    get is_LessThan() { return this.$tag === 1; }
    get is_LessThanOrEqual() { return this.$tag === 2; }
    get is_GreaterThan() { return this.$tag === 3; }
    get is_GreaterThanOrEqual() { return this.$tag === 4; }
    get is_IPFun() { return this.$tag === 5; }
    get is_IsIpv4() { return this.$tag === 6; }
    get is_IsIpv6() { return this.$tag === 7; }
    get is_IsLoopback() { return this.$tag === 8; }
    get is_IsMulticast() { return this.$tag === 9; }
    get is_IsInRange() { return this.$tag === 10; }
    get is_DatetimeFun() { return this.$tag === 11; }
    get is_DurationFun() { return this.$tag === 12; }
    get is_Offset() { return this.$tag === 13; }
    get is_DurationSince() { return this.$tag === 14; }
    get is_ToDate() { return this.$tag === 15; }
    get is_ToTime() { return this.$tag === 16; }
    get is_ToMilliseconds() { return this.$tag === 17; }
    get is_ToSeconds() { return this.$tag === 18; }
    get is_ToMinutes() { return this.$tag === 19; }
    get is_ToHours() { return this.$tag === 20; }
    get is_ToDays() { return this.$tag === 21; }
    get is_NoSuchFun() { return this.$tag === 22; }
    static get AllSingletonConstructors() {
      return this.AllSingletonConstructors_();
    }
    static *AllSingletonConstructors_() {
      yield ExtFun.create_DecimalFun();
      yield ExtFun.create_LessThan();
      yield ExtFun.create_LessThanOrEqual();
      yield ExtFun.create_GreaterThan();
      yield ExtFun.create_GreaterThanOrEqual();
      yield ExtFun.create_IPFun();
      yield ExtFun.create_IsIpv4();
      yield ExtFun.create_IsIpv6();
      yield ExtFun.create_IsLoopback();
      yield ExtFun.create_IsMulticast();
      yield ExtFun.create_IsInRange();
      yield ExtFun.create_DatetimeFun();
      yield ExtFun.create_DurationFun();
      yield ExtFun.create_Offset();
      yield ExtFun.create_DurationSince();
      yield ExtFun.create_ToDate();
      yield ExtFun.create_ToTime();
      yield ExtFun.create_ToMilliseconds();
      yield ExtFun.create_ToSeconds();
      yield ExtFun.create_ToMinutes();
      yield ExtFun.create_ToHours();
      yield ExtFun.create_ToDays();
      yield ExtFun.create_NoSuchFun();
    }
    toString() {
      if (this.$tag === 0) {
        return "_23_ExtFuns_Compile.ExtFun.DecimalFun";
      } else if (this.$tag === 1) {
        return "_23_ExtFuns_Compile.ExtFun.LessThan";
      } else if (this.$tag === 2) {
        return "_23_ExtFuns_Compile.ExtFun.LessThanOrEqual";
      } else if (this.$tag === 3) {
        return "_23_ExtFuns_Compile.ExtFun.GreaterThan";
      } else if (this.$tag === 4) {
        return "_23_ExtFuns_Compile.ExtFun.GreaterThanOrEqual";
      } else if (this.$tag === 5) {
        return "_23_ExtFuns_Compile.ExtFun.IPFun";
      } else if (this.$tag === 6) {
        return "_23_ExtFuns_Compile.ExtFun.IsIpv4";
      } else if (this.$tag === 7) {
        return "_23_ExtFuns_Compile.ExtFun.IsIpv6";
      } else if (this.$tag === 8) {
        return "_23_ExtFuns_Compile.ExtFun.IsLoopback";
      } else if (this.$tag === 9) {
        return "_23_ExtFuns_Compile.ExtFun.IsMulticast";
      } else if (this.$tag === 10) {
        return "_23_ExtFuns_Compile.ExtFun.IsInRange";
      } else if (this.$tag === 11) {
        return "_23_ExtFuns_Compile.ExtFun.DatetimeFun";
      } else if (this.$tag === 12) {
        return "_23_ExtFuns_Compile.ExtFun.DurationFun";
      } else if (this.$tag === 13) {
        return "_23_ExtFuns_Compile.ExtFun.Offset";
      } else if (this.$tag === 14) {
        return "_23_ExtFuns_Compile.ExtFun.DurationSince";
      } else if (this.$tag === 15) {
        return "_23_ExtFuns_Compile.ExtFun.ToDate";
      } else if (this.$tag === 16) {
        return "_23_ExtFuns_Compile.ExtFun.ToTime";
      } else if (this.$tag === 17) {
        return "_23_ExtFuns_Compile.ExtFun.ToMilliseconds";
      } else if (this.$tag === 18) {
        return "_23_ExtFuns_Compile.ExtFun.ToSeconds";
      } else if (this.$tag === 19) {
        return "_23_ExtFuns_Compile.ExtFun.ToMinutes";
      } else if (this.$tag === 20) {
        return "_23_ExtFuns_Compile.ExtFun.ToHours";
      } else if (this.$tag === 21) {
        return "_23_ExtFuns_Compile.ExtFun.ToDays";
      } else if (this.$tag === 22) {
        return "_23_ExtFuns_Compile.ExtFun.NoSuchFun";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else if (this.$tag === 2) {
        return other.$tag === 2;
      } else if (this.$tag === 3) {
        return other.$tag === 3;
      } else if (this.$tag === 4) {
        return other.$tag === 4;
      } else if (this.$tag === 5) {
        return other.$tag === 5;
      } else if (this.$tag === 6) {
        return other.$tag === 6;
      } else if (this.$tag === 7) {
        return other.$tag === 7;
      } else if (this.$tag === 8) {
        return other.$tag === 8;
      } else if (this.$tag === 9) {
        return other.$tag === 9;
      } else if (this.$tag === 10) {
        return other.$tag === 10;
      } else if (this.$tag === 11) {
        return other.$tag === 11;
      } else if (this.$tag === 12) {
        return other.$tag === 12;
      } else if (this.$tag === 13) {
        return other.$tag === 13;
      } else if (this.$tag === 14) {
        return other.$tag === 14;
      } else if (this.$tag === 15) {
        return other.$tag === 15;
      } else if (this.$tag === 16) {
        return other.$tag === 16;
      } else if (this.$tag === 17) {
        return other.$tag === 17;
      } else if (this.$tag === 18) {
        return other.$tag === 18;
      } else if (this.$tag === 19) {
        return other.$tag === 19;
      } else if (this.$tag === 20) {
        return other.$tag === 20;
      } else if (this.$tag === 21) {
        return other.$tag === 21;
      } else if (this.$tag === 22) {
        return other.$tag === 22;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _23_ExtFuns_Compile.ExtFun.create_DecimalFun();
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_23_ExtFuns_Compile._default";
    }
    static ext(parsed, make) {
      if ((parsed).is_Some) {
        return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Ext((make)((parsed).dtor_value)));
      } else  {
        return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_ExtensionError());
      }
    };
    static areDecimals(vs) {
      return ((new BigNumber((vs).length)).isEqualTo(new BigNumber(2))) && (_dafny.Quantifier((vs).UniqueElements, true, function (_48_v) {
        return !(_dafny.Seq.contains(vs, _48_v)) || (((_48_v).is_Ext) && (((_48_v).dtor_x).is_Decimal));
      }));
    };
    static isIP(vs) {
      return (((new BigNumber((vs).length)).isEqualTo(new BigNumber(1))) && (((vs)[new BigNumber(0)]).is_Ext)) && ((((vs)[new BigNumber(0)]).dtor_x).is_IPAddr);
    };
    static isDatetime(vs) {
      return (((new BigNumber((vs).length)).isEqualTo(new BigNumber(1))) && (((vs)[new BigNumber(0)]).is_Ext)) && ((((vs)[new BigNumber(0)]).dtor_x).is_Datetime);
    };
    static isDuration(vs) {
      return (((new BigNumber((vs).length)).isEqualTo(new BigNumber(1))) && (((vs)[new BigNumber(0)]).is_Ext)) && ((((vs)[new BigNumber(0)]).dtor_x).is_Duration);
    };
    static isString(vs) {
      return ((new BigNumber((vs).length)).isEqualTo(new BigNumber(1))) && (((vs)[new BigNumber(0)]).is_String);
    };
    static call(f, vs) {
      let _source20 = f;
      if (_source20.is_DecimalFun) {
        if (_23_ExtFuns_Compile.__default.isString(vs)) {
          return _23_ExtFuns_Compile.__default.ext(_13_Decimals_Compile.__default.parseDecimal(((vs)[new BigNumber(0)]).dtor_s), (() => function (_49_n) {
            return _0_Values_Compile.Ext.create_Decimal(_49_n);
          })());
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_LessThan) {
        if (_23_ExtFuns_Compile.__default.areDecimals(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((((vs)[new BigNumber(0)]).dtor_x).dtor_scaled).isLessThan((((vs)[new BigNumber(1)]).dtor_x).dtor_scaled)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_LessThanOrEqual) {
        if (_23_ExtFuns_Compile.__default.areDecimals(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((((vs)[new BigNumber(0)]).dtor_x).dtor_scaled).isLessThanOrEqualTo((((vs)[new BigNumber(1)]).dtor_x).dtor_scaled)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_GreaterThan) {
        if (_23_ExtFuns_Compile.__default.areDecimals(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((((vs)[new BigNumber(1)]).dtor_x).dtor_scaled).isLessThan((((vs)[new BigNumber(0)]).dtor_x).dtor_scaled)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_GreaterThanOrEqual) {
        if (_23_ExtFuns_Compile.__default.areDecimals(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((((vs)[new BigNumber(1)]).dtor_x).dtor_scaled).isLessThanOrEqualTo((((vs)[new BigNumber(0)]).dtor_x).dtor_scaled)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_IPFun) {
        if (_23_ExtFuns_Compile.__default.isString(vs)) {
          return _23_ExtFuns_Compile.__default.ext(_17_IPAddrs_Compile.__default.parseIP(((vs)[new BigNumber(0)]).dtor_s), (() => function (_50_a) {
            return _0_Values_Compile.Ext.create_IPAddr(_50_a);
          })());
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_IsIpv4) {
        if (_23_ExtFuns_Compile.__default.isIP(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((((vs)[new BigNumber(0)]).dtor_x).dtor_net).is_V4));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_IsIpv6) {
        if (_23_ExtFuns_Compile.__default.isIP(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((((vs)[new BigNumber(0)]).dtor_x).dtor_net).is_V6));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_IsLoopback) {
        if (_23_ExtFuns_Compile.__default.isIP(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(_17_IPAddrs_Compile.__default.isLoopback((((vs)[new BigNumber(0)]).dtor_x).dtor_net)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_IsMulticast) {
        if (_23_ExtFuns_Compile.__default.isIP(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(_17_IPAddrs_Compile.__default.isMulticast((((vs)[new BigNumber(0)]).dtor_x).dtor_net)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_IsInRange) {
        if ((((new BigNumber((vs).length)).isEqualTo(new BigNumber(2))) && (_23_ExtFuns_Compile.__default.isIP((vs).slice(0, new BigNumber(1))))) && (_23_ExtFuns_Compile.__default.isIP((vs).slice(new BigNumber(1))))) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(_17_IPAddrs_Compile.__default.inRange((((vs)[new BigNumber(0)]).dtor_x).dtor_net, (((vs)[new BigNumber(1)]).dtor_x).dtor_net)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_DatetimeFun) {
        if (_23_ExtFuns_Compile.__default.isString(vs)) {
          return _23_ExtFuns_Compile.__default.ext(_21_Datetimes_Compile.__default.parseDatetime(((vs)[new BigNumber(0)]).dtor_s), (() => function (_51_n) {
            return _0_Values_Compile.Ext.create_Datetime(_51_n);
          })());
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_DurationFun) {
        if (_23_ExtFuns_Compile.__default.isString(vs)) {
          return _23_ExtFuns_Compile.__default.ext(_21_Datetimes_Compile.__default.parseDuration(((vs)[new BigNumber(0)]).dtor_s), (() => function (_52_n) {
            return _0_Values_Compile.Ext.create_Duration(_52_n);
          })());
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_Offset) {
        if ((((new BigNumber((vs).length)).isEqualTo(new BigNumber(2))) && (_23_ExtFuns_Compile.__default.isDatetime((vs).slice(0, new BigNumber(1))))) && (_23_ExtFuns_Compile.__default.isDuration((vs).slice(new BigNumber(1))))) {
          return _23_ExtFuns_Compile.__default.ext(_21_Datetimes_Compile.__default.offset((((vs)[new BigNumber(0)]).dtor_x).dtor_instant, (((vs)[new BigNumber(1)]).dtor_x).dtor_length), (() => function (_53_n) {
            return _0_Values_Compile.Ext.create_Datetime(_53_n);
          })());
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_DurationSince) {
        if ((((new BigNumber((vs).length)).isEqualTo(new BigNumber(2))) && (_23_ExtFuns_Compile.__default.isDatetime((vs).slice(0, new BigNumber(1))))) && (_23_ExtFuns_Compile.__default.isDatetime((vs).slice(new BigNumber(1))))) {
          return _23_ExtFuns_Compile.__default.ext(_21_Datetimes_Compile.__default.durationSince((((vs)[new BigNumber(0)]).dtor_x).dtor_instant, (((vs)[new BigNumber(1)]).dtor_x).dtor_instant), (() => function (_54_n) {
            return _0_Values_Compile.Ext.create_Duration(_54_n);
          })());
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_ToDate) {
        if (_23_ExtFuns_Compile.__default.isDatetime(vs)) {
          return _23_ExtFuns_Compile.__default.ext(_21_Datetimes_Compile.__default.toDate((((vs)[new BigNumber(0)]).dtor_x).dtor_instant), (() => function (_55_n) {
            return _0_Values_Compile.Ext.create_Datetime(_55_n);
          })());
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_ToTime) {
        if (_23_ExtFuns_Compile.__default.isDatetime(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Ext(_0_Values_Compile.Ext.create_Duration(_21_Datetimes_Compile.__default.toTime((((vs)[new BigNumber(0)]).dtor_x).dtor_instant))));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_ToMilliseconds) {
        if (_23_ExtFuns_Compile.__default.isDuration(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Int((((vs)[new BigNumber(0)]).dtor_x).dtor_length));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_ToSeconds) {
        if (_23_ExtFuns_Compile.__default.isDuration(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Int(_21_Datetimes_Compile.__default.inUnits((((vs)[new BigNumber(0)]).dtor_x).dtor_length, new BigNumber(1000))));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_ToMinutes) {
        if (_23_ExtFuns_Compile.__default.isDuration(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Int(_21_Datetimes_Compile.__default.inUnits((((vs)[new BigNumber(0)]).dtor_x).dtor_length, new BigNumber(60000))));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_ToHours) {
        if (_23_ExtFuns_Compile.__default.isDuration(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Int(_21_Datetimes_Compile.__default.inUnits((((vs)[new BigNumber(0)]).dtor_x).dtor_length, new BigNumber(3600000))));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source20.is_ToDays) {
        if (_23_ExtFuns_Compile.__default.isDuration(vs)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Int(_21_Datetimes_Compile.__default.inUnits((((vs)[new BigNumber(0)]).dtor_x).dtor_length, _21_Datetimes_Compile.__default.MS__PER__DAY)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else  {
        return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_ExtensionError());
      }
    };
  };
  return $module;
})(); // end of module _23_ExtFuns_Compile
let _28_Exprs_Compile = (function() {
  let $module = {};
  $module.Var = class Var {
    constructor(tag) { this.$tag = tag; }
    static create_Principal() {
      let $dt = new Var(0);
      return $dt;
    }
    static create_Action() {
      let $dt = new Var(1);
      return $dt;
    }
    static create_Resource() {
      let $dt = new Var(2);
      return $dt;
    }
    static create_Context() {
      let $dt = new Var(3);
      return $dt;
    }
    get is_Principal() { return this.$tag === 0; }
    get is_Action() { return this.$tag === 1; }
    get is_Resource() { return this.$tag === 2; }
    get is_Context() { return this.$tag === 3; }
    static get AllSingletonConstructors() {
      return this.AllSingletonConstructors_();
    }
    static *AllSingletonConstructors_() {
      yield Var.create_Principal();
      yield Var.create_Action();
      yield Var.create_Resource();
      yield Var.create_Context();
    }
    toString() {
      if (this.$tag === 0) {
        return "_28_Exprs_Compile.Var.Principal";
      } else if (this.$tag === 1) {
        return "_28_Exprs_Compile.Var.Action";
      } else if (this.$tag === 2) {
        return "_28_Exprs_Compile.Var.Resource";
      } else if (this.$tag === 3) {
        return "_28_Exprs_Compile.Var.Context";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else if (this.$tag === 2) {
        return other.$tag === 2;
      } else if (this.$tag === 3) {
        return other.$tag === 3;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _28_Exprs_Compile.Var.create_Principal();
        }
      };
    }
  }
  $module.UnaryOp = class UnaryOp {
    constructor(tag) { this.$tag = tag; }
    static create_Not() {
      let $dt = new UnaryOp(0);
      return $dt;
    }
    static create_Neg() {
      let $dt = new UnaryOp(1);
      return $dt;
    }
    static create_IsEmpty() {
      let $dt = new UnaryOp(2);
      return $dt;
    }
    static create_Like(p) {
      let $dt = new UnaryOp(3);
      $dt.p = p;
      return $dt;
    }
    static create_Is(ety) {
      let $dt = new UnaryOp(4);
      $dt.ety = ety;
      return $dt;
    }
    get is_Not() { return this.$tag === 0; }
    get is_Neg() { return this.$tag === 1; }
    get is_IsEmpty() { return this.$tag === 2; }
    get is_Like() { return this.$tag === 3; }
    get is_Is() { return this.$tag === 4; }
    get dtor_p() { return this.p; }
    get dtor_ety() { return this.ety; }
    toString() {
      if (this.$tag === 0) {
        return "_28_Exprs_Compile.UnaryOp.Not";
      } else if (this.$tag === 1) {
        return "_28_Exprs_Compile.UnaryOp.Neg";
      } else if (this.$tag === 2) {
        return "_28_Exprs_Compile.UnaryOp.IsEmpty";
      } else if (this.$tag === 3) {
        return "_28_Exprs_Compile.UnaryOp.Like" + "(" + _dafny.toString(this.p) + ")";
      } else if (this.$tag === 4) {
        return "_28_Exprs_Compile.UnaryOp.Is" + "(" + _dafny.toString(this.ety) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else if (this.$tag === 2) {
        return other.$tag === 2;
      } else if (this.$tag === 3) {
        return other.$tag === 3 && _dafny.areEqual(this.p, other.p);
      } else if (this.$tag === 4) {
        return other.$tag === 4 && _dafny.areEqual(this.ety, other.ety);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _28_Exprs_Compile.UnaryOp.create_Not();
        }
      };
    }
  }
  $module.BinaryOp = class BinaryOp {
    constructor(tag) { this.$tag = tag; }
    static create_Eq() {
      let $dt = new BinaryOp(0);
      return $dt;
    }
    static create_Mem() {
      let $dt = new BinaryOp(1);
      return $dt;
    }
    static create_HasTag() {
      let $dt = new BinaryOp(2);
      return $dt;
    }
    static create_GetTag() {
      let $dt = new BinaryOp(3);
      return $dt;
    }
    static create_Less() {
      let $dt = new BinaryOp(4);
      return $dt;
    }
    static create_LessEq() {
      let $dt = new BinaryOp(5);
      return $dt;
    }
    static create_Add() {
      let $dt = new BinaryOp(6);
      return $dt;
    }
    static create_Sub() {
      let $dt = new BinaryOp(7);
      return $dt;
    }
    static create_Mul() {
      let $dt = new BinaryOp(8);
      return $dt;
    }
    static create_Contains() {
      let $dt = new BinaryOp(9);
      return $dt;
    }
    static create_ContainsAll() {
      let $dt = new BinaryOp(10);
      return $dt;
    }
    static create_ContainsAny() {
      let $dt = new BinaryOp(11);
      return $dt;
    }
    get is_Eq() { return this.$tag === 0; }
    get is_Mem() { return this.$tag === 1; }
    get is_HasTag() { return this.$tag === 2; }
    get is_GetTag() { return this.$tag === 3; }
    get is_Less() { return this.$tag === 4; }
    get is_LessEq() { return this.$tag === 5; }
    get is_Add() { return this.$tag === 6; }
    get is_Sub() { return this.$tag === 7; }
    get is_Mul() { return this.$tag === 8; }
    get is_Contains() { return this.$tag === 9; }
    get is_ContainsAll() { return this.$tag === 10; }
    get is_ContainsAny() { return this.$tag === 11; }
    static get AllSingletonConstructors() {
      return this.AllSingletonConstructors_();
    }
    static *AllSingletonConstructors_() {
      yield BinaryOp.create_Eq();
      yield BinaryOp.create_Mem();
      yield BinaryOp.create_HasTag();
      yield BinaryOp.create_GetTag();
      yield BinaryOp.create_Less();
      yield BinaryOp.create_LessEq();
      yield BinaryOp.create_Add();
      yield BinaryOp.create_Sub();
      yield BinaryOp.create_Mul();
      yield BinaryOp.create_Contains();
      yield BinaryOp.create_ContainsAll();
      yield BinaryOp.create_ContainsAny();
    }
    toString() {
      if (this.$tag === 0) {
        return "_28_Exprs_Compile.BinaryOp.Eq";
      } else if (this.$tag === 1) {
        return "_28_Exprs_Compile.BinaryOp.Mem";
      } else if (this.$tag === 2) {
        return "_28_Exprs_Compile.BinaryOp.HasTag";
      } else if (this.$tag === 3) {
        return "_28_Exprs_Compile.BinaryOp.GetTag";
      } else if (this.$tag === 4) {
        return "_28_Exprs_Compile.BinaryOp.Less";
      } else if (this.$tag === 5) {
        return "_28_Exprs_Compile.BinaryOp.LessEq";
      } else if (this.$tag === 6) {
        return "_28_Exprs_Compile.BinaryOp.Add";
      } else if (this.$tag === 7) {
        return "_28_Exprs_Compile.BinaryOp.Sub";
      } else if (this.$tag === 8) {
        return "_28_Exprs_Compile.BinaryOp.Mul";
      } else if (this.$tag === 9) {
        return "_28_Exprs_Compile.BinaryOp.Contains";
      } else if (this.$tag === 10) {
        return "_28_Exprs_Compile.BinaryOp.ContainsAll";
      } else if (this.$tag === 11) {
        return "_28_Exprs_Compile.BinaryOp.ContainsAny";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else if (this.$tag === 2) {
        return other.$tag === 2;
      } else if (this.$tag === 3) {
        return other.$tag === 3;
      } else if (this.$tag === 4) {
        return other.$tag === 4;
      } else if (this.$tag === 5) {
        return other.$tag === 5;
      } else if (this.$tag === 6) {
        return other.$tag === 6;
      } else if (this.$tag === 7) {
        return other.$tag === 7;
      } else if (this.$tag === 8) {
        return other.$tag === 8;
      } else if (this.$tag === 9) {
        return other.$tag === 9;
      } else if (this.$tag === 10) {
        return other.$tag === 10;
      } else if (this.$tag === 11) {
        return other.$tag === 11;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _28_Exprs_Compile.BinaryOp.create_Eq();
        }
      };
    }
  }
  $module.Expr = class Expr {
    constructor(tag) { this.$tag = tag; }
    static create_Lit(p) {
      let $dt = new Expr(0);
      $dt.p = p;
      return $dt;
    }
    static create_Var(v) {
      let $dt = new Expr(1);
      $dt.v = v;
      return $dt;
    }
    static create_Ite(test,thenExpr,elseExpr) {
      let $dt = new Expr(2);
      $dt.test = test;
      $dt.thenExpr = thenExpr;
      $dt.elseExpr = elseExpr;
      return $dt;
    }
    static create_And(a,b) {
      let $dt = new Expr(3);
      $dt.a = a;
      $dt.b = b;
      return $dt;
    }
    static create_Or(a,b) {
      let $dt = new Expr(4);
      $dt.a = a;
      $dt.b = b;
      return $dt;
    }
    static create_UnaryApp(op1,arg) {
      let $dt = new Expr(5);
      $dt.op1 = op1;
      $dt.arg = arg;
      return $dt;
    }
    static create_BinaryApp(op2,a,b) {
      let $dt = new Expr(6);
      $dt.op2 = op2;
      $dt.a = a;
      $dt.b = b;
      return $dt;
    }
    static create_GetAttr(expr,attr) {
      let $dt = new Expr(7);
      $dt.expr = expr;
      $dt.attr = attr;
      return $dt;
    }
    static create_HasAttr(expr,attr) {
      let $dt = new Expr(8);
      $dt.expr = expr;
      $dt.attr = attr;
      return $dt;
    }
    static create_SetExpr(elems) {
      let $dt = new Expr(9);
      $dt.elems = elems;
      return $dt;
    }
    static create_RecordExpr(fields) {
      let $dt = new Expr(10);
      $dt.fields = fields;
      return $dt;
    }
    static create_Call(xfn,args) {
      let $dt = new Expr(11);
      $dt.xfn = xfn;
      $dt.args = args;
      return $dt;
    }
    get is_Lit() { return this.$tag === 0; }
    get is_Var() { return this.$tag === 1; }
    get is_Ite() { return this.$tag === 2; }
    get is_And() { return this.$tag === 3; }
    get is_Or() { return this.$tag === 4; }
    get is_UnaryApp() { return this.$tag === 5; }
    get is_BinaryApp() { return this.$tag === 6; }
    get is_GetAttr() { return this.$tag === 7; }
    get is_HasAttr() { return this.$tag === 8; }
    get is_SetExpr() { return this.$tag === 9; }
    get is_RecordExpr() { return this.$tag === 10; }
    get is_Call() { return this.$tag === 11; }
    get dtor_p() { return this.p; }
    get dtor_v() { return this.v; }
    get dtor_test() { return this.test; }
    get dtor_thenExpr() { return this.thenExpr; }
    get dtor_elseExpr() { return this.elseExpr; }
    get dtor_a() { return this.a; }
    get dtor_b() { return this.b; }
    get dtor_op1() { return this.op1; }
    get dtor_arg() { return this.arg; }
    get dtor_op2() { return this.op2; }
    get dtor_expr() { return this.expr; }
    get dtor_attr() { return this.attr; }
    get dtor_elems() { return this.elems; }
    get dtor_fields() { return this.fields; }
    get dtor_xfn() { return this.xfn; }
    get dtor_args() { return this.args; }
    toString() {
      if (this.$tag === 0) {
        return "_28_Exprs_Compile.Expr.Lit" + "(" + _dafny.toString(this.p) + ")";
      } else if (this.$tag === 1) {
        return "_28_Exprs_Compile.Expr.Var" + "(" + _dafny.toString(this.v) + ")";
      } else if (this.$tag === 2) {
        return "_28_Exprs_Compile.Expr.Ite" + "(" + _dafny.toString(this.test) + ", " + _dafny.toString(this.thenExpr) + ", " + _dafny.toString(this.elseExpr) + ")";
      } else if (this.$tag === 3) {
        return "_28_Exprs_Compile.Expr.And" + "(" + _dafny.toString(this.a) + ", " + _dafny.toString(this.b) + ")";
      } else if (this.$tag === 4) {
        return "_28_Exprs_Compile.Expr.Or" + "(" + _dafny.toString(this.a) + ", " + _dafny.toString(this.b) + ")";
      } else if (this.$tag === 5) {
        return "_28_Exprs_Compile.Expr.UnaryApp" + "(" + _dafny.toString(this.op1) + ", " + _dafny.toString(this.arg) + ")";
      } else if (this.$tag === 6) {
        return "_28_Exprs_Compile.Expr.BinaryApp" + "(" + _dafny.toString(this.op2) + ", " + _dafny.toString(this.a) + ", " + _dafny.toString(this.b) + ")";
      } else if (this.$tag === 7) {
        return "_28_Exprs_Compile.Expr.GetAttr" + "(" + _dafny.toString(this.expr) + ", " + _dafny.toString(this.attr) + ")";
      } else if (this.$tag === 8) {
        return "_28_Exprs_Compile.Expr.HasAttr" + "(" + _dafny.toString(this.expr) + ", " + _dafny.toString(this.attr) + ")";
      } else if (this.$tag === 9) {
        return "_28_Exprs_Compile.Expr.SetExpr" + "(" + _dafny.toString(this.elems) + ")";
      } else if (this.$tag === 10) {
        return "_28_Exprs_Compile.Expr.RecordExpr" + "(" + _dafny.toString(this.fields) + ")";
      } else if (this.$tag === 11) {
        return "_28_Exprs_Compile.Expr.Call" + "(" + _dafny.toString(this.xfn) + ", " + _dafny.toString(this.args) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.p, other.p);
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.v, other.v);
      } else if (this.$tag === 2) {
        return other.$tag === 2 && _dafny.areEqual(this.test, other.test) && _dafny.areEqual(this.thenExpr, other.thenExpr) && _dafny.areEqual(this.elseExpr, other.elseExpr);
      } else if (this.$tag === 3) {
        return other.$tag === 3 && _dafny.areEqual(this.a, other.a) && _dafny.areEqual(this.b, other.b);
      } else if (this.$tag === 4) {
        return other.$tag === 4 && _dafny.areEqual(this.a, other.a) && _dafny.areEqual(this.b, other.b);
      } else if (this.$tag === 5) {
        return other.$tag === 5 && _dafny.areEqual(this.op1, other.op1) && _dafny.areEqual(this.arg, other.arg);
      } else if (this.$tag === 6) {
        return other.$tag === 6 && _dafny.areEqual(this.op2, other.op2) && _dafny.areEqual(this.a, other.a) && _dafny.areEqual(this.b, other.b);
      } else if (this.$tag === 7) {
        return other.$tag === 7 && _dafny.areEqual(this.expr, other.expr) && _dafny.areEqual(this.attr, other.attr);
      } else if (this.$tag === 8) {
        return other.$tag === 8 && _dafny.areEqual(this.expr, other.expr) && _dafny.areEqual(this.attr, other.attr);
      } else if (this.$tag === 9) {
        return other.$tag === 9 && _dafny.areEqual(this.elems, other.elems);
      } else if (this.$tag === 10) {
        return other.$tag === 10 && _dafny.areEqual(this.fields, other.fields);
      } else if (this.$tag === 11) {
        return other.$tag === 11 && _dafny.areEqual(this.xfn, other.xfn) && _dafny.areEqual(this.args, other.args);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _28_Exprs_Compile.Expr.create_Lit(_0_Values_Compile.Prim.Witness);
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_28_Exprs_Compile._default";
    }
    static recordOf(fields) {
      return _28_Exprs_Compile.Expr.create_RecordExpr(_28_Exprs_Compile.__default.sorted(fields));
    };
    static sorted(fields) {
      if (_dafny.areEqual(fields, _dafny.Seq.of())) {
        return _dafny.Seq.of();
      } else  {
        return _28_Exprs_Compile.__default.insert((fields)[new BigNumber(0)], _28_Exprs_Compile.__default.sorted((fields).slice(new BigNumber(1))));
      }
    };
    static insert(field, fields) {
      if ((_dafny.areEqual(fields, _dafny.Seq.of())) || (!(_28_Exprs_Compile.__default.before(((fields)[new BigNumber(0)])[0], (field)[0])))) {
        return _dafny.Seq.Concat(_dafny.Seq.of(field), fields);
      } else  {
        return _dafny.Seq.Concat(_dafny.Seq.of((fields)[new BigNumber(0)]), _28_Exprs_Compile.__default.insert(field, (fields).slice(new BigNumber(1))));
      }
    };
    static before(a, b) {
      return (!_dafny.areEqual(b, [].join(""))) && (((_dafny.areEqual(a, [].join(""))) || ((_28_Exprs_Compile.__default.rank((a)[new BigNumber(0)])).isLessThan(_28_Exprs_Compile.__default.rank((b)[new BigNumber(0)])))) || ((((a)[new BigNumber(0)]) === ((b)[new BigNumber(0)])) && (_28_Exprs_Compile.__default.before((a).slice(new BigNumber(1)), (b).slice(new BigNumber(1))))));
    };
    static rank(c) {
      if (((new BigNumber(55296)).isLessThanOrEqualTo(new BigNumber((c).charCodeAt(0)))) && ((new BigNumber((c).charCodeAt(0))).isLessThan(new BigNumber(57344)))) {
        return (new BigNumber((c).charCodeAt(0))).plus(new BigNumber(65536));
      } else  {
        return new BigNumber((c).charCodeAt(0));
      }
    };
  };
  return $module;
})(); // end of module _28_Exprs_Compile
let _31_Evaluator_Compile = (function() {
  let $module = {};
  $module.__default = class __default {
    constructor () {
      this._tname = "_31_Evaluator_Compile._default";
    }
    static apply1(op, v) {
      let _source21 = op;
      if (_source21.is_Not) {
        if ((v).is_Bool) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(!((v).dtor_b)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source21.is_Neg) {
        if ((v).is_Int) {
          return _0_Values_Compile.__default.intOrErr((new BigNumber(0)).minus((v).dtor_i));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source21.is_IsEmpty) {
        if ((v).is_Set) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((v).dtor_elements).equals(_dafny.Set.fromElements())));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source21.is_Like) {
        let _56_p = (_source21).p;
        if ((v).is_String) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(_6_Wildcard_Compile.__default.wildcardMatch((v).dtor_s, _56_p)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else  {
        let _57_ety = (_source21).ety;
        if ((v).is_Entity) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(_dafny.areEqual(((v).dtor_uid).dtor_ty, _57_ety)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      }
    };
    static inE(uid1, uid2, es) {
      return (_dafny.areEqual(uid1, uid2)) || (((_3_EntityStore_Compile.__default.dataOrEmpty(uid1, es)).dtor_ancestors).contains(uid2));
    };
    static inS(uid, vs, es) {
      if (_dafny.Quantifier((vs).Elements, true, function (_58_v) {
        return !((vs).contains(_58_v)) || ((_58_v).is_Entity);
      })) {
        return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(_dafny.Quantifier((vs).Elements, false, function (_59_v) {
  return ((vs).contains(_59_v)) && (_31_Evaluator_Compile.__default.inE(uid, (_59_v).dtor_uid, es));
})));
      } else  {
        return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
      }
    };
    static hasTag(uid, tag, es) {
      return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((_3_EntityStore_Compile.__default.dataOrEmpty(uid, es)).dtor_tags).contains(tag)));
    };
    static getTag(uid, tag, es) {
      let _60_d = _3_EntityStore_Compile.__default.data(uid, es);
      if ((_60_d).is_Err) {
        return _0_Values_Compile.Result.create_Err((_60_d).dtor_error);
      } else  {
        if ((((_60_d).dtor_value).dtor_tags).contains(tag)) {
          return _0_Values_Compile.Result.create_Ok((((_60_d).dtor_value).dtor_tags).get(tag));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TagDoesNotExist());
        }
      }
    };
    static compare(v1, v2, orEqual) {
      if (((v1).is_Int) && ((v2).is_Int)) {
        return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool((((v1).dtor_i).isLessThan((v2).dtor_i)) || ((orEqual) && (((v1).dtor_i).isEqualTo((v2).dtor_i)))));
      } else  {
        if ((!((v1).is_Ext)) || (!((v2).is_Ext))) {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        } else  {
          if ((((v1).dtor_x).is_Datetime) && (((v2).dtor_x).is_Datetime)) {
            return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((((v1).dtor_x).dtor_instant).isLessThan(((v2).dtor_x).dtor_instant)) || ((orEqual) && (_dafny.areEqual(v1, v2)))));
          } else  {
            if ((((v1).dtor_x).is_Duration) && (((v2).dtor_x).is_Duration)) {
              return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((((v1).dtor_x).dtor_length).isLessThan(((v2).dtor_x).dtor_length)) || ((orEqual) && (_dafny.areEqual(v1, v2)))));
            } else  {
              return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
            }
          }
        }
      }
    };
    static apply2(op, v1, v2, es) {
      let _source22 = op;
      if (_source22.is_Eq) {
        return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(_dafny.areEqual(v1, v2)));
      } else if (_source22.is_Less) {
        return _31_Evaluator_Compile.__default.compare(v1, v2, false);
      } else if (_source22.is_LessEq) {
        return _31_Evaluator_Compile.__default.compare(v1, v2, true);
      } else if (_source22.is_Add) {
        if (((v1).is_Int) && ((v2).is_Int)) {
          return _0_Values_Compile.__default.intOrErr(((v1).dtor_i).plus((v2).dtor_i));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source22.is_Sub) {
        if (((v1).is_Int) && ((v2).is_Int)) {
          return _0_Values_Compile.__default.intOrErr(((v1).dtor_i).minus((v2).dtor_i));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source22.is_Mul) {
        if (((v1).is_Int) && ((v2).is_Int)) {
          return _0_Values_Compile.__default.intOrErr(((v1).dtor_i).multipliedBy((v2).dtor_i));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source22.is_Contains) {
        if ((v1).is_Set) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((v1).dtor_elements).contains(v2)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source22.is_ContainsAll) {
        if (((v1).is_Set) && ((v2).is_Set)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((v2).dtor_elements).IsSubsetOf((v1).dtor_elements)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source22.is_ContainsAny) {
        if (((v1).is_Set) && ((v2).is_Set)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(_dafny.Quantifier(((v1).dtor_elements).Elements, false, function (_61_v) {
  return (((v1).dtor_elements).contains(_61_v)) && (((v2).dtor_elements).contains(_61_v));
})));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else if (_source22.is_Mem) {
        if (((v1).is_Entity) && ((v2).is_Entity)) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(_31_Evaluator_Compile.__default.inE((v1).dtor_uid, (v2).dtor_uid, es)));
        } else  {
          if (((v1).is_Entity) && ((v2).is_Set)) {
            return _31_Evaluator_Compile.__default.inS((v1).dtor_uid, (v2).dtor_elements, es);
          } else  {
            return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
          }
        }
      } else if (_source22.is_HasTag) {
        if (((v1).is_Entity) && ((v2).is_String)) {
          return _31_Evaluator_Compile.__default.hasTag((v1).dtor_uid, (v2).dtor_s, es);
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      } else  {
        if (((v1).is_Entity) && ((v2).is_String)) {
          return _31_Evaluator_Compile.__default.getTag((v1).dtor_uid, (v2).dtor_s, es);
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      }
    };
    static hasAttr(v, a, es) {
      if ((v).is_Record) {
        return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((v).dtor_attrs).contains(a)));
      } else  {
        if ((v).is_Entity) {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(((_3_EntityStore_Compile.__default.dataOrEmpty((v).dtor_uid, es)).dtor_attrs).contains(a)));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        }
      }
    };
    static getAttr(v, a, es) {
      if ((v).is_Record) {
        if (((v).dtor_attrs).contains(a)) {
          return _0_Values_Compile.Result.create_Ok(((v).dtor_attrs).get(a));
        } else  {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_AttrDoesNotExist());
        }
      } else  {
        if (!((v).is_Entity)) {
          return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_TypeError());
        } else  {
          if (!(es).contains((v).dtor_uid)) {
            return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_EntityDoesNotExist());
          } else  {
            if ((((es).get((v).dtor_uid)).dtor_attrs).contains(a)) {
              return _0_Values_Compile.Result.create_Ok((((es).get((v).dtor_uid)).dtor_attrs).get(a));
            } else  {
              return _0_Values_Compile.Result.create_Err(_0_Values_Compile.Error.create_AttrDoesNotExist());
            }
          }
        }
      }
    };
    static evaluateVar(v, req) {
      let _source23 = v;
      if (_source23.is_Principal) {
        return _0_Values_Compile.Value.create_Entity((req).dtor_principal);
      } else if (_source23.is_Action) {
        return _0_Values_Compile.Value.create_Entity((req).dtor_action);
      } else if (_source23.is_Resource) {
        return _0_Values_Compile.Value.create_Entity((req).dtor_resource);
      } else  {
        return _0_Values_Compile.Value.create_Record((req).dtor_context);
      }
    };
    static evaluate(x, req, es) {
      let _source24 = x;
      if (_source24.is_Lit) {
        let _62_p = (_source24).p;
        return _0_Values_Compile.Result.create_Ok(_62_p);
      } else if (_source24.is_Var) {
        let _63_v = (_source24).v;
        return _0_Values_Compile.Result.create_Ok(_31_Evaluator_Compile.__default.evaluateVar(_63_v, req));
      } else if (_source24.is_Ite) {
        let _64_test = (_source24).test;
        let _65_thenExpr = (_source24).thenExpr;
        let _66_elseExpr = (_source24).elseExpr;
        let _67_b = _0_Values_Compile.__default.asBool(_31_Evaluator_Compile.__default.evaluate(_64_test, req, es));
        if ((_67_b).is_Err) {
          return _0_Values_Compile.Result.create_Err((_67_b).dtor_error);
        } else  {
          if ((_67_b).dtor_value) {
            return _31_Evaluator_Compile.__default.evaluate(_65_thenExpr, req, es);
          } else  {
            return _31_Evaluator_Compile.__default.evaluate(_66_elseExpr, req, es);
          }
        }
      } else if (_source24.is_And) {
        let _68_left = (_source24).a;
        let _69_right = (_source24).b;
        let _70_b = _0_Values_Compile.__default.asBool(_31_Evaluator_Compile.__default.evaluate(_68_left, req, es));
        if ((_70_b).is_Err) {
          return _0_Values_Compile.Result.create_Err((_70_b).dtor_error);
        } else  {
          if (!((_70_b).dtor_value)) {
            return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(false));
          } else  {
            return _31_Evaluator_Compile.__default.evaluateBool(_69_right, req, es);
          }
        }
      } else if (_source24.is_Or) {
        let _71_left = (_source24).a;
        let _72_right = (_source24).b;
        let _73_b = _0_Values_Compile.__default.asBool(_31_Evaluator_Compile.__default.evaluate(_71_left, req, es));
        if ((_73_b).is_Err) {
          return _0_Values_Compile.Result.create_Err((_73_b).dtor_error);
        } else  {
          if ((_73_b).dtor_value) {
            return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(true));
          } else  {
            return _31_Evaluator_Compile.__default.evaluateBool(_72_right, req, es);
          }
        }
      } else if (_source24.is_UnaryApp) {
        let _74_op = (_source24).op1;
        let _75_arg = (_source24).arg;
        let _76_v = _31_Evaluator_Compile.__default.evaluate(_75_arg, req, es);
        if ((_76_v).is_Err) {
          return _76_v;
        } else  {
          return _31_Evaluator_Compile.__default.apply1(_74_op, (_76_v).dtor_value);
        }
      } else if (_source24.is_BinaryApp) {
        let _77_op = (_source24).op2;
        let _78_left = (_source24).a;
        let _79_right = (_source24).b;
        let _80_v1 = _31_Evaluator_Compile.__default.evaluate(_78_left, req, es);
        if ((_80_v1).is_Err) {
          return _80_v1;
        } else  {
          let _81_v2 = _31_Evaluator_Compile.__default.evaluate(_79_right, req, es);
          if ((_81_v2).is_Err) {
            return _81_v2;
          } else  {
            return _31_Evaluator_Compile.__default.apply2(_77_op, (_80_v1).dtor_value, (_81_v2).dtor_value, es);
          }
        }
      } else if (_source24.is_HasAttr) {
        let _82_expr = (_source24).expr;
        let _83_attr = (_source24).attr;
        let _84_v = _31_Evaluator_Compile.__default.evaluate(_82_expr, req, es);
        if ((_84_v).is_Err) {
          return _84_v;
        } else  {
          return _31_Evaluator_Compile.__default.hasAttr((_84_v).dtor_value, _83_attr, es);
        }
      } else if (_source24.is_GetAttr) {
        let _85_expr = (_source24).expr;
        let _86_attr = (_source24).attr;
        let _87_v = _31_Evaluator_Compile.__default.evaluate(_85_expr, req, es);
        if ((_87_v).is_Err) {
          return _87_v;
        } else  {
          return _31_Evaluator_Compile.__default.getAttr((_87_v).dtor_value, _86_attr, es);
        }
      } else if (_source24.is_SetExpr) {
        let _88_elems = (_source24).elems;
        let _89_vs = _31_Evaluator_Compile.__default.evaluateSeq(_88_elems, req, es);
        if ((_89_vs).is_Err) {
          return _0_Values_Compile.Result.create_Err((_89_vs).dtor_error);
        } else  {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Set(function () {
  let _coll0 = new _dafny.Set();
  for (const _compr_0 of ((_89_vs).dtor_value).Elements) { let _90_v = _compr_0;
    if (_dafny.Seq.contains((_89_vs).dtor_value, _90_v)) {
      _coll0.add(_90_v);
    }
  }
  return _coll0;
}()));
        }
      } else if (_source24.is_RecordExpr) {
        let _91_fields = (_source24).fields;
        let _92_avs = _31_Evaluator_Compile.__default.evaluateFields(_91_fields, req, es);
        if ((_92_avs).is_Err) {
          return _0_Values_Compile.Result.create_Err((_92_avs).dtor_error);
        } else  {
          return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Record((_92_avs).dtor_value));
        }
      } else  {
        let _93_xfn = (_source24).xfn;
        let _94_args = (_source24).args;
        let _95_vs = _31_Evaluator_Compile.__default.evaluateSeq(_94_args, req, es);
        if ((_95_vs).is_Err) {
          return _0_Values_Compile.Result.create_Err((_95_vs).dtor_error);
        } else  {
          return _23_ExtFuns_Compile.__default.call(_93_xfn, (_95_vs).dtor_value);
        }
      }
    };
    static evaluateBool(x, req, es) {
      let _96_b = _0_Values_Compile.__default.asBool(_31_Evaluator_Compile.__default.evaluate(x, req, es));
      if ((_96_b).is_Err) {
        return _0_Values_Compile.Result.create_Err((_96_b).dtor_error);
      } else  {
        return _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool((_96_b).dtor_value));
      }
    };
    static evaluateSeq(xs, req, es) {
      if (_dafny.areEqual(xs, _dafny.Seq.of())) {
        return _0_Values_Compile.Result.create_Ok(_dafny.Seq.of());
      } else  {
        let _97_v = _31_Evaluator_Compile.__default.evaluate((xs)[new BigNumber(0)], req, es);
        if ((_97_v).is_Err) {
          return _0_Values_Compile.Result.create_Err((_97_v).dtor_error);
        } else  {
          let _98_vs = _31_Evaluator_Compile.__default.evaluateSeq((xs).slice(new BigNumber(1)), req, es);
          if ((_98_vs).is_Err) {
            return _98_vs;
          } else  {
            return _0_Values_Compile.Result.create_Ok(_dafny.Seq.Concat(_dafny.Seq.of((_97_v).dtor_value), (_98_vs).dtor_value));
          }
        }
      }
    };
    static evaluateFields(fields, req, es) {
      if (_dafny.areEqual(fields, _dafny.Seq.of())) {
        return _0_Values_Compile.Result.create_Ok(_dafny.Map.of());
      } else  {
        let _99_v = _31_Evaluator_Compile.__default.evaluate(((fields)[new BigNumber(0)])[1], req, es);
        if ((_99_v).is_Err) {
          return _0_Values_Compile.Result.create_Err((_99_v).dtor_error);
        } else  {
          let _100_avs = _31_Evaluator_Compile.__default.evaluateFields((fields).slice(new BigNumber(1)), req, es);
          if ((_100_avs).is_Err) {
            return _100_avs;
          } else  {
            return _0_Values_Compile.Result.create_Ok(((_100_avs).dtor_value).update(((fields)[new BigNumber(0)])[0], (_99_v).dtor_value));
          }
        }
      }
    };
  };
  return $module;
})(); // end of module _31_Evaluator_Compile
let _35_Policies_Compile = (function() {
  let $module = {};
  $module.Effect = class Effect {
    constructor(tag) { this.$tag = tag; }
    static create_Permit() {
      let $dt = new Effect(0);
      return $dt;
    }
    static create_Forbid() {
      let $dt = new Effect(1);
      return $dt;
    }
    get is_Permit() { return this.$tag === 0; }
    get is_Forbid() { return this.$tag === 1; }
    static get AllSingletonConstructors() {
      return this.AllSingletonConstructors_();
    }
    static *AllSingletonConstructors_() {
      yield Effect.create_Permit();
      yield Effect.create_Forbid();
    }
    toString() {
      if (this.$tag === 0) {
        return "_35_Policies_Compile.Effect.Permit";
      } else if (this.$tag === 1) {
        return "_35_Policies_Compile.Effect.Forbid";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _35_Policies_Compile.Effect.create_Permit();
        }
      };
    }
  }
  $module.Scope = class Scope {
    constructor(tag) { this.$tag = tag; }
    static create_ScopeAny() {
      let $dt = new Scope(0);
      return $dt;
    }
    static create_ScopeEq(entity) {
      let $dt = new Scope(1);
      $dt.entity = entity;
      return $dt;
    }
    static create_ScopeMem(entity) {
      let $dt = new Scope(2);
      $dt.entity = entity;
      return $dt;
    }
    static create_ScopeIs(ety) {
      let $dt = new Scope(3);
      $dt.ety = ety;
      return $dt;
    }
    static create_ScopeIsMem(ety,entity) {
      let $dt = new Scope(4);
      $dt.ety = ety;
      $dt.entity = entity;
      return $dt;
    }
    get is_ScopeAny() { return this.$tag === 0; }
    get is_ScopeEq() { return this.$tag === 1; }
    get is_ScopeMem() { return this.$tag === 2; }
    get is_ScopeIs() { return this.$tag === 3; }
    get is_ScopeIsMem() { return this.$tag === 4; }
    get dtor_entity() { return this.entity; }
    get dtor_ety() { return this.ety; }
    toString() {
      if (this.$tag === 0) {
        return "_35_Policies_Compile.Scope.ScopeAny";
      } else if (this.$tag === 1) {
        return "_35_Policies_Compile.Scope.ScopeEq" + "(" + _dafny.toString(this.entity) + ")";
      } else if (this.$tag === 2) {
        return "_35_Policies_Compile.Scope.ScopeMem" + "(" + _dafny.toString(this.entity) + ")";
      } else if (this.$tag === 3) {
        return "_35_Policies_Compile.Scope.ScopeIs" + "(" + _dafny.toString(this.ety) + ")";
      } else if (this.$tag === 4) {
        return "_35_Policies_Compile.Scope.ScopeIsMem" + "(" + _dafny.toString(this.ety) + ", " + _dafny.toString(this.entity) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.entity, other.entity);
      } else if (this.$tag === 2) {
        return other.$tag === 2 && _dafny.areEqual(this.entity, other.entity);
      } else if (this.$tag === 3) {
        return other.$tag === 3 && _dafny.areEqual(this.ety, other.ety);
      } else if (this.$tag === 4) {
        return other.$tag === 4 && _dafny.areEqual(this.ety, other.ety) && _dafny.areEqual(this.entity, other.entity);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _35_Policies_Compile.Scope.create_ScopeAny();
        }
      };
    }
  }
  $module.ActionScope = class ActionScope {
    constructor(tag) { this.$tag = tag; }
    static create_ActionScope(scope) {
      let $dt = new ActionScope(0);
      $dt.scope = scope;
      return $dt;
    }
    static create_ActionInAny(entities) {
      let $dt = new ActionScope(1);
      $dt.entities = entities;
      return $dt;
    }
    get is_ActionScope() { return this.$tag === 0; }
    get is_ActionInAny() { return this.$tag === 1; }
    get dtor_scope() { return this.scope; }
    get dtor_entities() { return this.entities; }
    toString() {
      if (this.$tag === 0) {
        return "_35_Policies_Compile.ActionScope.ActionScope" + "(" + _dafny.toString(this.scope) + ")";
      } else if (this.$tag === 1) {
        return "_35_Policies_Compile.ActionScope.ActionInAny" + "(" + _dafny.toString(this.entities) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.scope, other.scope);
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.entities, other.entities);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _35_Policies_Compile.ActionScope.create_ActionScope(_35_Policies_Compile.Scope.Rtd().Default);
        }
      };
    }
  }
  $module.Condition = class Condition {
    constructor(tag) { this.$tag = tag; }
    static create_When(body) {
      let $dt = new Condition(0);
      $dt.body = body;
      return $dt;
    }
    static create_Unless(body) {
      let $dt = new Condition(1);
      $dt.body = body;
      return $dt;
    }
    get is_When() { return this.$tag === 0; }
    get is_Unless() { return this.$tag === 1; }
    get dtor_body() { return this.body; }
    toString() {
      if (this.$tag === 0) {
        return "_35_Policies_Compile.Condition.When" + "(" + _dafny.toString(this.body) + ")";
      } else if (this.$tag === 1) {
        return "_35_Policies_Compile.Condition.Unless" + "(" + _dafny.toString(this.body) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.body, other.body);
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.body, other.body);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _35_Policies_Compile.Condition.create_When(_28_Exprs_Compile.Expr.Rtd().Default);
        }
      };
    }
  }
  $module.Policy = class Policy {
    constructor(tag) { this.$tag = tag; }
    static create_Policy(id,effect,principalScope,actionScope,resourceScope,conditions) {
      let $dt = new Policy(0);
      $dt.id = id;
      $dt.effect = effect;
      $dt.principalScope = principalScope;
      $dt.actionScope = actionScope;
      $dt.resourceScope = resourceScope;
      $dt.conditions = conditions;
      return $dt;
    }
    get is_Policy() { return this.$tag === 0; }
    get dtor_id() { return this.id; }
    get dtor_effect() { return this.effect; }
    get dtor_principalScope() { return this.principalScope; }
    get dtor_actionScope() { return this.actionScope; }
    get dtor_resourceScope() { return this.resourceScope; }
    get dtor_conditions() { return this.conditions; }
    toString() {
      if (this.$tag === 0) {
        return "_35_Policies_Compile.Policy.Policy" + "(" + _dafny.toString(this.id) + ", " + _dafny.toString(this.effect) + ", " + _dafny.toString(this.principalScope) + ", " + _dafny.toString(this.actionScope) + ", " + _dafny.toString(this.resourceScope) + ", " + _dafny.toString(this.conditions) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.id, other.id) && _dafny.areEqual(this.effect, other.effect) && _dafny.areEqual(this.principalScope, other.principalScope) && _dafny.areEqual(this.actionScope, other.actionScope) && _dafny.areEqual(this.resourceScope, other.resourceScope) && _dafny.areEqual(this.conditions, other.conditions);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _35_Policies_Compile.Policy.create_Policy(_dafny.Seq.of(), _35_Policies_Compile.Effect.Rtd().Default, _35_Policies_Compile.Scope.Rtd().Default, _35_Policies_Compile.ActionScope.Rtd().Default, _35_Policies_Compile.Scope.Rtd().Default, _dafny.Seq.of());
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_35_Policies_Compile._default";
    }
    static scopeToExpr(s, v) {
      let _source25 = s;
      if (_source25.is_ScopeAny) {
        return _28_Exprs_Compile.Expr.create_Lit(_0_Values_Compile.Value.create_Bool(true));
      } else if (_source25.is_ScopeEq) {
        let _101_uid = (_source25).entity;
        return _28_Exprs_Compile.Expr.create_BinaryApp(_28_Exprs_Compile.BinaryOp.create_Eq(), _28_Exprs_Compile.Expr.create_Var(v), _28_Exprs_Compile.Expr.create_Lit(_0_Values_Compile.Value.create_Entity(_101_uid)));
      } else if (_source25.is_ScopeMem) {
        let _102_uid = (_source25).entity;
        return _28_Exprs_Compile.Expr.create_BinaryApp(_28_Exprs_Compile.BinaryOp.create_Mem(), _28_Exprs_Compile.Expr.create_Var(v), _28_Exprs_Compile.Expr.create_Lit(_0_Values_Compile.Value.create_Entity(_102_uid)));
      } else if (_source25.is_ScopeIs) {
        let _103_ety = (_source25).ety;
        return _28_Exprs_Compile.Expr.create_UnaryApp(_28_Exprs_Compile.UnaryOp.create_Is(_103_ety), _28_Exprs_Compile.Expr.create_Var(v));
      } else  {
        let _104_ety = (_source25).ety;
        let _105_uid = (_source25).entity;
        return _28_Exprs_Compile.Expr.create_And(_28_Exprs_Compile.Expr.create_UnaryApp(_28_Exprs_Compile.UnaryOp.create_Is(_104_ety), _28_Exprs_Compile.Expr.create_Var(v)), _28_Exprs_Compile.Expr.create_BinaryApp(_28_Exprs_Compile.BinaryOp.create_Mem(), _28_Exprs_Compile.Expr.create_Var(v), _28_Exprs_Compile.Expr.create_Lit(_0_Values_Compile.Value.create_Entity(_105_uid))));
      }
    };
    static actionScopeToExpr(s) {
      let _source26 = s;
      if (_source26.is_ActionScope) {
        let _106_scope = (_source26).scope;
        return _35_Policies_Compile.__default.scopeToExpr(_106_scope, _28_Exprs_Compile.Var.create_Action());
      } else  {
        let _107_uids = (_source26).entities;
        return _28_Exprs_Compile.Expr.create_BinaryApp(_28_Exprs_Compile.BinaryOp.create_Mem(), _28_Exprs_Compile.Expr.create_Var(_28_Exprs_Compile.Var.create_Action()), _28_Exprs_Compile.Expr.create_SetExpr(_35_Policies_Compile.__default.literals(_107_uids)));
      }
    };
    static literals(uids) {
      if (_dafny.areEqual(uids, _dafny.Seq.of())) {
        return _dafny.Seq.of();
      } else  {
        return _dafny.Seq.Concat(_dafny.Seq.of(_28_Exprs_Compile.Expr.create_Lit(_0_Values_Compile.Value.create_Entity((uids)[new BigNumber(0)]))), _35_Policies_Compile.__default.literals((uids).slice(new BigNumber(1))));
      }
    };
    static conditionToExpr(c) {
      let _source27 = c;
      if (_source27.is_When) {
        let _108_body = (_source27).body;
        return _108_body;
      } else  {
        let _109_body = (_source27).body;
        return _28_Exprs_Compile.Expr.create_UnaryApp(_28_Exprs_Compile.UnaryOp.create_Not(), _109_body);
      }
    };
    static conditionsToExpr(cs) {
      if (_dafny.areEqual(cs, _dafny.Seq.of())) {
        return _28_Exprs_Compile.Expr.create_Lit(_0_Values_Compile.Value.create_Bool(true));
      } else  {
        if ((new BigNumber((cs).length)).isEqualTo(new BigNumber(1))) {
          return _35_Policies_Compile.__default.conditionToExpr((cs)[new BigNumber(0)]);
        } else  {
          return _28_Exprs_Compile.Expr.create_And(_35_Policies_Compile.__default.conditionToExpr((cs)[new BigNumber(0)]), _35_Policies_Compile.__default.conditionsToExpr((cs).slice(new BigNumber(1))));
        }
      }
    };
    static policyToExpr(p) {
      return _28_Exprs_Compile.Expr.create_And(_35_Policies_Compile.__default.scopeToExpr((p).dtor_principalScope, _28_Exprs_Compile.Var.create_Principal()), _28_Exprs_Compile.Expr.create_And(_35_Policies_Compile.__default.actionScopeToExpr((p).dtor_actionScope), _28_Exprs_Compile.Expr.create_And(_35_Policies_Compile.__default.scopeToExpr((p).dtor_resourceScope, _28_Exprs_Compile.Var.create_Resource()), _35_Policies_Compile.__default.conditionsToExpr((p).dtor_conditions))));
    };
  };
  return $module;
})(); // end of module _35_Policies_Compile
let _37_Authorizer_Compile = (function() {
  let $module = {};
  $module.Decision = class Decision {
    constructor(tag) { this.$tag = tag; }
    static create_Allow() {
      let $dt = new Decision(0);
      return $dt;
    }
    static create_Deny() {
      let $dt = new Decision(1);
      return $dt;
    }
    get is_Allow() { return this.$tag === 0; }
    get is_Deny() { return this.$tag === 1; }
    static get AllSingletonConstructors() {
      return this.AllSingletonConstructors_();
    }
    static *AllSingletonConstructors_() {
      yield Decision.create_Allow();
      yield Decision.create_Deny();
    }
    toString() {
      if (this.$tag === 0) {
        return "_37_Authorizer_Compile.Decision.Allow";
      } else if (this.$tag === 1) {
        return "_37_Authorizer_Compile.Decision.Deny";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _37_Authorizer_Compile.Decision.create_Allow();
        }
      };
    }
  }
  $module.PolicyError = class PolicyError {
    constructor(tag) { this.$tag = tag; }
    static create_PolicyError(id,error) {
      let $dt = new PolicyError(0);
      $dt.id = id;
      $dt.error = error;
      return $dt;
    }
    get is_PolicyError() { return this.$tag === 0; }
    get dtor_id() { return this.id; }
    get dtor_error() { return this.error; }
    toString() {
      if (this.$tag === 0) {
        return "_37_Authorizer_Compile.PolicyError.PolicyError" + "(" + _dafny.toString(this.id) + ", " + _dafny.toString(this.error) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.id, other.id) && _dafny.areEqual(this.error, other.error);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _37_Authorizer_Compile.PolicyError.create_PolicyError(_dafny.Seq.of(), _0_Values_Compile.Error.Rtd().Default);
        }
      };
    }
  }
  $module.Response = class Response {
    constructor(tag) { this.$tag = tag; }
    static create_Response(decision,determiningPolicies,errors) {
      let $dt = new Response(0);
      $dt.decision = decision;
      $dt.determiningPolicies = determiningPolicies;
      $dt.errors = errors;
      return $dt;
    }
    get is_Response() { return this.$tag === 0; }
    get dtor_decision() { return this.decision; }
    get dtor_determiningPolicies() { return this.determiningPolicies; }
    get dtor_errors() { return this.errors; }
    toString() {
      if (this.$tag === 0) {
        return "_37_Authorizer_Compile.Response.Response" + "(" + _dafny.toString(this.decision) + ", " + _dafny.toString(this.determiningPolicies) + ", " + _dafny.toString(this.errors) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.decision, other.decision) && _dafny.areEqual(this.determiningPolicies, other.determiningPolicies) && _dafny.areEqual(this.errors, other.errors);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _37_Authorizer_Compile.Response.create_Response(_37_Authorizer_Compile.Decision.Rtd().Default, _dafny.Set.Empty, _dafny.Set.Empty);
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_37_Authorizer_Compile._default";
    }
    static result(p, req, es) {
      return _31_Evaluator_Compile.__default.evaluate(_35_Policies_Compile.__default.policyToExpr(p), req, es);
    };
    static satisfied(p, req, es) {
      return _dafny.areEqual(_37_Authorizer_Compile.__default.result(p, req, es), _0_Values_Compile.Result.create_Ok(_0_Values_Compile.Value.create_Bool(true)));
    };
    static hasError(p, req, es) {
      return (_37_Authorizer_Compile.__default.result(p, req, es)).is_Err;
    };
    static satisfiedPolicies(effect, ps, req, es) {
      return function () {
        let _coll1 = new _dafny.Set();
        for (const _compr_1 of (ps).Elements) { let _110_p = _compr_1;
          if (((_dafny.Seq.contains(ps, _110_p)) && (_dafny.areEqual((_110_p).dtor_effect, effect))) && (_37_Authorizer_Compile.__default.satisfied(_110_p, req, es))) {
            _coll1.add((_110_p).dtor_id);
          }
        }
        return _coll1;
      }();
    };
    static errorPolicies(ps, req, es) {
      return function () {
        let _coll2 = new _dafny.Set();
        for (const _compr_2 of (ps).Elements) { let _111_p = _compr_2;
          if ((_dafny.Seq.contains(ps, _111_p)) && (_37_Authorizer_Compile.__default.hasError(_111_p, req, es))) {
            _coll2.add(_37_Authorizer_Compile.PolicyError.create_PolicyError((_111_p).dtor_id, (_37_Authorizer_Compile.__default.result(_111_p, req, es)).dtor_error));
          }
        }
        return _coll2;
      }();
    };
    static isAuthorized(req, es, ps) {
      let _112_forbids = _37_Authorizer_Compile.__default.satisfiedPolicies(_35_Policies_Compile.Effect.create_Forbid(), ps, req, es);
      let _113_permits = _37_Authorizer_Compile.__default.satisfiedPolicies(_35_Policies_Compile.Effect.create_Permit(), ps, req, es);
      let _114_errors = _37_Authorizer_Compile.__default.errorPolicies(ps, req, es);
      if (((_112_forbids).equals(_dafny.Set.fromElements())) && (!(_113_permits).equals(_dafny.Set.fromElements()))) {
        return _37_Authorizer_Compile.Response.create_Response(_37_Authorizer_Compile.Decision.create_Allow(), _113_permits, _114_errors);
      } else  {
        return _37_Authorizer_Compile.Response.create_Response(_37_Authorizer_Compile.Decision.create_Deny(), _112_forbids, _114_errors);
      }
    };
  };
  return $module;
})(); // end of module _37_Authorizer_Compile
let _40_Templates_Compile = (function() {
  let $module = {};
  $module.EntityUIDOrSlot = class EntityUIDOrSlot {
    constructor(tag) { this.$tag = tag; }
    static create_EntityUIDOf(entity) {
      let $dt = new EntityUIDOrSlot(0);
      $dt.entity = entity;
      return $dt;
    }
    static create_Slot(id) {
      let $dt = new EntityUIDOrSlot(1);
      $dt.id = id;
      return $dt;
    }
    get is_EntityUIDOf() { return this.$tag === 0; }
    get is_Slot() { return this.$tag === 1; }
    get dtor_entity() { return this.entity; }
    get dtor_id() { return this.id; }
    toString() {
      if (this.$tag === 0) {
        return "_40_Templates_Compile.EntityUIDOrSlot.EntityUIDOf" + "(" + _dafny.toString(this.entity) + ")";
      } else if (this.$tag === 1) {
        return "_40_Templates_Compile.EntityUIDOrSlot.Slot" + "(" + _dafny.toString(this.id) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.entity, other.entity);
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.id, other.id);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _40_Templates_Compile.EntityUIDOrSlot.create_EntityUIDOf(_0_Values_Compile.EntityUID.Rtd().Default);
        }
      };
    }
  }
  $module.ScopeTemplate = class ScopeTemplate {
    constructor(tag) { this.$tag = tag; }
    static create_TemplateAny() {
      let $dt = new ScopeTemplate(0);
      return $dt;
    }
    static create_TemplateEq(entityOrSlot) {
      let $dt = new ScopeTemplate(1);
      $dt.entityOrSlot = entityOrSlot;
      return $dt;
    }
    static create_TemplateMem(entityOrSlot) {
      let $dt = new ScopeTemplate(2);
      $dt.entityOrSlot = entityOrSlot;
      return $dt;
    }
    static create_TemplateIs(ety) {
      let $dt = new ScopeTemplate(3);
      $dt.ety = ety;
      return $dt;
    }
    static create_TemplateIsMem(ety,entityOrSlot) {
      let $dt = new ScopeTemplate(4);
      $dt.ety = ety;
      $dt.entityOrSlot = entityOrSlot;
      return $dt;
    }
    get is_TemplateAny() { return this.$tag === 0; }
    get is_TemplateEq() { return this.$tag === 1; }
    get is_TemplateMem() { return this.$tag === 2; }
    get is_TemplateIs() { return this.$tag === 3; }
    get is_TemplateIsMem() { return this.$tag === 4; }
    get dtor_entityOrSlot() { return this.entityOrSlot; }
    get dtor_ety() { return this.ety; }
    toString() {
      if (this.$tag === 0) {
        return "_40_Templates_Compile.ScopeTemplate.TemplateAny";
      } else if (this.$tag === 1) {
        return "_40_Templates_Compile.ScopeTemplate.TemplateEq" + "(" + _dafny.toString(this.entityOrSlot) + ")";
      } else if (this.$tag === 2) {
        return "_40_Templates_Compile.ScopeTemplate.TemplateMem" + "(" + _dafny.toString(this.entityOrSlot) + ")";
      } else if (this.$tag === 3) {
        return "_40_Templates_Compile.ScopeTemplate.TemplateIs" + "(" + _dafny.toString(this.ety) + ")";
      } else if (this.$tag === 4) {
        return "_40_Templates_Compile.ScopeTemplate.TemplateIsMem" + "(" + _dafny.toString(this.ety) + ", " + _dafny.toString(this.entityOrSlot) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.entityOrSlot, other.entityOrSlot);
      } else if (this.$tag === 2) {
        return other.$tag === 2 && _dafny.areEqual(this.entityOrSlot, other.entityOrSlot);
      } else if (this.$tag === 3) {
        return other.$tag === 3 && _dafny.areEqual(this.ety, other.ety);
      } else if (this.$tag === 4) {
        return other.$tag === 4 && _dafny.areEqual(this.ety, other.ety) && _dafny.areEqual(this.entityOrSlot, other.entityOrSlot);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _40_Templates_Compile.ScopeTemplate.create_TemplateAny();
        }
      };
    }
  }
  $module.Template = class Template {
    constructor(tag) { this.$tag = tag; }
    static create_Template(effect,principalScope,actionScope,resourceScope,conditions) {
      let $dt = new Template(0);
      $dt.effect = effect;
      $dt.principalScope = principalScope;
      $dt.actionScope = actionScope;
      $dt.resourceScope = resourceScope;
      $dt.conditions = conditions;
      return $dt;
    }
    get is_Template() { return this.$tag === 0; }
    get dtor_effect() { return this.effect; }
    get dtor_principalScope() { return this.principalScope; }
    get dtor_actionScope() { return this.actionScope; }
    get dtor_resourceScope() { return this.resourceScope; }
    get dtor_conditions() { return this.conditions; }
    toString() {
      if (this.$tag === 0) {
        return "_40_Templates_Compile.Template.Template" + "(" + _dafny.toString(this.effect) + ", " + _dafny.toString(this.principalScope) + ", " + _dafny.toString(this.actionScope) + ", " + _dafny.toString(this.resourceScope) + ", " + _dafny.toString(this.conditions) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.effect, other.effect) && _dafny.areEqual(this.principalScope, other.principalScope) && _dafny.areEqual(this.actionScope, other.actionScope) && _dafny.areEqual(this.resourceScope, other.resourceScope) && _dafny.areEqual(this.conditions, other.conditions);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _40_Templates_Compile.Template.create_Template(_35_Policies_Compile.Effect.Rtd().Default, _40_Templates_Compile.ScopeTemplate.Rtd().Default, _35_Policies_Compile.ActionScope.Rtd().Default, _40_Templates_Compile.ScopeTemplate.Rtd().Default, _dafny.Seq.of());
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_40_Templates_Compile._default";
    }
    static linkEntity(e, env) {
      let _source28 = e;
      if (_source28.is_EntityUIDOf) {
        let _115_entity = (_source28).entity;
        return _0_Values_Compile.Option.create_Some(_115_entity);
      } else  {
        let _116_id = (_source28).id;
        if ((env).contains(_116_id)) {
          return _0_Values_Compile.Option.create_Some((env).get(_116_id));
        } else  {
          return _0_Values_Compile.Option.create_None();
        }
      }
    };
    static linkScope(s, env) {
      let _source29 = s;
      if (_source29.is_TemplateAny) {
        return _0_Values_Compile.Option.create_Some(_35_Policies_Compile.Scope.create_ScopeAny());
      } else if (_source29.is_TemplateIs) {
        let _117_ety = (_source29).ety;
        return _0_Values_Compile.Option.create_Some(_35_Policies_Compile.Scope.create_ScopeIs(_117_ety));
      } else if (_source29.is_TemplateEq) {
        let _118_e = (_source29).entityOrSlot;
        let _source30 = _40_Templates_Compile.__default.linkEntity(_118_e, env);
        if (_source30.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _119_uid = (_source30).value;
          return _0_Values_Compile.Option.create_Some(_35_Policies_Compile.Scope.create_ScopeEq(_119_uid));
        }
      } else if (_source29.is_TemplateMem) {
        let _120_e = (_source29).entityOrSlot;
        let _source31 = _40_Templates_Compile.__default.linkEntity(_120_e, env);
        if (_source31.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _121_uid = (_source31).value;
          return _0_Values_Compile.Option.create_Some(_35_Policies_Compile.Scope.create_ScopeMem(_121_uid));
        }
      } else  {
        let _122_ety = (_source29).ety;
        let _123_e = (_source29).entityOrSlot;
        let _source32 = _40_Templates_Compile.__default.linkEntity(_123_e, env);
        if (_source32.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _124_uid = (_source32).value;
          return _0_Values_Compile.Option.create_Some(_35_Policies_Compile.Scope.create_ScopeIsMem(_122_ety, _124_uid));
        }
      }
    };
    static link(t, id, env) {
      let _source33 = _40_Templates_Compile.__default.linkScope((t).dtor_principalScope, env);
      if (_source33.is_None) {
        return _0_Values_Compile.Option.create_None();
      } else  {
        let _125_principalScope = (_source33).value;
        let _source34 = _40_Templates_Compile.__default.linkScope((t).dtor_resourceScope, env);
        if (_source34.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _126_resourceScope = (_source34).value;
          return _0_Values_Compile.Option.create_Some(_35_Policies_Compile.Policy.create_Policy(id, (t).dtor_effect, _125_principalScope, (t).dtor_actionScope, _126_resourceScope, (t).dtor_conditions));
        }
      }
    };
  };
  return $module;
})(); // end of module _40_Templates_Compile
let _43_Hierarchy_Compile = (function() {
  let $module = {};
  $module.GivenEntity = class GivenEntity {
    constructor(tag) { this.$tag = tag; }
    static create_GivenEntity(uid,attrs,parents,tags) {
      let $dt = new GivenEntity(0);
      $dt.uid = uid;
      $dt.attrs = attrs;
      $dt.parents = parents;
      $dt.tags = tags;
      return $dt;
    }
    get is_GivenEntity() { return this.$tag === 0; }
    get dtor_uid() { return this.uid; }
    get dtor_attrs() { return this.attrs; }
    get dtor_parents() { return this.parents; }
    get dtor_tags() { return this.tags; }
    toString() {
      if (this.$tag === 0) {
        return "_43_Hierarchy_Compile.GivenEntity.GivenEntity" + "(" + _dafny.toString(this.uid) + ", " + _dafny.toString(this.attrs) + ", " + _dafny.toString(this.parents) + ", " + _dafny.toString(this.tags) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.uid, other.uid) && _dafny.areEqual(this.attrs, other.attrs) && _dafny.areEqual(this.parents, other.parents) && _dafny.areEqual(this.tags, other.tags);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _43_Hierarchy_Compile.GivenEntity.create_GivenEntity(_0_Values_Compile.EntityUID.Rtd().Default, _dafny.Map.Empty, _dafny.Set.Empty, _dafny.Map.Empty);
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_43_Hierarchy_Compile._default";
    }
    static entitiesOf(given) {
      return _43_Hierarchy_Compile.__default.withAncestors(given, _43_Hierarchy_Compile.__default.parentsOf(given));
    };
    static parentsOf(given) {
      if (_dafny.areEqual(given, _dafny.Seq.of())) {
        return _dafny.Map.of();
      } else  {
        return (_43_Hierarchy_Compile.__default.parentsOf((given).slice(new BigNumber(1)))).update(((given)[new BigNumber(0)]).dtor_uid, ((given)[new BigNumber(0)]).dtor_parents);
      }
    };
    static withAncestors(given, parents) {
      if (_dafny.areEqual(given, _dafny.Seq.of())) {
        return _dafny.Map.of();
      } else  {
        let _127_e = (given)[new BigNumber(0)];
        return (_43_Hierarchy_Compile.__default.withAncestors((given).slice(new BigNumber(1)), parents)).update((_127_e).dtor_uid, _3_EntityStore_Compile.EntityData.create_EntityData((_127_e).dtor_attrs, _43_Hierarchy_Compile.__default.ancestors((_127_e).dtor_parents, parents), (_127_e).dtor_tags));
      }
    };
    static listed(uid, parents) {
      if ((parents).contains(uid)) {
        return (parents).get(uid);
      } else  {
        return _dafny.Set.fromElements();
      }
    };
    static ancestors(known, parents) {
      let _128_next = function () {
        let _coll3 = new _dafny.Set();
        for (const _compr_3 of (known).Elements) { let _129_uid = _compr_3;
          for (const _compr_4 of (_43_Hierarchy_Compile.__default.listed(_129_uid, parents)).Elements) { let _130_parent = _compr_4;
            if (((known).contains(_129_uid)) && ((_43_Hierarchy_Compile.__default.listed(_129_uid, parents)).contains(_130_parent))) {
              _coll3.add(_130_parent);
            }
          }
        }
        return _coll3;
      }();
      if ((_128_next).IsSubsetOf(known)) {
        return known;
      } else  {
        return _43_Hierarchy_Compile.__default.ancestors((known).Union(_128_next), parents);
      }
    };
    static all(parents) {
      return function () {
        let _coll4 = new _dafny.Set();
        for (const _compr_5 of (parents).Keys.Elements) { let _131_uid = _compr_5;
          for (const _compr_6 of (_43_Hierarchy_Compile.__default.listed(_131_uid, parents)).Elements) { let _132_parent = _compr_6;
            if (((parents).contains(_131_uid)) && ((_43_Hierarchy_Compile.__default.listed(_131_uid, parents)).contains(_132_parent))) {
              _coll4.add(_132_parent);
            }
          }
        }
        return _coll4;
      }();
    };
  };
  return $module;
})(); // end of module _43_Hierarchy_Compile
let _48_EarlyExit_Compile = (function() {
  let $module = {};
  $module.__default = class __default {
    constructor () {
      this._tname = "_48_EarlyExit_Compile._default";
    }
    static decide(req, es, ps) {
      if (_48_EarlyExit_Compile.__default.anySatisfied(_35_Policies_Compile.Effect.create_Forbid(), ps, req, es)) {
        return _37_Authorizer_Compile.Decision.create_Deny();
      } else  {
        if (_48_EarlyExit_Compile.__default.anySatisfied(_35_Policies_Compile.Effect.create_Permit(), ps, req, es)) {
          return _37_Authorizer_Compile.Decision.create_Allow();
        } else  {
          return _37_Authorizer_Compile.Decision.create_Deny();
        }
      }
    };
    static anySatisfied(effect, ps, req, es) {
      return (!_dafny.areEqual(ps, _dafny.Seq.of())) && (((_dafny.areEqual(((ps)[new BigNumber(0)]).dtor_effect, effect)) && (_37_Authorizer_Compile.__default.satisfied((ps)[new BigNumber(0)], req, es))) || (_48_EarlyExit_Compile.__default.anySatisfied(effect, (ps).slice(new BigNumber(1)), req, es)));
    };
  };
  return $module;
})(); // end of module _48_EarlyExit_Compile
let _55_Types_Compile = (function() {
  let $module = {};
  $module.BoolType = class BoolType {
    constructor(tag) { this.$tag = tag; }
    static create_AnyBool() {
      let $dt = new BoolType(0);
      return $dt;
    }
    static create_True() {
      let $dt = new BoolType(1);
      return $dt;
    }
    static create_False() {
      let $dt = new BoolType(2);
      return $dt;
    }
    get is_AnyBool() { return this.$tag === 0; }
    get is_True() { return this.$tag === 1; }
    get is_False() { return this.$tag === 2; }
    static get AllSingletonConstructors() {
      return this.AllSingletonConstructors_();
    }
    static *AllSingletonConstructors_() {
      yield BoolType.create_AnyBool();
      yield BoolType.create_True();
      yield BoolType.create_False();
    }
    toString() {
      if (this.$tag === 0) {
        return "_55_Types_Compile.BoolType.AnyBool";
      } else if (this.$tag === 1) {
        return "_55_Types_Compile.BoolType.True";
      } else if (this.$tag === 2) {
        return "_55_Types_Compile.BoolType.False";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else if (this.$tag === 2) {
        return other.$tag === 2;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _55_Types_Compile.BoolType.create_AnyBool();
        }
      };
    }
  }
  $module.ExtType = class ExtType {
    constructor(tag) { this.$tag = tag; }
    static create_DecimalType() {
      let $dt = new ExtType(0);
      return $dt;
    }
    static create_IPAddrType() {
      let $dt = new ExtType(1);
      return $dt;
    }
    static create_DatetimeType() {
      let $dt = new ExtType(2);
      return $dt;
    }
    static create_DurationType() {
      let $dt = new ExtType(3);
      return $dt;
    }
    get is_DecimalType() { return this.$tag === 0; }
    get is_IPAddrType() { return this.$tag === 1; }
    get is_DatetimeType() { return this.$tag === 2; }
    get is_DurationType() { return this.$tag === 3; }
    static get AllSingletonConstructors() {
      return this.AllSingletonConstructors_();
    }
    static *AllSingletonConstructors_() {
      yield ExtType.create_DecimalType();
      yield ExtType.create_IPAddrType();
      yield ExtType.create_DatetimeType();
      yield ExtType.create_DurationType();
    }
    toString() {
      if (this.$tag === 0) {
        return "_55_Types_Compile.ExtType.DecimalType";
      } else if (this.$tag === 1) {
        return "_55_Types_Compile.ExtType.IPAddrType";
      } else if (this.$tag === 2) {
        return "_55_Types_Compile.ExtType.DatetimeType";
      } else if (this.$tag === 3) {
        return "_55_Types_Compile.ExtType.DurationType";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0;
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else if (this.$tag === 2) {
        return other.$tag === 2;
      } else if (this.$tag === 3) {
        return other.$tag === 3;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _55_Types_Compile.ExtType.create_DecimalType();
        }
      };
    }
  }
  $module.CedarType = class CedarType {
    constructor(tag) { this.$tag = tag; }
    static create_BoolType(bty) {
      let $dt = new CedarType(0);
      $dt.bty = bty;
      return $dt;
    }
    static create_IntType() {
      let $dt = new CedarType(1);
      return $dt;
    }
    static create_StringType() {
      let $dt = new CedarType(2);
      return $dt;
    }
    static create_EntityOf(ety) {
      let $dt = new CedarType(3);
      $dt.ety = ety;
      return $dt;
    }
    static create_SetOf(element) {
      let $dt = new CedarType(4);
      $dt.element = element;
      return $dt;
    }
    static create_RecordOf(rty) {
      let $dt = new CedarType(5);
      $dt.rty = rty;
      return $dt;
    }
    static create_ExtOf(xty) {
      let $dt = new CedarType(6);
      $dt.xty = xty;
      return $dt;
    }
    get is_BoolType() { return this.$tag === 0; }
    get is_IntType() { return this.$tag === 1; }
    get is_StringType() { return this.$tag === 2; }
    get is_EntityOf() { return this.$tag === 3; }
    get is_SetOf() { return this.$tag === 4; }
    get is_RecordOf() { return this.$tag === 5; }
    get is_ExtOf() { return this.$tag === 6; }
    get dtor_bty() { return this.bty; }
    get dtor_ety() { return this.ety; }
    get dtor_element() { return this.element; }
    get dtor_rty() { return this.rty; }
    get dtor_xty() { return this.xty; }
    toString() {
      if (this.$tag === 0) {
        return "_55_Types_Compile.CedarType.BoolType" + "(" + _dafny.toString(this.bty) + ")";
      } else if (this.$tag === 1) {
        return "_55_Types_Compile.CedarType.IntType";
      } else if (this.$tag === 2) {
        return "_55_Types_Compile.CedarType.StringType";
      } else if (this.$tag === 3) {
        return "_55_Types_Compile.CedarType.EntityOf" + "(" + _dafny.toString(this.ety) + ")";
      } else if (this.$tag === 4) {
        return "_55_Types_Compile.CedarType.SetOf" + "(" + _dafny.toString(this.element) + ")";
      } else if (this.$tag === 5) {
        return "_55_Types_Compile.CedarType.RecordOf" + "(" + _dafny.toString(this.rty) + ")";
      } else if (this.$tag === 6) {
        return "_55_Types_Compile.CedarType.ExtOf" + "(" + _dafny.toString(this.xty) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.bty, other.bty);
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else if (this.$tag === 2) {
        return other.$tag === 2;
      } else if (this.$tag === 3) {
        return other.$tag === 3 && _dafny.areEqual(this.ety, other.ety);
      } else if (this.$tag === 4) {
        return other.$tag === 4 && _dafny.areEqual(this.element, other.element);
      } else if (this.$tag === 5) {
        return other.$tag === 5 && _dafny.areEqual(this.rty, other.rty);
      } else if (this.$tag === 6) {
        return other.$tag === 6 && _dafny.areEqual(this.xty, other.xty);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _55_Types_Compile.CedarType.create_BoolType(_55_Types_Compile.BoolType.Rtd().Default);
        }
      };
    }
  }
  $module.QualifiedType = class QualifiedType {
    constructor(tag) { this.$tag = tag; }
    static create_Qualified(ty,isRequired) {
      let $dt = new QualifiedType(0);
      $dt.ty = ty;
      $dt.isRequired = isRequired;
      return $dt;
    }
    get is_Qualified() { return this.$tag === 0; }
    get dtor_ty() { return this.ty; }
    get dtor_isRequired() { return this.isRequired; }
    toString() {
      if (this.$tag === 0) {
        return "_55_Types_Compile.QualifiedType.Qualified" + "(" + _dafny.toString(this.ty) + ", " + _dafny.toString(this.isRequired) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.ty, other.ty) && this.isRequired === other.isRequired;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _55_Types_Compile.QualifiedType.create_Qualified(_55_Types_Compile.CedarType.Rtd().Default, false);
        }
      };
    }
  }
  $module.EntitySchemaEntry = class EntitySchemaEntry {
    constructor(tag) { this.$tag = tag; }
    static create_Standard(ancestors,attrs,tags) {
      let $dt = new EntitySchemaEntry(0);
      $dt.ancestors = ancestors;
      $dt.attrs = attrs;
      $dt.tags = tags;
      return $dt;
    }
    static create_Enum(eids) {
      let $dt = new EntitySchemaEntry(1);
      $dt.eids = eids;
      return $dt;
    }
    get is_Standard() { return this.$tag === 0; }
    get is_Enum() { return this.$tag === 1; }
    get dtor_ancestors() { return this.ancestors; }
    get dtor_attrs() { return this.attrs; }
    get dtor_tags() { return this.tags; }
    get dtor_eids() { return this.eids; }
    toString() {
      if (this.$tag === 0) {
        return "_55_Types_Compile.EntitySchemaEntry.Standard" + "(" + _dafny.toString(this.ancestors) + ", " + _dafny.toString(this.attrs) + ", " + _dafny.toString(this.tags) + ")";
      } else if (this.$tag === 1) {
        return "_55_Types_Compile.EntitySchemaEntry.Enum" + "(" + _dafny.toString(this.eids) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.ancestors, other.ancestors) && _dafny.areEqual(this.attrs, other.attrs) && _dafny.areEqual(this.tags, other.tags);
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.eids, other.eids);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _55_Types_Compile.EntitySchemaEntry.create_Standard(_dafny.Set.Empty, _dafny.Map.Empty, _0_Values_Compile.Option.Rtd().Default);
        }
      };
    }
  }
  $module.ActionSchemaEntry = class ActionSchemaEntry {
    constructor(tag) { this.$tag = tag; }
    static create_ActionSchemaEntry(appliesToPrincipal,appliesToResource,ancestors,context) {
      let $dt = new ActionSchemaEntry(0);
      $dt.appliesToPrincipal = appliesToPrincipal;
      $dt.appliesToResource = appliesToResource;
      $dt.ancestors = ancestors;
      $dt.context = context;
      return $dt;
    }
    get is_ActionSchemaEntry() { return this.$tag === 0; }
    get dtor_appliesToPrincipal() { return this.appliesToPrincipal; }
    get dtor_appliesToResource() { return this.appliesToResource; }
    get dtor_ancestors() { return this.ancestors; }
    get dtor_context() { return this.context; }
    toString() {
      if (this.$tag === 0) {
        return "_55_Types_Compile.ActionSchemaEntry.ActionSchemaEntry" + "(" + _dafny.toString(this.appliesToPrincipal) + ", " + _dafny.toString(this.appliesToResource) + ", " + _dafny.toString(this.ancestors) + ", " + _dafny.toString(this.context) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.appliesToPrincipal, other.appliesToPrincipal) && _dafny.areEqual(this.appliesToResource, other.appliesToResource) && _dafny.areEqual(this.ancestors, other.ancestors) && _dafny.areEqual(this.context, other.context);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _55_Types_Compile.ActionSchemaEntry.create_ActionSchemaEntry(_dafny.Set.Empty, _dafny.Set.Empty, _dafny.Set.Empty, _dafny.Map.Empty);
        }
      };
    }
  }
  $module.RequestType = class RequestType {
    constructor(tag) { this.$tag = tag; }
    static create_RequestType(principal,action,resource,context) {
      let $dt = new RequestType(0);
      $dt.principal = principal;
      $dt.action = action;
      $dt.resource = resource;
      $dt.context = context;
      return $dt;
    }
    get is_RequestType() { return this.$tag === 0; }
    get dtor_principal() { return this.principal; }
    get dtor_action() { return this.action; }
    get dtor_resource() { return this.resource; }
    get dtor_context() { return this.context; }
    toString() {
      if (this.$tag === 0) {
        return "_55_Types_Compile.RequestType.RequestType" + "(" + _dafny.toString(this.principal) + ", " + _dafny.toString(this.action) + ", " + _dafny.toString(this.resource) + ", " + _dafny.toString(this.context) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.principal, other.principal) && _dafny.areEqual(this.action, other.action) && _dafny.areEqual(this.resource, other.resource) && _dafny.areEqual(this.context, other.context);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _55_Types_Compile.RequestType.create_RequestType(_dafny.Seq.of(), _0_Values_Compile.EntityUID.Rtd().Default, _dafny.Seq.of(), _dafny.Map.Empty);
        }
      };
    }
  }
  $module.TypeEnv = class TypeEnv {
    constructor(tag) { this.$tag = tag; }
    static create_TypeEnv(ets,acts,reqty) {
      let $dt = new TypeEnv(0);
      $dt.ets = ets;
      $dt.acts = acts;
      $dt.reqty = reqty;
      return $dt;
    }
    get is_TypeEnv() { return this.$tag === 0; }
    get dtor_ets() { return this.ets; }
    get dtor_acts() { return this.acts; }
    get dtor_reqty() { return this.reqty; }
    toString() {
      if (this.$tag === 0) {
        return "_55_Types_Compile.TypeEnv.TypeEnv" + "(" + _dafny.toString(this.ets) + ", " + _dafny.toString(this.acts) + ", " + _dafny.toString(this.reqty) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.ets, other.ets) && _dafny.areEqual(this.acts, other.acts) && _dafny.areEqual(this.reqty, other.reqty);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _55_Types_Compile.TypeEnv.create_TypeEnv(_dafny.Map.Empty, _dafny.Map.Empty, _55_Types_Compile.RequestType.Rtd().Default);
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_55_Types_Compile._default";
    }
    static wellFormed(env) {
      return _dafny.Quantifier(((env).dtor_acts).Keys.Elements, true, function (_133_action) {
        return !(((env).dtor_acts).contains(_133_action)) || (!((env).dtor_ets).contains((_133_action).dtor_ty));
      });
    };
    static attrsOf(entry) {
      if ((entry).is_Standard) {
        return (entry).dtor_attrs;
      } else  {
        return _dafny.Map.of();
      }
    };
    static tagsOf(entry) {
      if ((entry).is_Standard) {
        return (entry).dtor_tags;
      } else  {
        return _0_Values_Compile.Option.create_None();
      }
    };
    static ancestorsOf(entry) {
      if ((entry).is_Standard) {
        return (entry).dtor_ancestors;
      } else  {
        return _dafny.Set.fromElements();
      }
    };
    static isValidEntityUID(uid, env) {
      return (((env).dtor_acts).contains(uid)) || ((((env).dtor_ets).contains((uid).dtor_ty)) && (!((((env).dtor_ets).get((uid).dtor_ty)).is_Enum) || (((((env).dtor_ets).get((uid).dtor_ty)).dtor_eids).contains((uid).dtor_eid))));
    };
    static isActionType(ety, env) {
      return _dafny.Quantifier(((env).dtor_acts).Keys.Elements, false, function (_134_action) {
        return (((env).dtor_acts).contains(_134_action)) && (_dafny.areEqual((_134_action).dtor_ty, ety));
      });
    };
    static descendantOf(uid1, uid2, env) {
      return (_dafny.areEqual(uid1, uid2)) || ((((env).dtor_acts).contains(uid1)) && (((((env).dtor_acts).get(uid1)).dtor_ancestors).contains(uid2)));
    };
    static maybeDescendantOf(ety1, ety2, env) {
      if (_dafny.areEqual(ety1, ety2)) {
        return true;
      } else  {
        if (((env).dtor_ets).contains(ety1)) {
          return (_55_Types_Compile.__default.ancestorsOf(((env).dtor_ets).get(ety1))).contains(ety2);
        } else  {
          return _dafny.Quantifier(((env).dtor_acts).Keys.Elements, false, function (_135_action) {
            return _dafny.Quantifier(((((env).dtor_acts).get(_135_action)).dtor_ancestors).Elements, false, function (_136_ancestor) {
              return (((((env).dtor_acts).contains(_135_action)) && (_dafny.areEqual((_135_action).dtor_ty, ety1))) && (((((env).dtor_acts).get(_135_action)).dtor_ancestors).contains(_136_ancestor))) && (_dafny.areEqual((_136_ancestor).dtor_ty, ety2));
            });
          });
        }
      }
    };
    static lub(ty1, ty2) {
      if (((ty1).is_BoolType) && ((ty2).is_BoolType)) {
        return _0_Values_Compile.Option.create_Some(_55_Types_Compile.CedarType.create_BoolType((_dafny.areEqual((ty1).dtor_bty, (ty2).dtor_bty)) ? ((ty1).dtor_bty) : (_55_Types_Compile.BoolType.create_AnyBool())));
      } else  {
        if (((ty1).is_SetOf) && ((ty2).is_SetOf)) {
          let _137_element = _55_Types_Compile.__default.lub((ty1).dtor_element, (ty2).dtor_element);
          if ((_137_element).is_Some) {
            return _0_Values_Compile.Option.create_Some(_55_Types_Compile.CedarType.create_SetOf((_137_element).dtor_value));
          } else  {
            return _0_Values_Compile.Option.create_None();
          }
        } else  {
          if (((ty1).is_RecordOf) && ((ty2).is_RecordOf)) {
            if (((((ty1).dtor_rty).Keys).equals(((ty2).dtor_rty).Keys)) && (_dafny.Quantifier(((ty1).dtor_rty).Keys.Elements, true, function (_138_a) {
              return !(((ty1).dtor_rty).contains(_138_a)) || ((((((ty1).dtor_rty).get(_138_a)).dtor_isRequired) === ((((ty2).dtor_rty).get(_138_a)).dtor_isRequired)) && ((_55_Types_Compile.__default.lub((((ty1).dtor_rty).get(_138_a)).dtor_ty, (((ty2).dtor_rty).get(_138_a)).dtor_ty)).is_Some));
            }))) {
              return _0_Values_Compile.Option.create_Some(_55_Types_Compile.CedarType.create_RecordOf(function () {
  let _coll5 = new _dafny.Map();
  for (const _139_a of ((ty1).dtor_rty).Keys.Elements) {
    if (((ty1).dtor_rty).contains(_139_a)) {
      _coll5.push([_139_a,_55_Types_Compile.QualifiedType.create_Qualified((_55_Types_Compile.__default.lub((((ty1).dtor_rty).get(_139_a)).dtor_ty, (((ty2).dtor_rty).get(_139_a)).dtor_ty)).dtor_value, (((ty1).dtor_rty).get(_139_a)).dtor_isRequired)]);
    }
  }
  return _coll5;
}()));
            } else  {
              return _0_Values_Compile.Option.create_None();
            }
          } else  {
            if (_dafny.areEqual(ty1, ty2)) {
              return _0_Values_Compile.Option.create_Some(ty1);
            } else  {
              return _0_Values_Compile.Option.create_None();
            }
          }
        }
      }
    };
    static subtype(ty1, ty2) {
      return _dafny.areEqual(_55_Types_Compile.__default.lub(ty1, ty2), _0_Values_Compile.Option.create_Some(ty2));
    };
    static instanceOfType(v, ty, env) {
      let _source35 = ty;
      if (_source35.is_BoolType) {
        let _140_bty = (_source35).bty;
        return ((v).is_Bool) && ((_dafny.areEqual(_140_bty, _55_Types_Compile.BoolType.create_AnyBool())) || (((v).dtor_b) === ((_140_bty).is_True)));
      } else if (_source35.is_IntType) {
        return (v).is_Int;
      } else if (_source35.is_StringType) {
        return (v).is_String;
      } else if (_source35.is_EntityOf) {
        let _141_ety = (_source35).ety;
        return (((v).is_Entity) && (_dafny.areEqual(((v).dtor_uid).dtor_ty, _141_ety))) && (_55_Types_Compile.__default.isValidEntityUID((v).dtor_uid, env));
      } else if (_source35.is_SetOf) {
        let _142_element = (_source35).element;
        return ((v).is_Set) && (_dafny.Quantifier(((v).dtor_elements).Elements, true, function (_143_each) {
          return !(((v).dtor_elements).contains(_143_each)) || (_55_Types_Compile.__default.instanceOfType(_143_each, _142_element, env));
        }));
      } else if (_source35.is_RecordOf) {
        let _144_rty = (_source35).rty;
        return (((v).is_Record) && (_dafny.Quantifier(((v).dtor_attrs).Keys.Elements, true, function (_145_a) {
          return !(((v).dtor_attrs).contains(_145_a)) || (((_144_rty).contains(_145_a)) && (_55_Types_Compile.__default.instanceOfType(((v).dtor_attrs).get(_145_a), ((_144_rty).get(_145_a)).dtor_ty, env)));
        }))) && (_dafny.Quantifier((_144_rty).Keys.Elements, true, function (_146_a) {
          return !(((_144_rty).contains(_146_a)) && (((_144_rty).get(_146_a)).dtor_isRequired)) || (((v).dtor_attrs).contains(_146_a));
        }));
      } else  {
        let _147_xty = (_source35).xty;
        return ((v).is_Ext) && (function (_source36) {
          if (_source36.is_DecimalType) {
            return ((v).dtor_x).is_Decimal;
          } else if (_source36.is_IPAddrType) {
            return ((v).dtor_x).is_IPAddr;
          } else if (_source36.is_DatetimeType) {
            return ((v).dtor_x).is_Datetime;
          } else  {
            return ((v).dtor_x).is_Duration;
          }
        }(_147_xty));
      }
    };
    static instanceOfEntityEntry(uid, d, entry, env) {
      return (((_55_Types_Compile.__default.isValidEntityUID(uid, env)) && (_55_Types_Compile.__default.instanceOfType(_0_Values_Compile.Value.create_Record((d).dtor_attrs), _55_Types_Compile.CedarType.create_RecordOf(_55_Types_Compile.__default.attrsOf(entry)), env))) && (_dafny.Quantifier(((d).dtor_ancestors).Elements, true, function (_148_ancestor) {
        return !(((d).dtor_ancestors).contains(_148_ancestor)) || ((_55_Types_Compile.__default.ancestorsOf(entry)).contains((_148_ancestor).dtor_ty));
      }))) && (function (_source37) {
        if (_source37.is_None) {
          return ((d).dtor_tags).equals(_dafny.Map.of());
        } else  {
          let _149_ty = (_source37).value;
          return _dafny.Quantifier(((d).dtor_tags).Keys.Elements, true, function (_150_tag) {
            return !(((d).dtor_tags).contains(_150_tag)) || (_55_Types_Compile.__default.instanceOfType(((d).dtor_tags).get(_150_tag), _149_ty, env));
          });
        }
      }(_55_Types_Compile.__default.tagsOf(entry)));
    };
    static instanceOfActionEntry(uid, d, env) {
      return (((((d).dtor_attrs).equals(_dafny.Map.of())) && (((d).dtor_tags).equals(_dafny.Map.of()))) && (((env).dtor_acts).contains(uid))) && (((d).dtor_ancestors).equals((((env).dtor_acts).get(uid)).dtor_ancestors));
    };
    static entitiesConform(es, env) {
      return (_dafny.Quantifier((es).Keys.Elements, true, function (_151_uid) {
        return !((es).contains(_151_uid)) || ((((env).dtor_ets).contains((_151_uid).dtor_ty)) ? (_55_Types_Compile.__default.instanceOfEntityEntry(_151_uid, (es).get(_151_uid), ((env).dtor_ets).get((_151_uid).dtor_ty), env)) : (_55_Types_Compile.__default.instanceOfActionEntry(_151_uid, (es).get(_151_uid), env)));
      })) && (_dafny.Quantifier(((env).dtor_acts).Keys.Elements, true, function (_152_action) {
        return !(((env).dtor_acts).contains(_152_action)) || ((es).contains(_152_action));
      }));
    };
    static requestConforms(req, env) {
      return ((((_dafny.areEqual((req).dtor_action, ((env).dtor_reqty).dtor_action)) && (_55_Types_Compile.__default.isValidEntityUID((req).dtor_action, env))) && (_55_Types_Compile.__default.instanceOfType(_0_Values_Compile.Value.create_Entity((req).dtor_principal), _55_Types_Compile.CedarType.create_EntityOf(((env).dtor_reqty).dtor_principal), env))) && (_55_Types_Compile.__default.instanceOfType(_0_Values_Compile.Value.create_Entity((req).dtor_resource), _55_Types_Compile.CedarType.create_EntityOf(((env).dtor_reqty).dtor_resource), env))) && (_55_Types_Compile.__default.instanceOfType(_0_Values_Compile.Value.create_Record((req).dtor_context), _55_Types_Compile.CedarType.create_RecordOf(((env).dtor_reqty).dtor_context), env));
    };
  };
  return $module;
})(); // end of module _55_Types_Compile
let _64_Typechecker_Compile = (function() {
  let $module = {};
  $module.Capability = class Capability {
    constructor(tag) { this.$tag = tag; }
    static create_HasAttribute(x,attr) {
      let $dt = new Capability(0);
      $dt.x = x;
      $dt.attr = attr;
      return $dt;
    }
    static create_HasTheTag(x,tag) {
      let $dt = new Capability(1);
      $dt.x = x;
      $dt.tag = tag;
      return $dt;
    }
    get is_HasAttribute() { return this.$tag === 0; }
    get is_HasTheTag() { return this.$tag === 1; }
    get dtor_x() { return this.x; }
    get dtor_attr() { return this.attr; }
    get dtor_tag() { return this.tag; }
    toString() {
      if (this.$tag === 0) {
        return "_64_Typechecker_Compile.Capability.HasAttribute" + "(" + _dafny.toString(this.x) + ", " + _dafny.toString(this.attr) + ")";
      } else if (this.$tag === 1) {
        return "_64_Typechecker_Compile.Capability.HasTheTag" + "(" + _dafny.toString(this.x) + ", " + _dafny.toString(this.tag) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.x, other.x) && _dafny.areEqual(this.attr, other.attr);
      } else if (this.$tag === 1) {
        return other.$tag === 1 && _dafny.areEqual(this.x, other.x) && _dafny.areEqual(this.tag, other.tag);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _64_Typechecker_Compile.Capability.create_HasAttribute(_28_Exprs_Compile.Expr.Rtd().Default, _dafny.Seq.of());
        }
      };
    }
  }
  $module.Typing = class Typing {
    constructor(tag) { this.$tag = tag; }
    static create_Typed(ty,caps) {
      let $dt = new Typing(0);
      $dt.ty = ty;
      $dt.caps = caps;
      return $dt;
    }
    static create_IllTyped() {
      let $dt = new Typing(1);
      return $dt;
    }
    get is_Typed() { return this.$tag === 0; }
    get is_IllTyped() { return this.$tag === 1; }
    get dtor_ty() { return this.ty; }
    get dtor_caps() { return this.caps; }
    toString() {
      if (this.$tag === 0) {
        return "_64_Typechecker_Compile.Typing.Typed" + "(" + _dafny.toString(this.ty) + ", " + _dafny.toString(this.caps) + ")";
      } else if (this.$tag === 1) {
        return "_64_Typechecker_Compile.Typing.IllTyped";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.ty, other.ty) && _dafny.areEqual(this.caps, other.caps);
      } else if (this.$tag === 1) {
        return other.$tag === 1;
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _64_Typechecker_Compile.Typing.create_Typed(_55_Types_Compile.CedarType.Rtd().Default, _dafny.Set.Empty);
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_64_Typechecker_Compile._default";
    }
    static ok(ty) {
      return _64_Typechecker_Compile.Typing.create_Typed(ty, _dafny.Set.fromElements());
    };
    static okBool(bty) {
      return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_BoolType(bty));
    };
    static constant(b) {
      return _64_Typechecker_Compile.__default.okBool((b) ? (_55_Types_Compile.BoolType.create_True()) : (_55_Types_Compile.BoolType.create_False()));
    };
    static typeOfLit(p, env) {
      let _source38 = p;
      if (_source38.is_Bool) {
        let _153_b = (_source38).b;
        return _64_Typechecker_Compile.__default.constant(_153_b);
      } else if (_source38.is_Int) {
        let _154___v0 = (_source38).i;
        return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
      } else if (_source38.is_String) {
        let _155___v1 = (_source38).s;
        return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_StringType());
      } else  {
        let _156_uid = (_source38).uid;
        if (_55_Types_Compile.__default.isValidEntityUID(_156_uid, env)) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_EntityOf((_156_uid).dtor_ty));
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      }
    };
    static typeOfVar(v, env) {
      let _source39 = v;
      if (_source39.is_Principal) {
        return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_EntityOf(((env).dtor_reqty).dtor_principal));
      } else if (_source39.is_Action) {
        return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_EntityOf((((env).dtor_reqty).dtor_action).dtor_ty));
      } else if (_source39.is_Resource) {
        return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_EntityOf(((env).dtor_reqty).dtor_resource));
      } else  {
        return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_RecordOf(((env).dtor_reqty).dtor_context));
      }
    };
    static typeOfIf(r1, r2, r3) {
      if (!(((r1).dtor_ty).is_BoolType)) {
        return _64_Typechecker_Compile.Typing.create_IllTyped();
      } else  {
        let _source40 = ((r1).dtor_ty).dtor_bty;
        if (_source40.is_True) {
          if ((r2).is_Typed) {
            return _64_Typechecker_Compile.Typing.create_Typed((r2).dtor_ty, ((r1).dtor_caps).Union((r2).dtor_caps));
          } else  {
            return _64_Typechecker_Compile.Typing.create_IllTyped();
          }
        } else if (_source40.is_False) {
          return r3;
        } else  {
          if ((!((r2).is_Typed)) || (!((r3).is_Typed))) {
            return _64_Typechecker_Compile.Typing.create_IllTyped();
          } else  {
            let _source41 = _55_Types_Compile.__default.lub((r2).dtor_ty, (r3).dtor_ty);
            if (_source41.is_Some) {
              let _157_ty = (_source41).value;
              return _64_Typechecker_Compile.Typing.create_Typed(_157_ty, (((r1).dtor_caps).Union((r2).dtor_caps)).Intersect((r3).dtor_caps));
            } else  {
              return _64_Typechecker_Compile.Typing.create_IllTyped();
            }
          }
        }
      }
    };
    static typeOfAnd(r1, r2) {
      if (!(((r1).dtor_ty).is_BoolType)) {
        return _64_Typechecker_Compile.Typing.create_IllTyped();
      } else  {
        if (_dafny.areEqual(((r1).dtor_ty).dtor_bty, _55_Types_Compile.BoolType.create_False())) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_False());
        } else  {
          if ((!((r2).is_Typed)) || (!(((r2).dtor_ty).is_BoolType))) {
            return _64_Typechecker_Compile.Typing.create_IllTyped();
          } else  {
            if (_dafny.areEqual(((r2).dtor_ty).dtor_bty, _55_Types_Compile.BoolType.create_False())) {
              return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_False());
            } else  {
              return _64_Typechecker_Compile.Typing.create_Typed((_dafny.areEqual(((r2).dtor_ty).dtor_bty, _55_Types_Compile.BoolType.create_True())) ? ((r1).dtor_ty) : ((r2).dtor_ty), ((r1).dtor_caps).Union((r2).dtor_caps));
            }
          }
        }
      }
    };
    static typeOfOr(r1, r2) {
      if (!(((r1).dtor_ty).is_BoolType)) {
        return _64_Typechecker_Compile.Typing.create_IllTyped();
      } else  {
        if (_dafny.areEqual(((r1).dtor_ty).dtor_bty, _55_Types_Compile.BoolType.create_True())) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_True());
        } else  {
          if ((!((r2).is_Typed)) || (!(((r2).dtor_ty).is_BoolType))) {
            return _64_Typechecker_Compile.Typing.create_IllTyped();
          } else  {
            if (_dafny.areEqual(((r1).dtor_ty).dtor_bty, _55_Types_Compile.BoolType.create_False())) {
              return r2;
            } else  {
              let _source42 = ((r2).dtor_ty).dtor_bty;
              if (_source42.is_True) {
                return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_True());
              } else if (_source42.is_False) {
                return _64_Typechecker_Compile.Typing.create_Typed(_55_Types_Compile.CedarType.create_BoolType(_55_Types_Compile.BoolType.create_AnyBool()), (r1).dtor_caps);
              } else  {
                return _64_Typechecker_Compile.Typing.create_Typed(_55_Types_Compile.CedarType.create_BoolType(_55_Types_Compile.BoolType.create_AnyBool()), ((r1).dtor_caps).Intersect((r2).dtor_caps));
              }
            }
          }
        }
      }
    };
    static typeOfUnaryApp(op, ty) {
      let _source43 = op;
      if (_source43.is_Not) {
        if (!((ty).is_BoolType)) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          if (_dafny.areEqual((ty).dtor_bty, _55_Types_Compile.BoolType.create_AnyBool())) {
            return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
          } else  {
            return _64_Typechecker_Compile.__default.constant(_dafny.areEqual((ty).dtor_bty, _55_Types_Compile.BoolType.create_False()));
          }
        }
      } else if (_source43.is_Neg) {
        if (_dafny.areEqual(ty, _55_Types_Compile.CedarType.create_IntType())) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source43.is_IsEmpty) {
        if ((ty).is_SetOf) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source43.is_Like) {
        let _158___v2 = (_source43).p;
        if (_dafny.areEqual(ty, _55_Types_Compile.CedarType.create_StringType())) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else  {
        let _159_ety = (_source43).ety;
        if ((ty).is_EntityOf) {
          return _64_Typechecker_Compile.__default.constant(_dafny.areEqual((ty).dtor_ety, _159_ety));
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      }
    };
    static typeOfEq(ty1, ty2, x1, x2) {
      if (((x1).is_Lit) && ((x2).is_Lit)) {
        return _64_Typechecker_Compile.__default.constant(_dafny.areEqual((x1).dtor_p, (x2).dtor_p));
      } else  {
        if ((_55_Types_Compile.__default.lub(ty1, ty2)).is_Some) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          if (((ty1).is_EntityOf) && ((ty2).is_EntityOf)) {
            return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_False());
          } else  {
            return _64_Typechecker_Compile.Typing.create_IllTyped();
          }
        }
      }
    };
    static isEntityLit(x) {
      return ((x).is_Lit) && (((x).dtor_p).is_Entity);
    };
    static isActionLit(x, env) {
      return (_64_Typechecker_Compile.__default.isEntityLit(x)) && (((env).dtor_acts).contains(((x).dtor_p).dtor_uid));
    };
    static areEntityLits(x) {
      return ((x).is_SetExpr) && (_dafny.Quantifier(((x).dtor_elems).UniqueElements, true, function (_160_each) {
        return !(_dafny.Seq.contains((x).dtor_elems, _160_each)) || (_64_Typechecker_Compile.__default.isEntityLit(_160_each));
      }));
    };
    static typeOfInE(ety1, ety2, x1, x2, env) {
      if ((_64_Typechecker_Compile.__default.isActionLit(x1, env)) && (_64_Typechecker_Compile.__default.isEntityLit(x2))) {
        return _64_Typechecker_Compile.__default.constant(_55_Types_Compile.__default.descendantOf(((x1).dtor_p).dtor_uid, ((x2).dtor_p).dtor_uid, env));
      } else  {
        if (_55_Types_Compile.__default.maybeDescendantOf(ety1, ety2, env)) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_False());
        }
      }
    };
    static typeOfInS(ety1, ety2, x1, x2, env) {
      if ((_64_Typechecker_Compile.__default.isActionLit(x1, env)) && (_64_Typechecker_Compile.__default.areEntityLits(x2))) {
        return _64_Typechecker_Compile.__default.constant(_dafny.Quantifier(((x2).dtor_elems).UniqueElements, false, function (_161_each) {
          return (_dafny.Seq.contains((x2).dtor_elems, _161_each)) && (_55_Types_Compile.__default.descendantOf(((x1).dtor_p).dtor_uid, ((_161_each).dtor_p).dtor_uid, env));
        }));
      } else  {
        if (_55_Types_Compile.__default.maybeDescendantOf(ety1, ety2, env)) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_False());
        }
      }
    };
    static typeOfHasTag(ety, x, tag, c, env) {
      if (!((env).dtor_ets).contains(ety)) {
        if (_55_Types_Compile.__default.isActionType(ety, env)) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_False());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else  {
        if ((_55_Types_Compile.__default.tagsOf(((env).dtor_ets).get(ety))).is_None) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_False());
        } else  {
          if ((c).contains(_64_Typechecker_Compile.Capability.create_HasTheTag(x, tag))) {
            return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_True());
          } else  {
            return _64_Typechecker_Compile.Typing.create_Typed(_55_Types_Compile.CedarType.create_BoolType(_55_Types_Compile.BoolType.create_AnyBool()), _dafny.Set.fromElements(_64_Typechecker_Compile.Capability.create_HasTheTag(x, tag)));
          }
        }
      }
    };
    static typeOfGetTag(ety, x, tag, c, env) {
      if (((!((env).dtor_ets).contains(ety)) || ((_55_Types_Compile.__default.tagsOf(((env).dtor_ets).get(ety))).is_None)) || (!(c).contains(_64_Typechecker_Compile.Capability.create_HasTheTag(x, tag)))) {
        return _64_Typechecker_Compile.Typing.create_IllTyped();
      } else  {
        return _64_Typechecker_Compile.__default.ok((_55_Types_Compile.__default.tagsOf(((env).dtor_ets).get(ety))).dtor_value);
      }
    };
    static ifLubThenBool(ty1, ty2) {
      if ((_55_Types_Compile.__default.lub(ty1, ty2)).is_Some) {
        return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
      } else  {
        return _64_Typechecker_Compile.Typing.create_IllTyped();
      }
    };
    static typeOfBinaryApp(op, ty1, ty2, x1, x2, c, env) {
      let _source44 = op;
      if (_source44.is_Eq) {
        return _64_Typechecker_Compile.__default.typeOfEq(ty1, ty2, x1, x2);
      } else if (_source44.is_Mem) {
        if (((ty1).is_EntityOf) && ((ty2).is_EntityOf)) {
          return _64_Typechecker_Compile.__default.typeOfInE((ty1).dtor_ety, (ty2).dtor_ety, x1, x2, env);
        } else  {
          if ((((ty1).is_EntityOf) && ((ty2).is_SetOf)) && (((ty2).dtor_element).is_EntityOf)) {
            return _64_Typechecker_Compile.__default.typeOfInS((ty1).dtor_ety, ((ty2).dtor_element).dtor_ety, x1, x2, env);
          } else  {
            return _64_Typechecker_Compile.Typing.create_IllTyped();
          }
        }
      } else if (_source44.is_HasTag) {
        if (((ty1).is_EntityOf) && (_dafny.areEqual(ty2, _55_Types_Compile.CedarType.create_StringType()))) {
          return _64_Typechecker_Compile.__default.typeOfHasTag((ty1).dtor_ety, x1, x2, c, env);
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source44.is_GetTag) {
        if (((ty1).is_EntityOf) && (_dafny.areEqual(ty2, _55_Types_Compile.CedarType.create_StringType()))) {
          return _64_Typechecker_Compile.__default.typeOfGetTag((ty1).dtor_ety, x1, x2, c, env);
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source44.is_Less) {
        if ((_dafny.areEqual(ty1, ty2)) && (_64_Typechecker_Compile.__default.isOrdered(ty1))) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source44.is_LessEq) {
        if ((_dafny.areEqual(ty1, ty2)) && (_64_Typechecker_Compile.__default.isOrdered(ty1))) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source44.is_Add) {
        if ((_dafny.areEqual(ty1, _55_Types_Compile.CedarType.create_IntType())) && (_dafny.areEqual(ty2, _55_Types_Compile.CedarType.create_IntType()))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source44.is_Sub) {
        if ((_dafny.areEqual(ty1, _55_Types_Compile.CedarType.create_IntType())) && (_dafny.areEqual(ty2, _55_Types_Compile.CedarType.create_IntType()))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source44.is_Mul) {
        if ((_dafny.areEqual(ty1, _55_Types_Compile.CedarType.create_IntType())) && (_dafny.areEqual(ty2, _55_Types_Compile.CedarType.create_IntType()))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source44.is_Contains) {
        if ((ty1).is_SetOf) {
          return _64_Typechecker_Compile.__default.ifLubThenBool(ty2, (ty1).dtor_element);
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source44.is_ContainsAll) {
        if (((ty1).is_SetOf) && ((ty2).is_SetOf)) {
          return _64_Typechecker_Compile.__default.ifLubThenBool((ty1).dtor_element, (ty2).dtor_element);
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else  {
        if (((ty1).is_SetOf) && ((ty2).is_SetOf)) {
          return _64_Typechecker_Compile.__default.ifLubThenBool((ty1).dtor_element, (ty2).dtor_element);
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      }
    };
    static isOrdered(ty) {
      return ((_dafny.areEqual(ty, _55_Types_Compile.CedarType.create_IntType())) || (_dafny.areEqual(ty, _55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DatetimeType())))) || (_dafny.areEqual(ty, _55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DurationType())));
    };
    static hasAttrInRecord(rty, x, a, c, knownToExist) {
      if (!(rty).contains(a)) {
        return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_False());
      } else  {
        if (((c).contains(_64_Typechecker_Compile.Capability.create_HasAttribute(x, a))) || ((((rty).get(a)).dtor_isRequired) && (knownToExist))) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_True());
        } else  {
          return _64_Typechecker_Compile.Typing.create_Typed(_55_Types_Compile.CedarType.create_BoolType(_55_Types_Compile.BoolType.create_AnyBool()), _dafny.Set.fromElements(_64_Typechecker_Compile.Capability.create_HasAttribute(x, a)));
        }
      }
    };
    static typeOfHasAttr(ty, x, a, c, env) {
      if ((ty).is_RecordOf) {
        return _64_Typechecker_Compile.__default.hasAttrInRecord((ty).dtor_rty, x, a, c, true);
      } else  {
        if (!((ty).is_EntityOf)) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          if (((env).dtor_ets).contains((ty).dtor_ety)) {
            return _64_Typechecker_Compile.__default.hasAttrInRecord(_55_Types_Compile.__default.attrsOf(((env).dtor_ets).get((ty).dtor_ety)), x, a, c, false);
          } else  {
            if (_55_Types_Compile.__default.isActionType((ty).dtor_ety, env)) {
              return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_False());
            } else  {
              return _64_Typechecker_Compile.Typing.create_IllTyped();
            }
          }
        }
      }
    };
    static getAttrInRecord(rty, x, a, c) {
      if (((rty).contains(a)) && ((((rty).get(a)).dtor_isRequired) || ((c).contains(_64_Typechecker_Compile.Capability.create_HasAttribute(x, a))))) {
        return _64_Typechecker_Compile.__default.ok(((rty).get(a)).dtor_ty);
      } else  {
        return _64_Typechecker_Compile.Typing.create_IllTyped();
      }
    };
    static typeOfGetAttr(ty, x, a, c, env) {
      if ((ty).is_RecordOf) {
        return _64_Typechecker_Compile.__default.getAttrInRecord((ty).dtor_rty, x, a, c);
      } else  {
        if (((ty).is_EntityOf) && (((env).dtor_ets).contains((ty).dtor_ety))) {
          return _64_Typechecker_Compile.__default.getAttrInRecord(_55_Types_Compile.__default.attrsOf(((env).dtor_ets).get((ty).dtor_ety)), x, a, c);
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      }
    };
    static lubAll(ty, tys) {
      if (_dafny.areEqual(tys, _dafny.Seq.of())) {
        return _0_Values_Compile.Option.create_Some(ty);
      } else  {
        let _source45 = _55_Types_Compile.__default.lub(ty, (tys)[new BigNumber(0)]);
        if (_source45.is_None) {
          return _0_Values_Compile.Option.create_None();
        } else  {
          let _162_both = (_source45).value;
          return _64_Typechecker_Compile.__default.lubAll(_162_both, (tys).slice(new BigNumber(1)));
        }
      }
    };
    static typeOfSet(tys) {
      if (_dafny.areEqual(tys, _dafny.Seq.of())) {
        return _64_Typechecker_Compile.Typing.create_IllTyped();
      } else  {
        let _source46 = _64_Typechecker_Compile.__default.lubAll((tys)[new BigNumber(0)], (tys).slice(new BigNumber(1)));
        if (_source46.is_None) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          let _163_ty = (_source46).value;
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_SetOf(_163_ty));
        }
      }
    };
    static typeOfConstructor(parsed, ty) {
      if (parsed) {
        return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_ExtOf(ty));
      } else  {
        return _64_Typechecker_Compile.Typing.create_IllTyped();
      }
    };
    static typeOfCall(f, tys, xs) {
      let _164_literal = ((((new BigNumber((xs).length)).isEqualTo(new BigNumber(1))) && (((xs)[new BigNumber(0)]).is_Lit)) && ((((xs)[new BigNumber(0)]).dtor_p).is_String)) ? (_0_Values_Compile.Option.create_Some((((xs)[new BigNumber(0)]).dtor_p).dtor_s)) : (_0_Values_Compile.Option.create_None());
      let _165_decimals = _dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DecimalType()), _55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DecimalType())));
      let _source47 = f;
      if (_source47.is_DecimalFun) {
        return _64_Typechecker_Compile.__default.typeOfConstructor(((_164_literal).is_Some) && ((_13_Decimals_Compile.__default.parseDecimal((_164_literal).dtor_value)).is_Some), _55_Types_Compile.ExtType.create_DecimalType());
      } else if (_source47.is_IPFun) {
        return _64_Typechecker_Compile.__default.typeOfConstructor(((_164_literal).is_Some) && ((_17_IPAddrs_Compile.__default.parseIP((_164_literal).dtor_value)).is_Some), _55_Types_Compile.ExtType.create_IPAddrType());
      } else if (_source47.is_DatetimeFun) {
        return _64_Typechecker_Compile.__default.typeOfConstructor(((_164_literal).is_Some) && ((_21_Datetimes_Compile.__default.parseDatetime((_164_literal).dtor_value)).is_Some), _55_Types_Compile.ExtType.create_DatetimeType());
      } else if (_source47.is_DurationFun) {
        return _64_Typechecker_Compile.__default.typeOfConstructor(((_164_literal).is_Some) && ((_21_Datetimes_Compile.__default.parseDuration((_164_literal).dtor_value)).is_Some), _55_Types_Compile.ExtType.create_DurationType());
      } else if (_source47.is_LessThan) {
        if (_165_decimals) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_LessThanOrEqual) {
        if (_165_decimals) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_GreaterThan) {
        if (_165_decimals) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_GreaterThanOrEqual) {
        if (_165_decimals) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_IsIpv4) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_IPAddrType())))) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_IsIpv6) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_IPAddrType())))) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_IsLoopback) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_IPAddrType())))) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_IsMulticast) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_IPAddrType())))) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_IsInRange) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_IPAddrType()), _55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_IPAddrType())))) {
          return _64_Typechecker_Compile.__default.okBool(_55_Types_Compile.BoolType.create_AnyBool());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_Offset) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DatetimeType()), _55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DurationType())))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DatetimeType()));
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_DurationSince) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DatetimeType()), _55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DatetimeType())))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DurationType()));
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_ToDate) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DatetimeType())))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DatetimeType()));
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_ToTime) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DatetimeType())))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DurationType()));
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_ToMilliseconds) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DurationType())))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_ToSeconds) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DurationType())))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_ToMinutes) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DurationType())))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_ToHours) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DurationType())))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else if (_source47.is_ToDays) {
        if (_dafny.areEqual(tys, _dafny.Seq.of(_55_Types_Compile.CedarType.create_ExtOf(_55_Types_Compile.ExtType.create_DurationType())))) {
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_IntType());
        } else  {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        }
      } else  {
        return _64_Typechecker_Compile.Typing.create_IllTyped();
      }
    };
    static typeOf(x, c, env) {
      let _source48 = x;
      if (_source48.is_Lit) {
        let _166_p = (_source48).p;
        return _64_Typechecker_Compile.__default.typeOfLit(_166_p, env);
      } else if (_source48.is_Var) {
        let _167_v = (_source48).v;
        return _64_Typechecker_Compile.__default.typeOfVar(_167_v, env);
      } else if (_source48.is_Ite) {
        let _168_test = (_source48).test;
        let _169_thenExpr = (_source48).thenExpr;
        let _170_elseExpr = (_source48).elseExpr;
        let _171_r1 = _64_Typechecker_Compile.__default.typeOf(_168_test, c, env);
        if ((_171_r1).is_IllTyped) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          return _64_Typechecker_Compile.__default.typeOfIf(_171_r1, _64_Typechecker_Compile.__default.typeOf(_169_thenExpr, (c).Union((_171_r1).dtor_caps), env), _64_Typechecker_Compile.__default.typeOf(_170_elseExpr, c, env));
        }
      } else if (_source48.is_And) {
        let _172_left = (_source48).a;
        let _173_right = (_source48).b;
        let _174_r1 = _64_Typechecker_Compile.__default.typeOf(_172_left, c, env);
        if ((_174_r1).is_IllTyped) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          return _64_Typechecker_Compile.__default.typeOfAnd(_174_r1, _64_Typechecker_Compile.__default.typeOf(_173_right, (c).Union((_174_r1).dtor_caps), env));
        }
      } else if (_source48.is_Or) {
        let _175_left = (_source48).a;
        let _176_right = (_source48).b;
        let _177_r1 = _64_Typechecker_Compile.__default.typeOf(_175_left, c, env);
        if ((_177_r1).is_IllTyped) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          return _64_Typechecker_Compile.__default.typeOfOr(_177_r1, _64_Typechecker_Compile.__default.typeOf(_176_right, c, env));
        }
      } else if (_source48.is_UnaryApp) {
        let _178_op = (_source48).op1;
        let _179_arg = (_source48).arg;
        let _180_r = _64_Typechecker_Compile.__default.typeOf(_179_arg, c, env);
        if ((_180_r).is_IllTyped) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          return _64_Typechecker_Compile.__default.typeOfUnaryApp(_178_op, (_180_r).dtor_ty);
        }
      } else if (_source48.is_BinaryApp) {
        let _181_op = (_source48).op2;
        let _182_left = (_source48).a;
        let _183_right = (_source48).b;
        let _184_r1 = _64_Typechecker_Compile.__default.typeOf(_182_left, c, env);
        let _185_r2 = _64_Typechecker_Compile.__default.typeOf(_183_right, c, env);
        if (((_184_r1).is_IllTyped) || ((_185_r2).is_IllTyped)) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          return _64_Typechecker_Compile.__default.typeOfBinaryApp(_181_op, (_184_r1).dtor_ty, (_185_r2).dtor_ty, _182_left, _183_right, c, env);
        }
      } else if (_source48.is_HasAttr) {
        let _186_expr = (_source48).expr;
        let _187_attr = (_source48).attr;
        let _188_r = _64_Typechecker_Compile.__default.typeOf(_186_expr, c, env);
        if ((_188_r).is_IllTyped) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          return _64_Typechecker_Compile.__default.typeOfHasAttr((_188_r).dtor_ty, _186_expr, _187_attr, c, env);
        }
      } else if (_source48.is_GetAttr) {
        let _189_expr = (_source48).expr;
        let _190_attr = (_source48).attr;
        let _191_r = _64_Typechecker_Compile.__default.typeOf(_189_expr, c, env);
        if ((_191_r).is_IllTyped) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          return _64_Typechecker_Compile.__default.typeOfGetAttr((_191_r).dtor_ty, _189_expr, _190_attr, c, env);
        }
      } else if (_source48.is_SetExpr) {
        let _192_elems = (_source48).elems;
        let _source49 = _64_Typechecker_Compile.__default.typeOfSeq(_192_elems, c, env);
        if (_source49.is_None) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          let _193_tys = (_source49).value;
          return _64_Typechecker_Compile.__default.typeOfSet(_193_tys);
        }
      } else if (_source48.is_RecordExpr) {
        let _194_fields = (_source48).fields;
        let _source50 = _64_Typechecker_Compile.__default.typeOfFields(_194_fields, c, env);
        if (_source50.is_None) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          let _195_rty = (_source50).value;
          return _64_Typechecker_Compile.__default.ok(_55_Types_Compile.CedarType.create_RecordOf(_195_rty));
        }
      } else  {
        let _196_xfn = (_source48).xfn;
        let _197_args = (_source48).args;
        let _source51 = _64_Typechecker_Compile.__default.typeOfSeq(_197_args, c, env);
        if (_source51.is_None) {
          return _64_Typechecker_Compile.Typing.create_IllTyped();
        } else  {
          let _198_tys = (_source51).value;
          return _64_Typechecker_Compile.__default.typeOfCall(_196_xfn, _198_tys, _197_args);
        }
      }
    };
    static typeOfSeq(xs, c, env) {
      if (_dafny.areEqual(xs, _dafny.Seq.of())) {
        return _0_Values_Compile.Option.create_Some(_dafny.Seq.of());
      } else  {
        let _199_r = _64_Typechecker_Compile.__default.typeOf((xs)[new BigNumber(0)], c, env);
        let _200_rest = _64_Typechecker_Compile.__default.typeOfSeq((xs).slice(new BigNumber(1)), c, env);
        if (((_199_r).is_Typed) && ((_200_rest).is_Some)) {
          return _0_Values_Compile.Option.create_Some(_dafny.Seq.Concat(_dafny.Seq.of((_199_r).dtor_ty), (_200_rest).dtor_value));
        } else  {
          return _0_Values_Compile.Option.create_None();
        }
      }
    };
    static typeOfFields(fields, c, env) {
      if (_dafny.areEqual(fields, _dafny.Seq.of())) {
        return _0_Values_Compile.Option.create_Some(_dafny.Map.of());
      } else  {
        let _201_r = _64_Typechecker_Compile.__default.typeOf(((fields)[new BigNumber(0)])[1], c, env);
        let _202_rest = _64_Typechecker_Compile.__default.typeOfFields((fields).slice(new BigNumber(1)), c, env);
        if (((_201_r).is_Typed) && ((_202_rest).is_Some)) {
          return _0_Values_Compile.Option.create_Some(((_202_rest).dtor_value).update(((fields)[new BigNumber(0)])[0], _55_Types_Compile.QualifiedType.create_Qualified((_201_r).dtor_ty, true)));
        } else  {
          return _0_Values_Compile.Option.create_None();
        }
      }
    };
  };
  return $module;
})(); // end of module _64_Typechecker_Compile
let _66_Validator_Compile = (function() {
  let $module = {};
  $module.Schema = class Schema {
    constructor(tag) { this.$tag = tag; }
    static create_Schema(ets,acts) {
      let $dt = new Schema(0);
      $dt.ets = ets;
      $dt.acts = acts;
      return $dt;
    }
    get is_Schema() { return this.$tag === 0; }
    get dtor_ets() { return this.ets; }
    get dtor_acts() { return this.acts; }
    toString() {
      if (this.$tag === 0) {
        return "_66_Validator_Compile.Schema.Schema" + "(" + _dafny.toString(this.ets) + ", " + _dafny.toString(this.acts) + ")";
      } else  {
        return "<unexpected>";
      }
    }
    equals(other) {
      if (this === other) {
        return true;
      } else if (this.$tag === 0) {
        return other.$tag === 0 && _dafny.areEqual(this.ets, other.ets) && _dafny.areEqual(this.acts, other.acts);
      } else  {
        return false; // unexpected
      }
    }
    static Rtd() {
      return class {
        static get Default() {
          return _66_Validator_Compile.Schema.create_Schema(_dafny.Map.Empty, _dafny.Map.Empty);
        }
      };
    }
  }
  $module.__default = class __default {
    constructor () {
      this._tname = "_66_Validator_Compile._default";
    }
    static environments(s) {
      return function () {
        let _coll6 = new _dafny.Set();
        for (const _compr_7 of ((s).dtor_acts).Keys.Elements) { let _203_action = _compr_7;
          for (const _compr_8 of ((((s).dtor_acts).get(_203_action)).dtor_appliesToPrincipal).Elements) { let _204_principal = _compr_8;
            for (const _compr_9 of ((((s).dtor_acts).get(_203_action)).dtor_appliesToResource).Elements) { let _205_resource = _compr_9;
              if (((((s).dtor_acts).contains(_203_action)) && (((((s).dtor_acts).get(_203_action)).dtor_appliesToPrincipal).contains(_204_principal))) && (((((s).dtor_acts).get(_203_action)).dtor_appliesToResource).contains(_205_resource))) {
                _coll6.add(_55_Types_Compile.TypeEnv.create_TypeEnv((s).dtor_ets, (s).dtor_acts, _55_Types_Compile.RequestType.create_RequestType(_204_principal, _203_action, _205_resource, (((s).dtor_acts).get(_203_action)).dtor_context)));
              }
            }
          }
        }
        return _coll6;
      }();
    };
    static substituteAction(uid, x) {
      let _source52 = x;
      if (_source52.is_Lit) {
        let _206___v0 = (_source52).p;
        return x;
      } else if (_source52.is_Var) {
        let _207_v = (_source52).v;
        if (_dafny.areEqual(_207_v, _28_Exprs_Compile.Var.create_Action())) {
          return _28_Exprs_Compile.Expr.create_Lit(_0_Values_Compile.Value.create_Entity(uid));
        } else  {
          return x;
        }
      } else if (_source52.is_Ite) {
        let _208_test = (_source52).test;
        let _209_a = (_source52).thenExpr;
        let _210_b = (_source52).elseExpr;
        return _28_Exprs_Compile.Expr.create_Ite(_66_Validator_Compile.__default.substituteAction(uid, _208_test), _66_Validator_Compile.__default.substituteAction(uid, _209_a), _66_Validator_Compile.__default.substituteAction(uid, _210_b));
      } else if (_source52.is_And) {
        let _211_a = (_source52).a;
        let _212_b = (_source52).b;
        return _28_Exprs_Compile.Expr.create_And(_66_Validator_Compile.__default.substituteAction(uid, _211_a), _66_Validator_Compile.__default.substituteAction(uid, _212_b));
      } else if (_source52.is_Or) {
        let _213_a = (_source52).a;
        let _214_b = (_source52).b;
        return _28_Exprs_Compile.Expr.create_Or(_66_Validator_Compile.__default.substituteAction(uid, _213_a), _66_Validator_Compile.__default.substituteAction(uid, _214_b));
      } else if (_source52.is_UnaryApp) {
        let _215_op = (_source52).op1;
        let _216_arg = (_source52).arg;
        return _28_Exprs_Compile.Expr.create_UnaryApp(_215_op, _66_Validator_Compile.__default.substituteAction(uid, _216_arg));
      } else if (_source52.is_BinaryApp) {
        let _217_op = (_source52).op2;
        let _218_a = (_source52).a;
        let _219_b = (_source52).b;
        return _28_Exprs_Compile.Expr.create_BinaryApp(_217_op, _66_Validator_Compile.__default.substituteAction(uid, _218_a), _66_Validator_Compile.__default.substituteAction(uid, _219_b));
      } else if (_source52.is_GetAttr) {
        let _220_expr = (_source52).expr;
        let _221_attr = (_source52).attr;
        return _28_Exprs_Compile.Expr.create_GetAttr(_66_Validator_Compile.__default.substituteAction(uid, _220_expr), _221_attr);
      } else if (_source52.is_HasAttr) {
        let _222_expr = (_source52).expr;
        let _223_attr = (_source52).attr;
        return _28_Exprs_Compile.Expr.create_HasAttr(_66_Validator_Compile.__default.substituteAction(uid, _222_expr), _223_attr);
      } else if (_source52.is_SetExpr) {
        let _224_elems = (_source52).elems;
        return _28_Exprs_Compile.Expr.create_SetExpr(_66_Validator_Compile.__default.substituteInSeq(uid, _224_elems));
      } else if (_source52.is_RecordExpr) {
        let _225_fields = (_source52).fields;
        return _28_Exprs_Compile.Expr.create_RecordExpr(_66_Validator_Compile.__default.substituteInFields(uid, _225_fields));
      } else  {
        let _226_xfn = (_source52).xfn;
        let _227_args = (_source52).args;
        return _28_Exprs_Compile.Expr.create_Call(_226_xfn, _66_Validator_Compile.__default.substituteInSeq(uid, _227_args));
      }
    };
    static substituteInSeq(uid, xs) {
      if (_dafny.areEqual(xs, _dafny.Seq.of())) {
        return _dafny.Seq.of();
      } else  {
        return _dafny.Seq.Concat(_dafny.Seq.of(_66_Validator_Compile.__default.substituteAction(uid, (xs)[new BigNumber(0)])), _66_Validator_Compile.__default.substituteInSeq(uid, (xs).slice(new BigNumber(1))));
      }
    };
    static substituteInFields(uid, fields) {
      if (_dafny.areEqual(fields, _dafny.Seq.of())) {
        return _dafny.Seq.of();
      } else  {
        return _dafny.Seq.Concat(_dafny.Seq.of(_dafny.Tuple.of(((fields)[new BigNumber(0)])[0], _66_Validator_Compile.__default.substituteAction(uid, ((fields)[new BigNumber(0)])[1]))), _66_Validator_Compile.__default.substituteInFields(uid, (fields).slice(new BigNumber(1))));
      }
    };
    static typeOfPolicy(p, env) {
      return _64_Typechecker_Compile.__default.typeOf(_66_Validator_Compile.__default.substituteAction(((env).dtor_reqty).dtor_action, _35_Policies_Compile.__default.policyToExpr(p)), _dafny.Set.fromElements(), env);
    };
    static typechecks(p, env) {
      return ((_66_Validator_Compile.__default.typeOfPolicy(p, env)).is_Typed) && (((_66_Validator_Compile.__default.typeOfPolicy(p, env)).dtor_ty).is_BoolType);
    };
    static namesAreDeclared(x, s) {
      let _source53 = x;
      if (_source53.is_Lit) {
        let _228_p = (_source53).p;
        return !((_228_p).is_Entity) || (_55_Types_Compile.__default.isValidEntityUID((_228_p).dtor_uid, _66_Validator_Compile.__default.anyEnvironment(s)));
      } else if (_source53.is_Var) {
        let _229___v1 = (_source53).v;
        return true;
      } else if (_source53.is_Ite) {
        let _230_test = (_source53).test;
        let _231_a = (_source53).thenExpr;
        let _232_b = (_source53).elseExpr;
        return ((_66_Validator_Compile.__default.namesAreDeclared(_230_test, s)) && (_66_Validator_Compile.__default.namesAreDeclared(_231_a, s))) && (_66_Validator_Compile.__default.namesAreDeclared(_232_b, s));
      } else if (_source53.is_And) {
        let _233_a = (_source53).a;
        let _234_b = (_source53).b;
        return (_66_Validator_Compile.__default.namesAreDeclared(_233_a, s)) && (_66_Validator_Compile.__default.namesAreDeclared(_234_b, s));
      } else if (_source53.is_Or) {
        let _235_a = (_source53).a;
        let _236_b = (_source53).b;
        return (_66_Validator_Compile.__default.namesAreDeclared(_235_a, s)) && (_66_Validator_Compile.__default.namesAreDeclared(_236_b, s));
      } else if (_source53.is_UnaryApp) {
        let _237_op = (_source53).op1;
        let _238_arg = (_source53).arg;
        return (_66_Validator_Compile.__default.namesAreDeclared(_238_arg, s)) && (!((_237_op).is_Is) || ((((s).dtor_ets).contains((_237_op).dtor_ety)) || (_55_Types_Compile.__default.isActionType((_237_op).dtor_ety, _66_Validator_Compile.__default.anyEnvironment(s)))));
      } else if (_source53.is_BinaryApp) {
        let _239___v2 = (_source53).op2;
        let _240_a = (_source53).a;
        let _241_b = (_source53).b;
        return (_66_Validator_Compile.__default.namesAreDeclared(_240_a, s)) && (_66_Validator_Compile.__default.namesAreDeclared(_241_b, s));
      } else if (_source53.is_GetAttr) {
        let _242_expr = (_source53).expr;
        let _243___v3 = (_source53).attr;
        return _66_Validator_Compile.__default.namesAreDeclared(_242_expr, s);
      } else if (_source53.is_HasAttr) {
        let _244_expr = (_source53).expr;
        let _245___v4 = (_source53).attr;
        return _66_Validator_Compile.__default.namesAreDeclared(_244_expr, s);
      } else if (_source53.is_SetExpr) {
        let _246_elems = (_source53).elems;
        return _dafny.Quantifier((_246_elems).UniqueElements, true, function (_247_each) {
          return !(_dafny.Seq.contains(_246_elems, _247_each)) || (_66_Validator_Compile.__default.namesAreDeclared(_247_each, s));
        });
      } else if (_source53.is_RecordExpr) {
        let _248_fields = (_source53).fields;
        return _dafny.Quantifier((_248_fields).UniqueElements, true, function (_249_field) {
          return !(_dafny.Seq.contains(_248_fields, _249_field)) || (_66_Validator_Compile.__default.namesAreDeclared((_249_field)[1], s));
        });
      } else  {
        let _250___v5 = (_source53).xfn;
        let _251_args = (_source53).args;
        return _dafny.Quantifier((_251_args).UniqueElements, true, function (_252_each) {
          return !(_dafny.Seq.contains(_251_args, _252_each)) || (_66_Validator_Compile.__default.namesAreDeclared(_252_each, s));
        });
      }
    };
    static anyEnvironment(s) {
      return _55_Types_Compile.TypeEnv.create_TypeEnv((s).dtor_ets, (s).dtor_acts, _55_Types_Compile.RequestType.create_RequestType("", _0_Values_Compile.EntityUID.create_EntityUID("", ""), "", _dafny.Map.of()));
    };
    static validates(p, s) {
      return (_66_Validator_Compile.__default.namesAreDeclared(_35_Policies_Compile.__default.policyToExpr(p), s)) && (_dafny.Quantifier((_66_Validator_Compile.__default.environments(s)).Elements, true, function (_253_env) {
        return !((_66_Validator_Compile.__default.environments(s)).contains(_253_env)) || (_66_Validator_Compile.__default.typechecks(p, _253_env));
      }));
    };
    static requestIsValid(req, s) {
      return _dafny.Quantifier((_66_Validator_Compile.__default.environments(s)).Elements, false, function (_254_env) {
        return ((_66_Validator_Compile.__default.environments(s)).contains(_254_env)) && (_55_Types_Compile.__default.requestConforms(req, _254_env));
      });
    };
    static entitiesAreValid(es, s) {
      return _dafny.Quantifier((_66_Validator_Compile.__default.environments(s)).Elements, true, function (_255_env) {
        return !((_66_Validator_Compile.__default.environments(s)).contains(_255_env)) || (_55_Types_Compile.__default.entitiesConform(es, _255_env));
      });
    };
  };
  return $module;
})(); // end of module _66_Validator_Compile
let _module = (function() {
  let $module = {};
  return $module;
})(); // end of module _module
export {
  BigNumber,
  _dafny as dafny,
  _0_Values_Compile as Values,
  _3_EntityStore_Compile as EntityStore,
  _6_Wildcard_Compile as Wildcard,
  _11_Text_Compile as Text,
  _13_Decimals_Compile as Decimals,
  _17_IPAddrs_Compile as IPAddrs,
  _21_Datetimes_Compile as Datetimes,
  _23_ExtFuns_Compile as ExtFuns,
  _28_Exprs_Compile as Exprs,
  _31_Evaluator_Compile as Evaluator,
  _35_Policies_Compile as Policies,
  _37_Authorizer_Compile as Authorizer,
  _40_Templates_Compile as Templates,
  _43_Hierarchy_Compile as Hierarchy,
  _48_EarlyExit_Compile as EarlyExit,
  _55_Types_Compile as Types,
  _64_Typechecker_Compile as Typechecker,
  _66_Validator_Compile as Validator,
};
