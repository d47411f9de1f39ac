import type { RecordAnswer, RecordTurn, SessionRecord, ShelfEntry } from '../../http/record.ts';
import { en } from '../../locales/en.ts';
import { fill } from '../../locales/fill.ts';
import { dayOf } from '../../locales/times.ts';
import { sideOf } from '../../panels/room.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { type Moment, outlineOf } from './outline.ts';
import styles from './record-page.module.css';

/** The record itself. Promises first: it opens on what is to come, not on what hurt. */
export function RecordPage(props: {
  readonly record: SessionRecord;
  readonly shelf: readonly ShelfEntry[];
  readonly onBack: () => void;
}) {
  const { record, shelf, onBack } = props;
  const words = en.transcript;
  const chapters = outlineOf(record, shelf);
  const when =
    record.sealedAt === null ? words.stillOpen : fill(words.closedOn, { date: dayOf(record.sealedAt) });
  return (
    <div className={styles.record}>
      <p className={styles.quiet}>
        {when} <span className={styles.screenOnly}>{words.readingHint}</span>
      </p>
      <Promises record={record} />
      {chapters.map((chapter) => (
        <section key={chapter.key} className={styles.chapter}>
          <h2>{chapter.title ?? words.between}</h2>
          {chapter.moments.map((moment) => (
            <MomentSection key={moment.key} moment={moment} />
          ))}
        </section>
      ))}
      {chapters.length === 0 ? <p>{words.empty}</p> : null}
      <div className={styles.ways}>
        <Button kind="quiet" onPress={() => print()}>
          {words.print}
        </Button>
        <Button kind="quiet" onPress={onBack}>
          {words.back}
        </Button>
      </div>
    </div>
  );
}

function Promises({ record }: { readonly record: SessionRecord }) {
  const words = en.transcript;
  const promises = record.promises.flatMap((promise) => {
    const turn = record.turns.find(({ id }) => id === promise.turn);
    return turn && !turn.takenBack ? [{ ...promise, text: turn.text }] : [];
  });
  if (promises.length === 0) return null;
  return (
    <section className={styles.promises}>
      <h2>{words.promises}</h2>
      {promises.map(({ turn, name, text }) => (
        <figure key={turn} className={styles.promise}>
          <figcaption className={styles.quiet}>{fill(words.promiseOf, { name })}</figcaption>
          <blockquote className={styles.promised}>{text}</blockquote>
        </figure>
      ))}
    </section>
  );
}

function MomentSection({ moment }: { readonly moment: Moment }) {
  return (
    <section className={styles.moment}>
      {moment.title ? <h3>{moment.title}</h3> : null}
      {moment.turns.map(({ turn, answers }) => (
        <div key={turn.id} className={styles.turn}>
          <TurnCard turn={turn} />
          <Answers answers={answers} />
        </div>
      ))}
      <Answers answers={moment.answers} />
    </section>
  );
}

function TurnCard({ turn }: { readonly turn: RecordTurn }) {
  const words = en.transcript;
  const { name, seat, text } = turn;
  if (turn.takenBack) return <p className={styles.gap}>{fill(words.takenBack, { name })}</p>;
  if (text.trim() === '') return <p className={styles.gap}>{words.noWords}</p>;
  return (
    <Card side={sideOf(seat)} name={name}>
      {text}
    </Card>
  );
}

function Answers({ answers }: { readonly answers: readonly RecordAnswer[] }) {
  if (answers.length === 0) return null;
  return (
    <ul className={styles.answers}>
      {answers.map(({ moment, seat, name, label, words }) => (
        <li key={`${moment} ${seat}`} data-side={sideOf(seat)}>
          <strong>{name}</strong> <span>{label}</span>
          {words ? <q className={styles.own}>{words}</q> : null}
        </li>
      ))}
    </ul>
  );
}
