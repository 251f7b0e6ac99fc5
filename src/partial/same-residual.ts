/**
 * Same residual — whether two residuals are the same expression, and whether one was among those before.
 *
 * Technique: a shape of one level tells most of them apart; only those of one shape are printed, and their texts compared.
 */
import { residualToCedar } from './print.ts';
import { type Residual, writtenSize } from './residual.ts';

/** Nodes that are compared by their text; larger ones are not compared. */
const COMPARED = 64;

export function isAlike(a: Residual, b: Residual): boolean {
  if (shapeOf(a) !== shapeOf(b)) return false;
  const text = textOf(a);
  return text !== '' && text === textOf(b);
}

/** The residuals so far, by their shapes. */
export class Seen {
  readonly #first = new Map<string, Residual>();
  readonly #texts = new Map<string, Set<string>>();

  /** Adds one, and says whether the same was there before. */
  add(r: Residual): boolean {
    const shape = shapeOf(r);
    const first = this.#first.get(shape);
    if (first === undefined) {
      this.#first.set(shape, r);
      return false;
    }
    const texts = this.#texts.get(shape) ?? new Set([textOf(first)]);
    this.#texts.set(shape, texts);
    const text = textOf(r);
    if (text !== '' && texts.has(text)) return true;
    texts.add(text);
    return false;
  }
}

/** Text that is the same for equal residuals; empty for what is too large to be compared. */
function textOf(r: Residual): string {
  return writtenSize(r, COMPARED) > COMPARED ? '' : residualToCedar(r);
}

/** The same for residuals that are the same; the other way round it need not be. */
function shapeOf(r: Residual): string {
  switch (r.kind) {
    case 'binaryApp':
      return `${r.op} ${labelOf(r.left)} ${labelOf(r.right)}`;
    case 'unaryApp':
      return `${r.op.kind} ${labelOf(r.arg)}`;
    default:
      return labelOf(r);
  }
}

function labelOf(r: Residual): string {
  switch (r.kind) {
    case 'var':
      return r.name;
    case 'getAttr':
      return `.${r.attr}`;
    case 'hasAttr':
      return `has ${r.attrs[0]}`;
    case 'binaryApp':
      return r.op;
    case 'unaryApp':
      return r.op.kind;
    default:
      return r.kind;
  }
}
