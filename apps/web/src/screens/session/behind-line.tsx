import { useState } from 'react';
import { sessionWords } from '../../locales/en-session.ts';
import type { PanelProps } from '../../panels/panel-props.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** The server has less than it had shown. Everybody reads the same, until the next turn begins or it is put away. */
export function BehindLine({ view }: Pick<PanelProps, 'view'>) {
  const [read, setRead] = useState<number | null>(null);
  const line = behindWords(view);
  if (line === '' || read === view.behind) return null;
  return (
    <Notice
      action={
        <Button kind="quiet" onPress={() => setRead(view.behind)}>
          {sessionWords.behind.understood}
        </Button>
      }
    >
      {line}
    </Notice>
  );
}

export const behindWords = ({ behind }: PanelProps['view']): string =>
  behind === null ? '' : sessionWords.behind.line;
