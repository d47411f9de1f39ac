/**
 * A textarea shows every line end as LF. Words from elsewhere may hold CR and CRLF, which the document keeps, so
 * positions in the two differ by the CRs that have an LF behind them.
 */

/** The words as a textarea gives them back. */
export const asShown = (words: string): string =>
  words.includes('\r') ? words.replace(/\r\n?/g, '\n') : words;

/** Where the position `at` of the words (UTF-16 code units) is in what is shown. */
export const shownIndex = (words: string, at: number): number => asShown(words.slice(0, at)).length;
