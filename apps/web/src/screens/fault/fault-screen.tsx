import { en } from '../../locales/en.ts';
import { Page } from '../../panels/page/page.tsx';
import { Button } from '../../ui/button.tsx';

/** A screen did not load, or broke. */
export function FaultScreen() {
  return (
    <Page title={en.frame.fault}>
      <p>{en.frame.faultAdvice}</p>
      <Button kind="primary" onPress={() => location.reload()}>
        {en.frame.again}
      </Button>
    </Page>
  );
}
