import { describe, expect, test } from 'vitest';
import { auditActions } from '../../../shared/domain.ts';
import { consoleLanguages, groups, partExpression, partsOf, readPart } from '../../../tools/i18n/console.ts';

/** Whichever group has it. */
const settings = (language: string, part: string) =>
  readPart(language, groups().find(group => partsOf(group).includes(part)) ?? '', part);

describe.each(consoleLanguages())('the settings in %s', language => {
  // "The shopper" stands for who gave no name: right as a first word only, where there are capital letters.
  test('L50 the shopper is the first word of each sentence about them where there are capital letters', () => {
    if (language === 'ar') return expect(settings('ar', 'story').theShopper).not.toMatch(/\p{Lu}/u);
    const about = Object.entries(settings(language, 'story')).filter(([, text]) =>
      text.includes('{shopper}'),
    );
    expect(about.length).toBeGreaterThan(20);
    for (const [id, text] of about) expect(text, id).toMatch(/^\{shopper\} /);
  });

  test('L50 each kind of change is a sentence of its own, with who did it and to what', () => {
    const words = readPart(language, 'changes', 'changes');
    const sentences = auditActions.map(action => words[`did.${action}`] ?? '');
    expect(new Set(sentences).size).toBe(auditActions.length);
    for (const sentence of sentences) expect(sentence).toMatch(/\{who\}/);
    const ofEnglish = readPart('en', 'changes', 'changes');
    const english = auditActions.map(action => ofEnglish[`did.${action}`]!);
    expect(sentences.map(text => text.includes('{of}'))).toEqual(english.map(text => text.includes('{of}')));
  });

  test.each([
    ['blocked', 'unblock', 'unblockWho'],
    ['reach', 'allowShort', 'allow'],
    ['reach', 'notMineShort', 'notMine'],
    ['team', 'withdraw', 'withdrawFrom'],
    ['team', 'addReason', 'addReasonTo'],
  ])('L51 what is spoken of a button has what is written on it: %s.%s', (part, written, spoken) => {
    const words = settings(language, part);
    expect(words[spoken]!.toLowerCase()).toContain(words[written]!.toLowerCase());
  });
});

test('L50 in Arabic names are set apart in the sentences of a story', () => {
  const compiled = new Function('n', 'p', 'd', 's', `return ${partExpression(settings('ar', 'story'))}`)(
    String,
    String,
    String,
    (text: string) => `\u2068${text}\u2069`,
  );
  expect(compiled.declinedBecause({ rep: 'Ana', reason: 'busy' })).toMatch(
    /\u2068Ana\u2069.*\u2068busy\u2069/,
  );
});
