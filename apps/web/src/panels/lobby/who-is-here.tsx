import { SEATS, type Seat, type View } from '@mend/core';
import { en } from '../../locales/en.ts';
import { NameChip } from '../../ui/name-chip.tsx';
import { sideOf } from '../room.ts';
import styles from './lobby.module.css';

/** A chip for everybody who is, or will be, in the room; in words, and without a time. */
export function WhoIsHere(props: {
  readonly view: View;
  readonly present: readonly { readonly seat: Seat }[];
}) {
  const { view, present } = props;
  const words = en.lobby;
  const expected = SEATS.filter((seat) => seat !== 'counsellor' || view.withCounsellor);

  function chipOf(seat: Seat) {
    const taken = view.seats.find((one) => one.seat === seat);
    const isHere = seat === view.you || present.some((one) => one.seat === seat);
    const name = taken?.name ?? (seat === 'counsellor' ? words.counsellor : words.otherEmpty);
    const there = taken ? (isHere ? words.here : words.away) : words.notYet;
    return (
      <li key={seat}>
        <NameChip
          name={name}
          side={sideOf(seat)}
          state={seat === view.you ? `${words.you}, ${there}` : there}
          here={taken !== undefined && isHere}
        />
      </li>
    );
  }

  return (
    <section className={styles.group} aria-label={words.who}>
      <ul className={styles.chips} aria-live="polite">
        {expected.map(chipOf)}
      </ul>
      <p className={styles.quiet}>{words.placeKept}</p>
    </section>
  );
}
