/** Call time: minutes and seconds, hours too from the first on. */
export function clock(ms: number, tag: string): string {
  return new Intl.DateTimeFormat(tag, {
    ...(ms < 3_600_000 ? {} : { hour: 'numeric' }),
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
  }).format(Math.max(0, ms));
}
