/** How far each figure is from its goal, as bars: what goes past the line is missed. */
import type { Goal } from './benchmark.ts';
import { escaped, picture } from './chart.ts';
import type { Report } from './report.ts';

const row = 22;
const left = 70;
const barWidth = 420;
const textWidth = 360;
const heading = 'Share of what the goal allows: up to the line it is met';
/** At the end of the scale: twice of what the goal allows. */
const most = 2;

/** 1 is the goal itself; more misses it. */
const shareOfGoal = (goal: Goal, value: number) =>
  'atLeast' in goal ? goal.atLeast / value : value / goal.atMost;

export function goalChart({ benchmarks }: Pick<Report, 'benchmarks'>): string {
  const entries = Object.entries(benchmarks);
  const scale = (share: number) => (Math.min(share, most) / most) * barWidth;
  const rows = entries.map(([id, entry], index) => {
    const y = 44 + index * row;
    const name = `<text x="${left - 8}" y="${y + 12}" text-anchor="end" font-weight="600">${id}</text>`;
    const title = `<text x="${left + barWidth + 12}" y="${y + 12}" font-size="11">${escaped(short(entry.title))}</text>`;
    if ('failed' in entry) return `${name}${title}<text x="${left + 4}" y="${y + 12}">not measured</text>`;
    const share = shareOfGoal(entry.goal, entry.value);
    const colour = entry.met ? 'green' : 'orange';
    const beyond =
      share > most
        ? `<text class="ground" x="${left + barWidth - 40}" y="${y + 12}">${share.toFixed(1)} ×</text>`
        : '';
    return `${name}<rect class="fill-${colour}" x="${left}" y="${y + 2}" width="${scale(share).toFixed(1)}" height="${row - 8}" rx="2"/>${beyond}${title}`;
  });
  const height = 44 + entries.length * row + 12;
  const line = left + scale(1);
  return picture(
    { title: heading, width: left + barWidth + textWidth, height },
    [
      `<text x="${left}" y="20" font-weight="600">${heading}</text>`,
      `<path class="grid" d="M${line} 30V${height - 8}" stroke-width="2"/>`,
      ...rows,
    ].join('\n'),
  );
}

const short = (title: string) => (title.length > 56 ? `${title.slice(0, 55)}…` : title);
