import { expect, test } from 'vitest';
import { Stage } from '../../support/stage.ts';

test('S39 what a queue says and offers to those who wait changes for them at once', async () => {
  const stage = await Stage.open();
  const { ana } = await stage.talk();
  const sam = await stage.shopper();
  expect(await sam.untilState('waiting')).toMatchObject({
    message: '',
    callback: { page: true, phone: false },
    announcements: { everyMs: 60_000, clips: {} },
  });
  await ana.account.patchQueue(stage.origin, {
    texts: { every: { waiting: 'We are unpacking a delivery.', closed: '', noRep: '', full: '' } },
    callback: {
      page: false,
      phone: true,
      numbers: { countries: 'any', premium: false, own: null },
      tries: 1,
      retryMs: 60_000,
      expireMs: 3_600_000,
    },
    announcements: { everyMs: 0, clips: {} },
  });
  const view = await sam.signaling.until(view => view.state === 'waiting' && view.message !== '');
  expect(view).toMatchObject({
    message: 'We are unpacking a delivery.',
    callback: { page: false, phone: true },
    announcements: null,
  });
});
