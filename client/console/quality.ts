/** Words for a mean opinion score, 1 to 4.5. Below 3 is where voice SDKs commonly warn. */
export type QualityGrade = 'excellent' | 'good' | 'fair' | 'poor';

/** What the codec reaches on a perfect line. */
export const mostMos = 4.5;

/** The grade of one direction. */
export function gradeOf(mos: number): QualityGrade {
  if (mos >= 4.2) return 'excellent';
  if (mos >= 3.8) return 'good';
  if (mos >= 3) return 'fair';
  return 'poor';
}

/** A talk is as good as its worse direction; `null` until one of them is measured. */
export function worseOf(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  if (b === null) return a;
  return Math.min(a, b);
}
