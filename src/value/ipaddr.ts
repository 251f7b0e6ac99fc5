/**
 * IP address — a version 4 or 6 address with a prefix length; host bits are kept.
 *
 * Spec:  Cedar.Spec.Ext.IPAddr
 */
import { type EvaluationFailure, extensionError } from './evaluation-error.ts';

export class IpAddr {
  readonly family: 4 | 6;
  /** 32 or 128 bits, unsigned: a number for version 4, a bigint for version 6. */
  readonly address: number | bigint;
  readonly prefix: number;

  constructor(family: 4 | 6, address: number | bigint, prefix: number) {
    this.family = family;
    this.address = address;
    this.prefix = prefix;
  }

  /** See type-name.ts. */
  get typeName(): string {
    return 'ipaddr';
  }

  /** See value-key.ts. */
  get key(): string {
    return `@ip(${this.family},${this.address},${this.prefix})`;
  }

  /** What `ip` takes, its prefix and every group written out. */
  toString(): string {
    const [parts, bits, base, separator] = this.family === 4 ? [4, 8, 10, '.'] : [8, 16, 16, ':'];
    const part = (i: number) => (BigInt(this.address) >> BigInt(bits * (parts - 1 - i))) & ((1n << BigInt(bits)) - 1n);
    return `${Array.from({ length: parts }, (_, i) => part(i).toString(base)).join(separator)}/${this.prefix}`;
  }

  /** Within 127.0.0.0/8, or exactly ::1. */
  isLoopback(): boolean {
    return typeof this.address === 'number'
      ? this.address >>> 24 === 127 && this.prefix >= 8
      : this.address === 1n && this.prefix === 128;
  }

  /** Within 224.0.0.0/4 or ff00::/8. */
  isMulticast(): boolean {
    return typeof this.address === 'number'
      ? this.address >>> 28 === 14 && this.prefix >= 4
      : this.address >> 120n === 0xffn && this.prefix >= 8;
  }

  /** Whether every address of this range is in `other`; never for two families. */
  isInRange(other: IpAddr): boolean {
    if (this.family !== other.family || this.prefix < other.prefix) return false;
    const hostBits = WIDTH[this.family] - other.prefix;
    return network(this.address, hostBits) === network(other.address, hostBits);
  }
}

const WIDTH = { 4: 32, 6: 128 } as const;

function network(address: number | bigint, hostBits: number): number | bigint {
  if (typeof address === 'bigint') return address >> BigInt(hostBits);
  return hostBits === 32 ? 0 : address >>> hostBits;
}

const HELP = 'valid IP strings are IPv4/IPv6 addresses or CIDR ranges like `127.0.0.1`, `127.0.0.1/24`, or `ffee::/64`';

/** As long as the longest version 6 range. */
const MAX_BYTES = 43;

/** An address of either version, or a range `address/prefix`. */
export function parseIpAddr(text: string): IpAddr | EvaluationFailure {
  if (utf8Length(text) > MAX_BYTES) {
    return invalid(`error parsing IP address from string \`${text}\`: string length is too large`);
  }
  if (/:.*:/s.test(text) && /\..*\./s.test(text)) {
    const reason = 'We do not accept IPv4 embedded in IPv6 (e.g., ::ffff:127.0.0.1)';
    return invalid(`error parsing IP address from string: ${reason}. Found: \`${text}\``);
  }
  const slash = text.indexOf('/');
  const part = slash < 0 ? text : text.slice(0, slash);
  const address = parseV4(part) ?? parseV6(part);
  if (address === undefined) {
    const where = `error parsing IP address from the string \`${part}\`: invalid IP address syntax`;
    return invalid(slash < 0 ? `invalid IP address: ${text}` : where);
  }
  const family = typeof address === 'number' ? 4 : 6;
  const prefix = slash < 0 ? WIDTH[family] : parsePrefix(text.slice(slash + 1), WIDTH[family]);
  return typeof prefix === 'number' ? new IpAddr(family, address, prefix) : prefix;
}

function invalid(reason: string): EvaluationFailure {
  return extensionError('ipaddr', reason, HELP);
}

function utf8Length(text: string): number {
  return text.length > MAX_BYTES ? text.length : new TextEncoder().encode(text).length;
}

function parsePrefix(text: string, max: 32 | 128): number | EvaluationFailure {
  const bytes = utf8Length(text);
  if (bytes > String(max).length) return invalid(`error parsing prefix: string length ${bytes} is too large`);
  if (/[^0-9]/.test(text)) return invalid(`error parsing prefix \`${text}\`: encountered non-digit`);
  if (/^0./.test(text)) return invalid(`error parsing prefix \`${text}\`: leading zero(s)`);
  if (text === '') {
    return invalid('error parsing prefix from the string ``: cannot parse integer from empty string');
  }
  // The official build reads an octet.
  if (Number(text) > 255) {
    return invalid(`error parsing prefix from the string \`${text}\`: number too large to fit in target type`);
  }
  return Number(text) <= max
    ? Number(text)
    : invalid(`error parsing prefix: ${Number(text)} is larger than the limit ${max}`);
}

/** Four decimal octets without leading zeros. */
function parseV4(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) < 256)) {
    return undefined;
  }
  return octets.reduce((address, octet) => address * 256 + Number(octet), 0);
}

/** Eight groups of hexadecimal digits; `::` stands for one or more groups of zero. */
function parseV6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  if (!groups.flat().every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined;
  const [head = [], tail = []] = groups;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  return [...head, ...Array<string>(missing).fill('0'), ...tail].reduce(
    (address, group) => (address << 16n) | BigInt(`0x${group}`),
    0n,
  );
}
