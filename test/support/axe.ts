/** Accessibility of what a page shows now, by axe-core. */
import axe from 'axe-core';
import type { Page } from 'playwright-core';

type Axe = {
  run(
    context: Document,
    options: object,
  ): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary: string }[] }[] }>;
};

/**
 * One line for each violation of WCAG 2.2 A and AA and of axe's best practices; empty is good. The page should be
 * in reduced motion: a screen that is still fading in would be judged by its half-way colours.
 */
export async function violations(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // All rules run; but to describe each place where one holds takes as long as to find out.
      resultTypes: ['violations'],
    });
    // Of the rest, which is long, nothing leaves the page.
    return violations;
  });
  return found.flatMap(({ id, nodes }) =>
    nodes.map(node => `${id} at ${JSON.stringify(node.target)}: ${node.failureSummary}`),
  );
}
