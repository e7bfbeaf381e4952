/** How the button of a site looks, and what pictures people may send for it. */
import { z } from 'zod';
import { places, shapes, themes } from './appearance-choices.ts';
import { limits } from './limits.ts';
import { refused } from './refusals.ts';

const distance = z
  .number({ error: refused('number') })
  .int(refused('wholeNumber'))
  .min(0, refused('tooSmall', { least: 0 }))
  .max(limits.maxButtonEdgePx, refused('tooLarge', { most: limits.maxButtonEdgePx }));

/** The name of a kept picture: what is in it, hashed, and its kind. */
export const imageName = z.string().regex(/^[\w-]{43}\.(png|jpg|webp)$/, refused('noSuchPicture'));

export const appearance = z.strictObject({
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, refused('notAColour', { example: '#0b7657' }))
    .toLowerCase()
    .nullable()
    .describe('The main colour; null for ours, one on light pages and one on dark ones'),
  logo: imageName.nullable().describe('A picture, under `/images/`, in the place of the handset'),
  photos: z.boolean().describe('Shoppers see the photo of the rep they talk to'),
  place: z.enum(places),
  side: distance.describe('From the side of the window, px'),
  bottom: distance.describe('From the bottom of the window, px'),
  shape: z.enum(shapes),
  theme: z.enum(themes),
});
export type Appearance = z.output<typeof appearance>;
