/** How something is, for who does not see its sign. */
export const verdicts = { ok: 'All good', attention: 'Have a look', broken: 'Broken' } as const;
