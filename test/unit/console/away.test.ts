import { expect, test } from 'vitest';
import { texts } from '../../../client/console/texts.ts';
import { reasonText } from '../../../client/ui/texts.ts';
import { givenAwayReasons, givenDeclineReasons } from '../../../shared/settings.ts';
import { consoleLanguages, readPart } from '../../../tools/i18n/console.ts';

test('R59 a status is shown with the reason that was chosen for it', () => {
  expect(texts.statusWords('away', 'Lunch')).toBe('Away: Lunch');
  expect(texts.statusWords('away', '')).toBe('Away');
  expect(texts.statusWords('available', '')).toBe('Available');
});

test('L62 a reason that comes with the product has words in each language; one of the team’s is shown as it is', () => {
  const given = [...givenAwayReasons, ...givenDeclineReasons];
  for (const language of consoleLanguages()) {
    const words = readPart(language, 'phone', 'common');
    expect(Object.keys(words).filter(id => id.startsWith('reason.'))).toEqual(
      given.map(code => code.replace('default:', 'reason.')),
    );
  }
  expect(given.map(reasonText)).toEqual(['Break', 'Lunch', 'Meeting', 'Busy right now', 'Not my topic']);
  expect(texts.statusWords('away', 'default:lunch')).toBe('Away: Lunch');
  for (const other of ['Lunch', 'lunch', 'default:of a newer server', 'default:toString'])
    expect(reasonText(other)).toBe(other);
});
