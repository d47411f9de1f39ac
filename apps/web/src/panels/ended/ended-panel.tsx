import { Link } from 'wouter';
import { useSaying } from '../../hooks/use-saying.ts';
import { sessionWords } from '../../locales/en-session.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { clockTime } from '../clock-time.ts';
import type { PanelProps } from '../panel-props.ts';
import { SaidCards } from '../said/said-cards.tsx';
import { troubleWords } from '../trouble.ts';
import styles from './ended.module.css';

/** After the end: what becomes of the words, and nothing that asks for more. */
export function EndedPanel({ session, view }: PanelProps) {
  const words = sessionWords.ended;
  const isKept = view.phase === 'sealed' && view.decideBy === null;
  return (
    <div className={styles.ended}>
      <p>{words.thanks}</p>
      {view.decideBy === null ? null : <Decide session={session} view={view} by={view.decideBy} />}
      {isKept ? <p>{words.kept}</p> : null}
      {view.phase === 'erased' ? <p>{words.notKept}</p> : null}
      {isKept && view.promises.length > 0 ? (
        <section className={styles.promises}>
          <h2>{words.promises}</h2>
          <SaidCards session={session} view={view} turns={view.promises.map(({ turn }) => turn)} />
        </section>
      ) : null}
      <p className={styles.rest}>{words.rest}</p>
      <nav className={styles.ways}>
        {isKept ? <Link href={`/s/${session.id}/transcript`}>{words.read}</Link> : null}
        <Link href="/">{words.toStart}</Link>
      </nav>
    </div>
  );
}

function Decide({ session, view, by }: Pick<PanelProps, 'session' | 'view'> & { readonly by: number }) {
  const { busy, trouble, say } = useSaying(session);
  const words = sessionWords.ended;
  const choose = (keep: boolean) => () => void say({ type: 'consent.save', keep });
  if (!view.may.includes('consent.save')) return null;
  return (
    <section className={styles.decide}>
      <h2>{words.decideTitle}</h2>
      <p>{view.keep === true ? words.youSaidYes : words.decide(clockTime(by))}</p>
      <div className={styles.choices}>
        <Button kind="choice" pressed={view.keep === true} busy={busy !== null} onPress={choose(true)}>
          {sessionWords.close.keepYes}
        </Button>
        <Button kind="choice" busy={busy !== null} onPress={choose(false)}>
          {sessionWords.close.keepNo}
        </Button>
      </div>
      {trouble === null ? null : <Notice live>{troubleWords(trouble)}</Notice>}
    </section>
  );
}
