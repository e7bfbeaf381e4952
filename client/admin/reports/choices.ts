/** What the server can be asked for, without its validators. */
import type { ReportPart, ReportPeriod } from '../../../shared/api/reports.ts';

export type { ReportPart, ReportPeriod };
export const reportPeriods = ['today', 'week', 'month', 'days'] as const satisfies readonly ReportPeriod[];
export const reportParts = [
  ...['day', 'hour', 'weekday', 'site', 'queue', 'rep', 'page', 'language'],
] as const satisfies readonly string[] as readonly ReportPart[];
