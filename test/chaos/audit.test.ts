/** Known holes in what we depend on, as the registry tells them. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { figure, figureNotAsked } from '../support/figures.ts';

type Answer = { metadata?: { vulnerabilities?: Record<'low' | 'moderate' | 'high' | 'critical', number> } };

test('S81 no package that we depend on has a known hole that is high or critical', () => {
  const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8' });
  const found = (JSON.parse(stdout || '{}') as Answer).metadata?.vulnerabilities;
  if (!found) {
    // Offline, or a mirror that only hands out packages: no answer is not a good answer.
    figureNotAsked('23-audit', 'the registry answers no audits here');
    return;
  }
  expect({ high: found.high, critical: found.critical }).toEqual({ high: 0, critical: 0 });
  figure('23-audit', `${found.moderate} moderate, ${found.low} low, none above`);
});
