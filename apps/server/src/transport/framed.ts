/**
 * A binary message as a server sends it over a WebSocket (RFC 6455, 5.2): final, unmasked, uncompressed. Whoever
 * sends the same message to several sockets frames it once, and each socket takes it as one write.
 */
export function framed(message: Uint8Array): Uint8Array {
  const before = known.get(message);
  if (before) return before;
  const header = headerFor(message.length);
  // Memory of its own: where a reader does not read, it may lie in the socket for long.
  const whole = new Uint8Array(header.length + message.length);
  whole.set(header);
  whole.set(message, header.length);
  known.set(message, whole);
  return whole;
}

const FINAL_BINARY = 0x82;
/** Lengths up to this are in the header's second byte; these two there say how many more bytes tell the length. */
const SHORT = 125;
const IN_TWO_BYTES = 126;
const IN_EIGHT_BYTES = 127;

/** Messages are made once and never changed, so being the same object is being the same message. */
const known = new WeakMap<Uint8Array, Uint8Array>();

function headerFor(length: number): Uint8Array {
  if (length <= SHORT) return Uint8Array.of(FINAL_BINARY, length);
  const isLong = length > 0xffff;
  const header = new Uint8Array(isLong ? 10 : 4);
  header[0] = FINAL_BINARY;
  header[1] = isLong ? IN_EIGHT_BYTES : IN_TWO_BYTES;
  const view = new DataView(header.buffer);
  if (isLong) view.setUint32(6, length);
  else view.setUint16(2, length);
  return header;
}
