import type { ReactNode } from 'react';
import { en } from '../../locales/en.ts';
import { fill } from '../../locales/fill.ts';
import { sharedPhone } from '../../preferences/shared-phone.ts';
import { nextSize, textSize } from '../../preferences/text-size.ts';
import { THEMES, theme } from '../../preferences/theme.ts';
import { useTabPreference } from '../../preferences/use-tab-preference.ts';
import { ChoiceList } from '../../ui/choice-list.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './settings-panel.module.css';

/** How the page looks and what the phone keeps. `children`: further rows of the screen it opened on. */
export function SettingsPanel(props: { readonly children?: ReactNode }) {
  const look = useTabPreference(theme);
  const shared = useTabPreference(sharedPhone);
  const words = en.settings;
  return (
    <>
      <p className={styles.quiet}>{words.whose}</p>
      <TextSize />
      <ChoiceList
        label={words.theme}
        choices={THEMES.map((id) => ({ id, label: words[id] }))}
        chosen={look}
        onChoose={theme.choose}
        direction="row"
      />
      {props.children}
      <Switch
        label={words.sharedPhone}
        hint={words.sharedPhoneHint}
        on={shared === 'on'}
        onChange={(on) => sharedPhone.choose(on ? 'on' : 'off')}
        onLabel={words.yes}
        offLabel={words.no}
      />
      <p className={styles.quiet}>{words.leaving}</p>
    </>
  );
}

function TextSize() {
  const size = useTabPreference(textSize);
  const words = en.settings;
  return (
    <fieldset className={styles.sizes}>
      <legend className={styles.legend}>{words.textSize}</legend>
      <div className={styles.steps}>
        <button
          type="button"
          aria-label={`A− ${words.smaller}`}
          className={styles.step}
          data-step="smaller"
          onClick={() => textSize.choose(nextSize(size, 'smaller'))}
        >
          A−
        </button>
        <button
          type="button"
          aria-label={words.usual}
          aria-pressed={size === '100'}
          className={styles.step}
          data-step="usual"
          onClick={() => textSize.choose('100')}
        >
          A
        </button>
        <button
          type="button"
          aria-label={`A+ ${words.larger}`}
          className={styles.step}
          data-step="larger"
          onClick={() => textSize.choose(nextSize(size, 'larger'))}
        >
          A+
        </button>
      </div>
      <p role="status" className={styles.quiet}>
        {fill(words.sizeNow, { size })}
      </p>
    </fieldset>
  );
}
