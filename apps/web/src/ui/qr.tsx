import { useEffect, useState } from 'react';
import styles from './qr.module.css';

interface Drawing {
  readonly text: string;
  readonly size: number;
  readonly path: string;
}

/**
 * A QR code, drawn as one path. Dark on white in both themes, because cameras want it so. The encoder is loaded when
 * the first one is shown.
 *
 * - `text`: what a camera reads; `label`: what it is, in words
 */
export function Qr(props: { readonly text: string; readonly label: string }) {
  const { text, label } = props;
  const [drawing, setDrawing] = useState<Drawing | null>(null);
  useEffect(() => {
    let current = true;
    draw(text).then(
      (drawn) => current && setDrawing(drawn),
      // Without the encoder the link and the code are still there.
      () => current && setDrawing(null),
    );
    return () => {
      current = false;
    };
  }, [text]);

  const shown = drawing?.text === text ? drawing : null;
  return (
    <div className={styles.qr}>
      {shown ? (
        <svg
          viewBox={`0 0 ${shown.size} ${shown.size}`}
          role="img"
          aria-label={label}
          shapeRendering="crispEdges"
        >
          <path d={shown.path} />
        </svg>
      ) : null}
    </div>
  );
}

async function draw(text: string): Promise<Drawing> {
  const { encode } = await import('uqr');
  const { data, size } = encode(text, { ecc: 'M', border: 2 });
  const path = data
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return { text, size, path };
}
