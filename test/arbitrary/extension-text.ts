/**
 * Extension text — texts like those that extension constructors take, made of their parts: each part may be at an edge or beyond it.
 */
import type { Random } from './random.ts';

const DIGITS = ['0', '1', '9', '00', '01', '10', '59', '60', '99', '255', '256', '127', '224', '23', '24'] as const;
const HEX = ['0', '1', 'f', 'ffff', 'FF02', 'ff00', '0001', '10000', 'g', '::', '12'] as const;

export const EXTENSION_TEXT_MAKERS = {
  decimal: (random: Random) => {
    const whole = random.pick([
      '0',
      '1',
      '-1',
      '00',
      '922337203685477',
      '-922337203685477',
      '922337203685478',
      '-',
      '',
    ]);
    const fraction = random.pick(['0', '5807', '5808', '5809', '1', '01', '10000', '12345', '']);
    return random.chance(90) ? `${whole}.${fraction}` : `${whole}${fraction}`;
  },
  ip: (random: Random) => {
    const prefix = random.chance(40)
      ? `/${random.pick(['0', '1', '4', '7', '8', '32', '33', '127', '128', '129', '00', ''])}`
      : '';
    if (random.chance(40))
      return random.list(4, random.chance(90) ? 4 : 5, () => random.pick(DIGITS)).join('.') + prefix;
    const groups: string[] = random.list(random.chance(70) ? 6 : 1, 9, () =>
      random.pick(HEX.slice(0, random.chance(85) ? 7 : HEX.length)),
    );
    if (random.chance(60)) groups.splice(random.int(groups.length + 1), 0, '');
    if (groups[0] === '') groups.unshift('');
    if (groups.at(-1) === '') groups.push('');
    return groups.join(':') + prefix;
  },
  datetime: (random: Random) => {
    const two = (...edges: string[]) => random.pick(['01', '10', ...edges]);
    const year = random.pick(['0000', '1900', '1970', '2000', '2023', '2024', '9999', '999', '10000']);
    const date = `${year}-${two('02', '04', '12', '00', '13')}-${two('28', '29', '30', '31', '00', '32')}`;
    if (random.chance(25)) return date;
    const time = `${two('00', '23', '24')}:${two('00', '59', '60')}:${two('00', '59', '60')}`;
    const ms = random.pick(['', '', '.000', '.999', '.1', '.']);
    const offset = random.pick([
      'Z',
      'Z',
      '',
      'z',
      `${random.pick(['+', '-'])}${two('00', '23', '24')}${two('00', '59', '60')}`,
    ]);
    return `${date}T${time}${ms}${offset}`;
  },
  duration: (random: Random) => {
    const sign = random.pick(['', '', '-', '+']);
    const units = random.some(['d', 'h', 'm', 's', 'ms'], 50);
    if (random.chance(5)) units.reverse();
    const amount = () => random.pick(['0', '1', '25', '999', '106751991167', '9223372036854775807', '00', '']);
    return sign + units.map((unit) => `${random.chance(85) ? random.int(100) : amount()}${unit}`).join('');
  },
} as const;
