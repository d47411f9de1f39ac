/** Times in words, by this person's clock. */

const LOCALE = 'en-GB';

/** "23 November 2026" */
export const dayOf = (at: number): string =>
  new Intl.DateTimeFormat(LOCALE, { dateStyle: 'long' }).format(at);

/** "14:35" */
export const hourOf = (at: number): string =>
  new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' }).format(at);
