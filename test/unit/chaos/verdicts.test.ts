import { expect, test } from 'vitest';
import { table, verdicts } from '../../chaos/verdicts.ts';
import type { FigureId, Report } from '../../support/figures.ts';

const report = (id: FigureId, reached: string, asked = true): Report => ({ id, reached, asked });

test('S80 a figure is met when each test that reports it passed; unreported or failed it is missed, unasked neither', () => {
  const rows = verdicts(
    ['15-messages', '16-dtls', '18-held', '23-audit'],
    [
      { passed: true, reports: [report('15-messages', '100,000'), report('16-dtls', '5 of 5')] },
      { passed: false, reports: [report('16-dtls', '0 of 5')] },
      { passed: true, reports: [report('23-audit', 'no answer', false)] },
    ],
  );
  expect(rows.map(({ id, reached, verdict }) => [id, reached, verdict])).toEqual([
    ['15-messages', '100,000', 'met'],
    ['16-dtls', '5 of 5; 0 of 5', 'MISSED'],
    ['18-held', 'nothing was reported', 'MISSED'],
    ['23-audit', 'no answer', 'not asked'],
  ]);
  expect(table(rows).split('\n')).toHaveLength(5);
});
