/** A small chart as SVG: lines, dots, two axes from 0. */

type Point = readonly [x: number, y: number];
export type Series = { label: string; colour: string; points: readonly Point[]; as: 'line' | 'dots' };
export type Panel = { title: string; x: string; y: string; series: readonly Series[] };

const width = 460;
const height = 340;
const margin = { left: 56, right: 16, top: 34, bottom: 48 };

/** Panels side by side. */
export function chart(panels: readonly Panel[]): string {
  const all = panels.map(
    (panel, index) => `<g transform="translate(${index * width} 0)">${drawPanel(panel)}</g>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width * panels.length}" height="${height}" font-family="system-ui, sans-serif" font-size="12">
<rect width="100%" height="100%" fill="white"/>
${all.join('\n')}
</svg>
`;
}

function drawPanel({ title, x, y, series }: Panel): string {
  const points = series.flatMap(one => one.points);
  const most = [roundUp(Math.max(...points.map(p => p[0]))), roundUp(Math.max(...points.map(p => p[1])))];
  const place = ([px, py]: Point) => [
    margin.left + (px / (most[0] ?? 1)) * (width - margin.left - margin.right),
    height - margin.bottom - (py / (most[1] ?? 1)) * (height - margin.top - margin.bottom),
  ];
  const parts = [
    `<text x="${margin.left}" y="20" font-weight="600">${title}</text>`,
    `<text x="${width / 2}" y="${height - 12}" text-anchor="middle">${x}</text>`,
    `<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle">${y}</text>`,
  ];
  for (let tick = 0; tick <= 5; tick++) {
    const [ax = 0, ay = 0] = place([((most[0] ?? 1) * tick) / 5, ((most[1] ?? 1) * tick) / 5]);
    const [left = 0, bottom = 0] = place([0, 0]);
    const label = (value: number) => Number(value.toPrecision(3));
    parts.push(
      `<path d="M${left} ${ay}H${width - margin.right}" stroke="#ddd"/>`,
      `<text x="${left - 6}" y="${ay + 4}" text-anchor="end">${label(((most[1] ?? 1) * tick) / 5)}</text>`,
      `<text x="${ax}" y="${bottom + 18}" text-anchor="middle">${label(((most[0] ?? 1) * tick) / 5)}</text>`,
    );
  }
  for (const [index, { label, colour, points, as }] of series.entries()) {
    const placed = points.map(place);
    if (as === 'line')
      parts.push(
        `<polyline points="${placed.map(p => p.map(n => n.toFixed(1)).join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="2"/>`,
      );
    else
      for (const [cx = 0, cy = 0] of placed)
        parts.push(`<circle cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="4" fill="${colour}"/>`);
    const ly = margin.top + 14 + index * 16;
    parts.push(
      `<circle cx="${margin.left + 14}" cy="${ly - 4}" r="4" fill="${colour}"/>`,
      `<text x="${margin.left + 24}" y="${ly}">${label}</text>`,
    );
  }
  return parts.join('\n');
}

/** To one or two tidy digits. */
function roundUp(value: number): number {
  const unit = 10 ** Math.floor(Math.log10(value));
  return (Math.ceil((value / unit) * 2) / 2) * unit;
}
