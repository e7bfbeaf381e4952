/** The words of the test page. */
export const testPageTexts = {
  title: 'Try your button',
  lead: 'This page stands for a page of your shop. No page of your shop leads here.',
  steps: [
    'Press the button in the corner, as a customer would.',
    'Your console rings: answer there.',
    'Speak, and hear yourself. On one and the same device use a headset, or turn it down, or it whistles.',
  ],
  noSite: 'This address names no shop. Open the page from the set-up in your console.',
  /** Who calls, as the console shows it. */
  caller: 'Test call',
} as const;
