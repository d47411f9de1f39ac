/**
 * Who can be called, by country. The numbers are those of the project's safety rules; whoever runs this checks them
 * again, and moves the date, before it is offered to people.
 */
export const HELP_LINES_AS_OF = '2026-11-23';

export interface HelpLine {
  readonly number: string;
  /** As a phone dials it. */
  readonly dial: string;
  readonly about: string;
}

export const HELP_LINES: readonly { readonly country: string; readonly lines: readonly HelpLine[] }[] = [
  {
    country: 'United Kingdom',
    lines: [
      { number: '0808 2000 247', dial: '08082000247', about: 'Violence or control at home, day and night' },
    ],
  },
  {
    country: 'United States',
    lines: [
      { number: '1-800-799-7233', dial: '18007997233', about: 'Violence or control at home, day and night' },
      { number: '988', dial: '988', about: 'If you may hurt yourself, day and night' },
    ],
  },
  {
    country: 'European Union',
    lines: [{ number: '112', dial: '112', about: 'If there is danger now' }],
  },
];
