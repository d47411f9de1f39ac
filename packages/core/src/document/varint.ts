/** A cursor over an update's bytes that accepts one spelling of everything, and remembers its first fault. */

import type { Fault, RefusalCode } from './codes.ts';
import { decodeUtf8 } from './utf8.ts';

/** Eight groups of seven bits are more than 2^53 needs. */
const LONGEST = 8;

/**
 * After a fault every read returns 0 or '' and moves nothing, so a caller may read a whole record and look once.
 * No read allocates more than it has seen bytes for.
 */
export class ByteReader {
  fault: Fault<RefusalCode> | null = null;
  at = 0;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Records the first fault only: what follows from it says nothing. */
  fail(code: RefusalCode, at: number): void {
    this.fault ??= { code, at };
  }

  byte(): number {
    if (this.fault !== null) return 0;
    const byte = this.bytes[this.at];
    if (byte === undefined) {
      this.fail('truncated', this.at);
      return 0;
    }
    this.at += 1;
    return byte;
  }

  /** An unsigned integer of at most 2^53 - 1 in its shortest form (rule D2). */
  uint(): number {
    if (this.fault !== null) return 0;
    const start = this.at;
    let value = 0;
    let scale = 1;
    for (let length = 1; length <= LONGEST; length++) {
      const byte = this.bytes[this.at];
      if (byte === undefined) break;
      this.at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        const isShortest = byte !== 0 || length === 1;
        if (isShortest && value <= Number.MAX_SAFE_INTEGER) return value;
        this.fail('varint', start);
        return 0;
      }
      scale *= 128;
    }
    this.fail(this.at - start === LONGEST ? 'varint' : 'truncated', start);
    return 0;
  }

  /** How many records follow, each of at least `smallest` bytes (rule D3). */
  count(smallest: number): number {
    const start = this.at;
    const count = this.uint();
    if (count * smallest <= this.left) return count;
    this.fail('truncated', start);
    return 0;
  }

  /** A length in bytes and as much UTF-8 (rule D5). */
  text(): string {
    const start = this.at;
    const length = this.count(1);
    if (this.fault !== null) return '';
    const text = decodeUtf8(this.bytes.subarray(this.at, this.at + length));
    this.at += length;
    if (text !== null) return text;
    this.fail('utf8', start);
    return '';
  }
}
