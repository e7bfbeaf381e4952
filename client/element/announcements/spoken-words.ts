/** What a browser says in one language, where the shop has no recording. Whole sentences: they follow each other. */
export type Spoken = {
  greeting: string;
  next: string;
  /** Second to ninth. */
  place: (place: number) => string;
  /** The tenth or later. */
  placeMore: string;
  waitMinute: string;
  /** At most 2, 5, 10 or 20. */
  wait: (minutes: number) => string;
  waitMore: string;
};
