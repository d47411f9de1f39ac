import { tabPreference } from './tab-preference.ts';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const theme = tabPreference<Theme>({
  key: 'mend:theme',
  values: THEMES,
  otherwise: 'system',
  apply: (value) => {
    document.documentElement.dataset.theme = value;
  },
});
