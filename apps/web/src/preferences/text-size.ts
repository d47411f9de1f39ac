import { tabPreference } from './tab-preference.ts';

/** In per cent of the page's own size. */
export const TEXT_SIZES = ['100', '125', '150', '200'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export const textSize = tabPreference<TextSize>({
  key: 'mend:text-size',
  values: TEXT_SIZES,
  otherwise: '100',
  apply: (size) => {
    document.documentElement.dataset.textSize = size;
  },
});

/** The size one step up or down; the same one at either end. */
export function nextSize(size: TextSize, direction: 'smaller' | 'larger'): TextSize {
  const at = TEXT_SIZES.indexOf(size) + (direction === 'larger' ? 1 : -1);
  return TEXT_SIZES[at] ?? size;
}
