/**
 * fast-check — the same generators as a fast-check arbitrary: its seed drives them, and failing cases shrink by their structure.
 */
import fc from 'fast-check';
import { arbitraryCase, arbitraryFlavour, type Case, type CaseSize, type Flavour, SMALL } from './case.ts';
import { printCase } from './golden.ts';
import { Random } from './random.ts';
import { smaller } from './shrink.ts';

class CaseArbitrary extends fc.Arbitrary<Case> {
  readonly #flavour: Flavour | undefined;
  readonly #size: CaseSize;

  constructor(flavour: Flavour | undefined, size: CaseSize) {
    super();
    this.#flavour = flavour;
    this.#size = size;
  }

  override generate(mrng: fc.Random): fc.Value<Case> {
    const random = new Random(mrng.nextInt() >>> 0, mrng.nextInt());
    const given = arbitraryCase(random, this.#flavour ?? arbitraryFlavour(random), this.#size);
    return new fc.Value(printable(given), undefined);
  }

  override canShrinkWithoutContext(_value: unknown): _value is Case {
    return false;
  }

  override shrink(value: Case): fc.Stream<fc.Value<Case>> {
    return fc.Stream.of(value).flatMap((given) => new fc.Stream(values(given)));
  }
}

function* values(given: Case): IterableIterator<fc.Value<Case>> {
  for (const candidate of smaller(given)) yield new fc.Value(printable(candidate), undefined);
}

/** fast-check prints it as a golden folder. */
function printable(given: Case): Case {
  return Object.assign(given, { [fc.toStringMethod]: () => `\n${printCase(given)}` });
}

export function anyCase(flavour?: Flavour, size: CaseSize = SMALL): fc.Arbitrary<Case> {
  return new CaseArbitrary(flavour, size);
}
