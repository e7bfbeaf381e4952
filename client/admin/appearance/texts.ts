import { figure, wordsOf } from '../../ui/words.ts';
import { least } from './contrast.ts';

const words = wordsOf('appearance');

/** Never said to reach what it does not. */
const toTenths = (ratio: number) =>
  figure(ratio, { minimumFractionDigits: 1, maximumFractionDigits: 1, roundingMode: 'floor' });
const ofText = (ratio: number) => ({ ratio: toTenths(ratio), least: figure(least.text) });
const ofShape = (ratio: number) => ({ ratio: toTenths(ratio), least: figure(least.shape) });

/** The words of the page about how the button looks. */
export const appearanceTexts = {
  ...words,
  textOn: (ratio: number) => words.textOn(ofText(ratio)),
  shapeOn: {
    light: (ratio: number) => words.shapeOn.light(ofShape(ratio)),
    dark: (ratio: number) => words.shapeOn.dark(ofShape(ratio)),
  },
  shapeLost: {
    light: (ratio: number) => words.shapeLost.light(ofShape(ratio)),
    dark: (ratio: number) => words.shapeLost.dark(ofShape(ratio)),
  },
} as const;
