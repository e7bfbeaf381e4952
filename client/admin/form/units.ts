/** Lengths of time as a person writes them: a number and a unit. */
export const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;
export type Unit = keyof typeof unitMs;
