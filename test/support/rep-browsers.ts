import { afterAll, afterEach, expect } from 'vitest';
import { openBrowser, type Person } from './browser.ts';

/** Opens browsers of reps in Berlin for one file of tests: closed at its end, and after each test none may have complained. */
export function repBrowsers(): () => Promise<Person> {
  const opened: Person[] = [];
  afterEach(() => {
    // What the server refuses is told in words on the page; the browser notes it as an error all the same.
    const complaints = opened.flatMap(person => person.complaints);
    expect(complaints.filter(text => !/status of 4\d\d/.test(text))).toEqual([]);
  });
  afterAll(() => Promise.all(opened.map(person => person.close())));
  return async () => {
    const person = await openBrowser(880, { locale: 'en-GB', timezoneId: 'Europe/Berlin' });
    opened.push(person);
    return person;
  };
}
