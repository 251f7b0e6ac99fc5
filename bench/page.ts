/**
 * Page — the rows of a run as charts: bars by rival for each scenario, logarithmic, and the time by size for each way to ask.
 */
import { writeFileSync } from 'node:fs';
import { shown } from './figure.ts';
import type { Row } from './row.ts';
import type { Result } from './table.ts';

const WIDTH = 900;
const LABEL = 420;
const COLOURS: Readonly<Record<string, string>> = { 'hand-written': '#5b6470', cedarmill: '#1f7a4d' };
const OTHER = '#b9895a';

export function writePage(file: string, { machine, rows }: Result): void {
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const sections = scenarios.map((scenario) =>
    section(
      scenario,
      rows.filter((row) => row.scenario === scenario),
    ),
  );
  writeFileSync(
    file,
    `<!doctype html><html lang="en"><meta charset="utf-8"><title>cedarmill benchmarks</title>
<style>body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
svg{width:100%;height:auto;margin:.5rem 0 1.5rem}text{font:12px system-ui,sans-serif;fill:#333}h2{margin-top:2.5rem}</style>
<h1>cedarmill benchmarks</h1><p>${escaped(machine)}. Medians: the time of a decision, or of what the row says; axes are logarithmic.</p>
${sections.join('\n')}</html>\n`,
  );
}

function section(scenario: string, rows: readonly Row[]): string {
  const decided = rows.every(({ unit }) => unit === undefined);
  return `<h2>${escaped(scenario)}</h2>${decided ? decisions(rows) : barChart(rows)}`;
}

/** By rival at the size where most are timed, and by size. */
function decisions(rows: readonly Row[]): string {
  const sizes = [...new Set(rows.map(({ size }) => size))];
  const counts = sizes.map((size) => rows.filter((row) => row.size === size).length);
  const fullest = sizes[counts.lastIndexOf(Math.max(...counts))]!;
  const bars = barChart(rows.filter(({ size }) => size === fullest));
  const lines = sizes.length > 1 ? `<h3>by size</h3>${lineChart(rows, sizes)}` : '';
  return `<h3>at ${fullest.toLocaleString('en-US')}</h3>${bars}${lines}`;
}

function barChart(rows: readonly Row[]): string {
  const scale = logarithmic(
    rows.map(({ nsPerDecision }) => nsPerDecision),
    0,
    WIDTH - LABEL - 100,
  );
  const bars = rows.map(({ engine, mode, size, nsPerDecision, unit }, i) => {
    const y = i * 22;
    const of = unit === undefined ? '' : ` (${size.toLocaleString('en-US')})`;
    const width = Math.max(2, scale(nsPerDecision));
    return `<text x="${LABEL - 8}" y="${y + 14}" text-anchor="end">${escaped(`${engine}, ${mode}${of}`)}</text>
<rect x="${LABEL}" y="${y + 3}" width="${width.toFixed(1)}" height="15" fill="${colourOf(engine)}"/>
<text x="${LABEL + width + 6}" y="${y + 14}">${shown(nsPerDecision, unit)}</text>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${rows.length * 22}">${bars.join('\n')}</svg>`;
}

function lineChart(rows: readonly Row[], sizes: readonly number[]): string {
  const ways = [...new Set(rows.map(({ engine, mode }) => `${engine}, ${mode}`))].filter(
    (way) => new Set(rows.filter((row) => `${row.engine}, ${row.mode}` === way).map(({ size }) => size)).size > 1,
  );
  const shownRows = rows.filter((row) => ways.includes(`${row.engine}, ${row.mode}`));
  const height = Math.max(260, ways.length * 16 + 40);
  const x = logarithmic(sizes, 74, WIDTH - LABEL);
  const y = logarithmic(
    shownRows.map(({ nsPerDecision }) => nsPerDecision),
    height - 30,
    15,
  );
  const lines = ways.map((way, i) => {
    const points = shownRows.filter((row) => `${row.engine}, ${row.mode}` === way);
    const path = points.map((row) => `${x(row.size).toFixed(1)},${y(row.nsPerDecision).toFixed(1)}`).join(' ');
    const colour = `hsl(${(i * 360) / ways.length} 55% 40%)`;
    return `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>
<text x="${WIDTH - LABEL + 18}" y="${20 + i * 16}" style="fill:${colour}">${escaped(way)}</text>`;
  });
  const ticks = sizes.map(
    (size) =>
      `<text x="${x(size).toFixed(1)}" y="${height - 8}" text-anchor="middle">${size.toLocaleString('en-US')}</text>`,
  );
  const times = shownRows.map(({ nsPerDecision }) => nsPerDecision);
  const ends = [Math.min(...times), Math.max(...times)].map(
    (value) => `<text x="62" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${shown(value)}</text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${height}">${[...lines, ...ticks, ...ends].join('\n')}</svg>`;
}

/** From the range of the values, a tenth wider below, to that of the picture. */
function logarithmic(values: readonly number[], from: number, to: number): (value: number) => number {
  const [low, high] = [Math.log(Math.min(...values) * 0.9), Math.log(Math.max(...values))];
  return (value) => from + ((Math.log(value) - low) / (high - low || 1)) * (to - from);
}

function colourOf(engine: string): string {
  return COLOURS[engine] ?? OTHER;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
