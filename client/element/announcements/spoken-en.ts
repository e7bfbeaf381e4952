import type { Spoken } from './spoken-words.ts';

export const spoken: Spoken = {
  greeting: 'Thank you for waiting.',
  next: 'You are next in line.',
  place: place => `You are number ${place} in line.`,
  placeMore: 'There are at least 9 people ahead of you.',
  waitMinute: 'We expect to answer within a minute.',
  wait: minutes => `We expect to answer within ${minutes} minutes.`,
  waitMore: 'It may take more than 20 minutes.',
};
