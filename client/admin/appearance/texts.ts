import type { Appearance } from '../../../shared/appearance.ts';
import type { Previewed } from '../../preview/main.ts';
import type { Ground } from './contrast.ts';

const ratio = (value: number) =>
  new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    // Never said to reach what it does not.
    Math.floor(value * 10) / 10,
  );

/** The words of the page about how the button looks. */
export const appearanceTexts = {
  title: 'Appearance',
  lead: 'How your button looks. What is written on the tag in your page comes before what you choose here.',
  shop: 'Shop',
  colour: 'Colour',
  colourLead: 'Of the round picture on the button and of everything that one presses.',
  colourCode: 'Colour as a code',
  colourCodeHint: 'Such as #0b7657.',
  ours: 'Use our green',
  textOn: (value: number) => `What is written on it stays readable (contrast ${ratio(value)} of 4.5 needed).`,
  shapeOn: {
    light: value => `On light pages it is easy to see (contrast ${ratio(value)} of 3 needed).`,
    dark: value => `On dark pages it is easy to see (contrast ${ratio(value)} of 3 needed).`,
  } satisfies Record<Ground, (value: number) => string>,
  shapeLost: {
    light: value => `On light pages it is hard to see (contrast ${ratio(value)}, and 3 is needed).`,
    dark: value => `On dark pages it is hard to see (contrast ${ratio(value)}, and 3 is needed).`,
  } satisfies Record<Ground, (value: number) => string>,
  nearest: (code: string) => `The nearest colour that everybody sees is ${code}.`,
  take: (code: string) => `Use ${code}`,
  pictures: 'Pictures',
  logo: 'Logo',
  logoHint:
    'In the place of the handset. A PNG, JPEG or WebP picture, best a square one; it is made small here.',
  noLogo: 'Use the handset',
  logoShown: 'Your logo',
  photos: 'Shoppers see the photo of who answers',
  photosHint: 'Everybody puts theirs in at “Your account”; who has none is shown by their initials.',
  place: 'Where it stands',
  placeIs: {
    end: {
      label: 'Bottom right',
      lead: 'At the end of the line of writing: on the left in Arabic or Hebrew.',
    },
    start: { label: 'Bottom left', lead: 'At the beginning of the line: on the right in Arabic or Hebrew.' },
    inline: { label: 'In the page', lead: 'Where the tag is written, among your own words.' },
  } satisfies Record<Appearance['place'], { label: string; lead: string }>,
  side: 'Distance from the side',
  bottom: 'Distance from the bottom',
  pixels: 'pixels',
  shape: 'Shape',
  shapeIs: {
    pill: { label: 'Pill', lead: 'Round at both ends.' },
    rounded: { label: 'Rounded', lead: 'With soft corners.' },
    square: { label: 'Square', lead: 'With sharp corners.' },
    round: { label: 'Picture only', lead: 'A circle without words; screen readers still say them.' },
  } satisfies Record<Appearance['shape'], { label: string; lead: string }>,
  theme: 'Light or dark',
  themeIs: {
    auto: { label: 'As the page', lead: 'Light on light pages, dark on dark ones.' },
    light: { label: 'Always light', lead: '' },
    dark: { label: 'Always dark', lead: '' },
  } satisfies Record<Appearance['theme'], { label: string; lead: string }>,
  preview: 'Preview',
  previewLead: 'This is the button itself, not a picture of it.',
  moment: 'Moment',
  momentIs: {
    idle: 'Before a call',
    waiting: 'In line',
    talking: 'Talking',
  } satisfies Record<Previewed['state'], string>,
  page: 'Page',
  pageIs: { light: 'Light page', dark: 'Dark page' } satisfies Record<Previewed['scheme'], string>,
  onPhone: 'On a phone',
  onDesktop: 'On a computer',
} as const;
