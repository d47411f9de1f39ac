import { type ReactNode, useState } from 'react';
import { leave } from '../../leave.ts';
import { en } from '../../locales/en.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Screen } from '../../ui/screen.tsx';
import { SettingsPanel } from '../settings/settings-panel.tsx';

/**
 * A `Screen` with the way out and the settings already in it: what every screen of the product is made of.
 *
 * - `end`: what stands in the bar before Settings (Pause)
 * - `settings`: further rows of the settings, for what one screen alone knows (sound, keep the screen on)
 * - the rest as in `Screen`
 */
export function Page(props: {
  readonly title: string;
  readonly end?: ReactNode;
  readonly settings?: ReactNode;
  readonly progress?: ReactNode;
  readonly above?: ReactNode;
  readonly foot?: ReactNode;
  readonly children?: ReactNode;
}) {
  const { end, settings, children, ...frame } = props;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Screen
        {...frame}
        leaveLabel={en.frame.leave}
        onLeave={leave}
        end={
          <>
            {end}
            <Button kind="bar" onPress={() => setOpen(true)}>
              {en.frame.settings}
            </Button>
          </>
        }
      >
        {children}
      </Screen>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={en.settings.title}
        closeLabel={en.frame.close}
        leaveLabel={en.frame.leave}
        onLeave={leave}
      >
        <SettingsPanel>{settings}</SettingsPanel>
      </Dialog>
    </>
  );
}
