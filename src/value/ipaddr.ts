/**
 * IP address — a version 4 or 6 address with a prefix length; host bits are kept.
 *
 * Spec:  Cedar.Spec.Ext.IPAddr
 */

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

  /** See value-key.ts. */
  get key(): string {
    return `@ip(${this.family},${this.address},${this.prefix})`;
  }
}
