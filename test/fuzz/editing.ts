import * as Y from 'yjs';
import type { SeededRandom } from '../support/seeded-random.ts';
import { type Scenery, WORDS } from './forge.ts';

/** What stock Yjs sends for edits of somebody who has a copy of the document: honest ones, and of every other kind. */
export function editsOf(scenery: Scenery, clientId: number, random: SeededRandom): Uint8Array[] {
  // A name of its own would cost more than all its edits.
  const copy = new Y.Doc({ guid: 'copy' });
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(scenery.doc));
  copy.clientID = clientId;
  const updates: Uint8Array[] = [];
  copy.on('update', (update: Uint8Array) => updates.push(update));
  const root = random.chance(0.8) ? `turn:${scenery.turn}` : `turn:${random.pick(scenery.turns)}`;
  if (random.chance(0.15)) otherThanWords(copy, root, random);
  else for (let count = 1 + random.int(4); count > 0; count--) edit(copy.getText(root), random);
  // What somebody sends who answers a question without having read it: everything.
  if (random.chance(0.2)) updates.push(Y.encodeStateAsUpdate(copy));
  copy.destroy();
  return updates;
}

function edit(text: Y.Text, random: SeededRandom): void {
  const at = random.int(text.length + 1);
  text.doc?.transact(() => {
    if (random.chance(0.4) && text.length > at)
      text.delete(at, Math.min(1 + random.int(6), text.length - at));
    if (random.chance(0.8)) text.insert(Math.min(at, text.length), random.pick(WORDS));
    if (random.chance(0.1) && text.length > 0) text.delete(0, 1);
  });
}

/** Every kind of content that Yjs knows beside words: none of it is for this document. */
const OTHERS: readonly ((doc: Y.Doc, root: string) => void)[] = [
  (doc, root) => doc.getText(root).insert(0, 'bold', { bold: true }),
  (doc, root) => doc.getText(root).insertEmbed(0, { image: 'x' }),
  (doc, root) => doc.getText(root).insertEmbed(0, new Y.Map()),
  (doc, root) => doc.getText(root).format(0, 1, { color: 'red' }),
  (doc, root) => doc.getMap(root).set('key', 'value'),
  (doc, root) => doc.getMap(root).set('key', new Y.Text('nested')),
  (doc, root) => doc.getMap(root).set('key', new Uint8Array(3)),
  (doc, root) => doc.getArray(root).insert(0, [1, 'two', { three: 3 }, null]),
  (doc, root) => doc.getArray(root).insert(0, [new Y.Doc({ guid: 'inner', autoLoad: true })]),
  (doc, root) => doc.getArray(root).insert(0, [new Uint8Array(8), new Y.XmlElement('b')]),
  (doc, root) => doc.getXmlFragment(root).insert(0, [new Y.XmlElement('script'), new Y.XmlText('x')]),
  (doc) => doc.getText('a-root-of-its-own').insert(0, 'words'),
  (doc) => doc.getMap('__proto__').set('polluted', true),
];

function otherThanWords(doc: Y.Doc, root: string, random: SeededRandom): void {
  random.pick(OTHERS)(doc, root);
}
