/** Puts values into a sentence's `{places}`; a place without a value stays as it is, so that it is noticed. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
