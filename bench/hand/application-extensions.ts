/**
 * Extension values by hand — the texts of a context become numbers, without garbage: an address as 32 bits, a time as milliseconds, a decimal as
 * ten-thousandths, a duration as milliseconds.
 */
import type { RequestJson, Scenario } from '../scenario/scenario.ts';

interface Call {
  readonly __extn: { readonly arg: string };
}

interface Context {
  readonly ip: Call;
  readonly at: Call;
  readonly amount: Call;
  readonly age: Call;
}

interface User {
  readonly role: string;
}

export interface ExtensionRequest {
  readonly principal: User;
  readonly action: string;
  readonly context: Context;
}

const JULY = Date.UTC(2025, 6, 1);
const HOUR = 3_600_000;

interface PreparedRequest {
  readonly principal: User;
  readonly action: string;
  readonly context: { readonly network: number; readonly time: number; readonly decimal: number; readonly ms: number };
}

export class ExtensionsByHand {
  readonly #users: ReadonlyMap<string, User>;

  constructor({ entities }: Scenario) {
    const users = entities.filter(({ uid }) => uid.type === 'User');
    this.#users = new Map(users.map(({ uid, attrs }) => [uid.id, { role: attrs.role as string }]));
  }

  handled({ principal, action, context }: RequestJson): ExtensionRequest {
    return { principal: this.#users.get(principal.id)!, action: action.id, context: context as unknown as Context };
  }

  isAllowed({ principal, action, context: { ip, at, amount, age } }: ExtensionRequest): boolean {
    const ms = durationOf(age.__extn.arg);
    if (ms > 10 * HOUR && principal.role !== 'admin') return false;
    if (addressOf(ip.__extn.arg) >>> 24 === 10 && Date.parse(at.__extn.arg) < JULY) return true;
    return action === 'view' && decimalOf(amount.__extn.arg) < 205_000 && ms <= HOUR;
  }

  /** The request with the values of its context worked out before. */
  prepared(request: RequestJson): PreparedRequest {
    const { principal, action, context } = this.handled(request);
    const { ip, at, amount, age } = context;
    const network = addressOf(ip.__extn.arg) >>> 24;
    const [time, decimal, ms] = [Date.parse(at.__extn.arg), decimalOf(amount.__extn.arg), durationOf(age.__extn.arg)];
    return { principal, action, context: { network, time, decimal, ms } };
  }

  isAllowedPrepared({ principal, action, context: { network, time, decimal, ms } }: PreparedRequest): boolean {
    if (ms > 10 * HOUR && principal.role !== 'admin') return false;
    if (network === 10 && time < JULY) return true;
    return action === 'view' && decimal < 205_000 && ms <= HOUR;
  }
}

function addressOf(text: string): number {
  let [address, part] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 46) part = part * 10 + code - 48;
    else {
      address = (address << 8) | part;
      part = 0;
    }
  }
  return (address << 8) | part;
}

function decimalOf(text: string): number {
  return Math.round(Number(text) * 10_000);
}

/** The milliseconds of hours and minutes. */
function durationOf(text: string): number {
  let [ms, n] = [0, 0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) n = n * 10 + code - 48;
    else {
      ms += n * (code === 104 ? HOUR : 60_000);
      n = 0;
    }
  }
  return ms;
}
