/** The words that remind an owner of a set-up that is not finished. */
export const firstRunReminderTexts = {
  reminder: (done: number, of: number) =>
    `Your shop is not fully set up yet: ${done} of ${of} steps are done.`,
  goOn: 'Go on',
  dismiss: 'Do not show this again',
} as const;
