/** Small charts as SVG, for pages that are light or dark: they follow what the reader's system prefers, on a ground of their own. */

type Point = readonly [x: number, y: number];
export type Colour = 'blue' | 'orange' | 'green' | 'purple' | 'pale-blue' | 'pale-orange';
export type Series = {
  label: string;
  colour: Colour;
  points: readonly Point[];
  as: 'line' | 'dots' | 'both';
};
export type Panel = { title: string; x: string; y: string; series: readonly Series[] };

const width = 460;
const height = 340;
const margin = { left: 64, right: 20, top: 34, bottom: 48 };

/** GitHub's own colours of text and lines, in both of its schemes. */
const schemes = {
  light: {
    ...{ ground: '#ffffff', text: '#1f2328', grid: '#d1d9e0' },
    ...{ blue: '#0969da', orange: '#bc4c00', green: '#1a7f37', purple: '#8250df' },
    ...{ 'pale-blue': '#8bb8ea', 'pale-orange': '#dfa37f' },
  },
  dark: {
    ...{ ground: '#0d1117', text: '#e6edf3', grid: '#30363d' },
    ...{ blue: '#58a6ff', orange: '#f0883e', green: '#3fb950', purple: '#bc8cff' },
    ...{ 'pale-blue': '#2f5a8f', 'pale-orange': '#8a5330' },
  },
} as const satisfies Record<string, Record<Colour | 'ground' | 'text' | 'grid', string>>;

const rules = (colours: Record<string, string>) =>
  Object.entries(colours)
    .map(([name, value]) =>
      name === 'grid'
        ? `.grid{stroke:${value}}`
        : name === 'ground' || name === 'text'
          ? `${name === 'text' ? 'text' : '.ground'}{fill:${value}}`
          : `.fill-${name}{fill:${value}}.line-${name}{stroke:${value}}`,
    )
    .join('');

/** A whole picture around what is drawn; `title` for who does not see it. */
export function picture(
  { title, width, height }: { title: string; width: number; height: number },
  drawn: string,
): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<style>${rules(schemes.light)}@media (prefers-color-scheme:dark){${rules(schemes.dark)}}</style>
<rect class="ground" width="100%" height="100%" rx="6"/>
${drawn}
</svg>
`;
}

export const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Panels side by side, so many in a row. */
export function chart(panels: readonly Panel[], inARow = panels.length): string {
  const all = panels.map(
    (panel, index) =>
      `<g transform="translate(${(index % inARow) * width} ${Math.floor(index / inARow) * height})">${drawPanel(panel)}</g>`,
  );
  const rows = Math.ceil(panels.length / inARow);
  const size = { width: width * Math.min(inARow, panels.length), height: height * rows };
  return picture({ title: panels.map(panel => panel.title).join('; '), ...size }, all.join('\n'));
}

function drawPanel({ title, x, y, series }: Panel): string {
  const points = series.flatMap(one => one.points);
  const [mostX, mostY] = [0, 1].map(axis => roundUp(Math.max(...points.map(p => p[axis] ?? 0)))) as [
    number,
    number,
  ];
  const place = ([px, py]: Point): Point => [
    margin.left + (px / mostX) * (width - margin.left - margin.right),
    height - margin.bottom - (py / mostY) * (height - margin.top - margin.bottom),
  ];
  const parts = [
    `<text x="${margin.left}" y="20" font-weight="600">${escaped(title)}</text>`,
    `<text x="${width / 2}" y="${height - 12}" text-anchor="middle">${escaped(x)}</text>`,
    `<text transform="translate(16 ${height / 2}) rotate(-90)" text-anchor="middle">${escaped(y)}</text>`,
  ];
  const bottom = height - margin.bottom;
  for (let tick = 0; tick <= 5; tick++) {
    const [ax, ay] = place([(mostX * tick) / 5, (mostY * tick) / 5]);
    const label = (value: number) => Number(value.toPrecision(3));
    parts.push(
      `<path class="grid" d="M${margin.left} ${ay}H${width - margin.right}"/>`,
      `<text x="${margin.left - 6}" y="${ay + 4}" text-anchor="end">${label((mostY * tick) / 5)}</text>`,
      `<text x="${ax}" y="${bottom + 18}" text-anchor="middle">${label((mostX * tick) / 5)}</text>`,
    );
  }
  for (const [index, { label, colour, points, as }] of series.entries()) {
    const placed = points.map(place);
    if (as !== 'dots')
      parts.push(
        `<polyline class="line-${colour}" points="${placed.map(p => p.map(n => n.toFixed(1)).join(',')).join(' ')}" fill="none" stroke-width="2"/>`,
      );
    if (as !== 'line')
      for (const [cx, cy] of placed)
        parts.push(`<circle class="fill-${colour}" cx="${cx.toFixed(1)}" cy="${cy.toFixed(1)}" r="4"/>`);
    const ly = margin.top + 14 + index * 16;
    parts.push(
      `<circle class="fill-${colour}" cx="${margin.left + 14}" cy="${ly - 4}" r="4"/>`,
      `<text x="${margin.left + 24}" y="${ly}">${escaped(label)}</text>`,
    );
  }
  return parts.join('\n');
}

/** To one or two tidy digits. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const unit = 10 ** Math.floor(Math.log10(value));
  return (Math.ceil((value / unit) * 2) / 2) * unit;
}
