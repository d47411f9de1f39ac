import { tabPreference } from './tab-preference.ts';

/** On a phone that others use too, no words are put into the tab's storage. Off at first, so that a reload costs none. */
export const sharedPhone = tabPreference<'on' | 'off'>({
  key: 'mend:shared-phone',
  values: ['on', 'off'],
  otherwise: 'off',
});
