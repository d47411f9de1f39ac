import { useLocation } from 'wouter';
import { en } from '../../locales/en.ts';
import { Page } from '../../panels/page/page.tsx';
import { Button } from '../../ui/button.tsx';

/** An address that leads nowhere. */
export function NotFoundScreen() {
  const [, navigate] = useLocation();
  return (
    <Page title={en.notFound.title}>
      <p>{en.notFound.advice}</p>
      <Button kind="primary" onPress={() => navigate('/', { replace: true })}>
        {en.frame.home}
      </Button>
    </Page>
  );
}
