/**
 * Chart — outcomes by construct as an SVG picture: one bar for each construct, its parts in proportion to what became of its policies.
 *
 * "No part" is left out, so that what happens more rarely can be seen.
 */
import { type CoverageData, OUTCOMES } from './coverage.ts';

const COLOURS = ['#2e7d4f', '#b3403a', '', '#8a6bbf', '#c58b2b', '#d9b44a', '#4a78b5', '#3aa6a0', '#7a7a7a'];
const [LEFT, WIDTH, STEP, TOP] = [150, 560, 15, 46];

export function outcomeChart({ table }: CoverageData): string {
  const rows = [...table].map(([name, row]) => [name, row.with(2, 0)] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  const height = TOP + rows.length * STEP + 10;
  const bars = rows.map(([name, row], i) => bar(name, row, TOP + i * STEP));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${LEFT + WIDTH + 90}" height="${height}" font-family="sans-serif" font-size="11">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...legend(),
    ...bars,
    '</svg>',
    '',
  ].join('\n');
}

function legend(): string[] {
  let x = 10;
  return OUTCOMES.flatMap((outcome, i) => {
    if (COLOURS[i] === '') return [];
    const at = x;
    x += 24 + outcome.length * 6.2;
    return [
      `<rect x="${at}" y="12" width="10" height="10" fill="${COLOURS[i]}"/>`,
      `<text x="${at + 14}" y="21">${outcome}</text>`,
    ];
  });
}

function bar(name: string, row: readonly number[], y: number): string {
  const total = row.reduce((sum, n) => sum + n, 0);
  let x = LEFT;
  const parts = row.map((n, i) => {
    const width = total === 0 ? 0 : (n / total) * WIDTH;
    const rect =
      width === 0
        ? ''
        : `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${STEP - 3}" fill="${COLOURS[i]}"/>`;
    x += width;
    return rect;
  });
  const label = `<text x="${LEFT - 6}" y="${y + 10}" text-anchor="end">${escaped(name)}</text>`;
  return `${label}${parts.join('')}<text x="${LEFT + WIDTH + 6}" y="${y + 10}" fill="#666">${total}</text>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
