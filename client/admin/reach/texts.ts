import { wordsOf } from '../../ui/words.ts';

/** The words of the page that checks whether shoppers reach the shop. */
export const reachTexts = {
  ...wordsOf('reach'),
  onlyComputer: (network: string | null) =>
    `This address works on this very computer only.${network ? ` In your network it is ${network}.` : ''} Set PUBLIC_URL to the address that people use.`,
  setPublicUrl: (network: string | null) =>
    `Give the server a public name with https, and start it with PUBLIC_URL set to that address, such as https://voice.your-shop.com.${network ? ` Until then, other devices of your network reach it as ${network}.` : ''}`,
} as const;
