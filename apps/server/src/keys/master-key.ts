import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/** What data keys are wrapped by. Its id is derived from it, so a key that was altered does not pass for itself. */
export interface MasterKey {
  /** 16 hexadecimal digits. */
  readonly id: string;
  readonly key: KeyObject;
}

/** The first is the one that wraps. A second is there while a rotation is under way. */
export type MasterKeys = readonly [MasterKey, ...MasterKey[]];

/** AES-256. */
export const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 8;
/** Master key id, nonce, ciphertext, tag. The same for every key, so that one is overwritten where it lies. */
export const WRAPPED_BYTES = ID_BYTES + NONCE_BYTES + KEY_BYTES + TAG_BYTES;

/** `raw` has 32 bytes. */
export const masterKeyOf = (raw: Uint8Array): MasterKey => ({
  id: createHash('sha256')
    .update('mend master key id\0')
    .update(raw)
    .digest('hex')
    .slice(0, 2 * ID_BYTES),
  key: createSecretKey(raw),
});

/** `name` is the session it is for, or what else it stands for: it can be unwrapped under that name alone. */
export function wrap({ id, key }: MasterKey, name: string, raw: Uint8Array): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(bindingOf(id, name));
  return Buffer.concat([
    Buffer.from(id, 'hex'),
    nonce,
    cipher.update(raw),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
}

/** The 32 bytes, to be overwritten by whoever asked; null where this is not what was wrapped. */
export function unwrap(masters: readonly MasterKey[], name: string, wrapped: Uint8Array): Uint8Array | null {
  const id = masterOf(wrapped);
  const master = masters.find((each) => each.id === id);
  if (master === undefined || wrapped.length !== WRAPPED_BYTES) return null;
  const sealed = wrapped.subarray(ID_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', master.key, sealed.subarray(0, NONCE_BYTES), {
    authTagLength: TAG_BYTES,
  });
  decipher.setAAD(bindingOf(id, name)).setAuthTag(sealed.subarray(-TAG_BYTES));
  const raw = decipher.update(sealed.subarray(NONCE_BYTES, -TAG_BYTES));
  try {
    decipher.final();
    return raw;
  } catch {
    raw.fill(0);
    return null;
  }
}

/** The id of the master key that this was wrapped by. */
export const masterOf = (wrapped: Uint8Array): string =>
  Buffer.from(wrapped.subarray(0, ID_BYTES)).toString('hex');

/** Destroyed: all zeros. */
export const isWiped = (wrapped: Uint8Array): boolean => wrapped.every((byte) => byte === 0);

const bindingOf = (id: string, name: string): Buffer => Buffer.from(`mend data key 1\0${id}\0${name}`);
