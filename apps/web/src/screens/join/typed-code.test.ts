import { describe, expect, it } from 'vitest';
import { codeFrom, inviteFrom } from './typed-code.ts';

describe('a typed code', () => {
  it.each(['KTRM-4726', 'ktrm4726', ' ktrm 47 26 ', 'KTRM–4726', 'ＫＴＲＭ４７２６'])(
    '%s is KTRM-4726',
    (typed) => {
      expect(codeFrom(typed)).toBe('KTRM-4726');
    },
  );

  it.each(['', 'KTRM', 'KTRM-47261'])('“%s” is none', (typed) => {
    expect(codeFrom(typed)).toBeNull();
  });

  it('may be the whole link', () => {
    expect(inviteFrom('https://mend.example/join#iabc')).toBe('iabc');
    expect(inviteFrom('KTRM-4726')).toBeNull();
  });
});
