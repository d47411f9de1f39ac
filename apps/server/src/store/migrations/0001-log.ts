/**
 * Bodies lie apart from the entries that point to them, since words must be able to leave the file for good, and
 * `secure_delete` alone does not see to that: when SQLite rebuilds a page of a b-tree, it leaves copies of rows in
 * the free middle of the page, and zeroes only the row itself when that is deleted later. (Measured with rows that
 * were deleted one by one: 1 to 5 in 25,000 could still be read in the file after a truncating checkpoint.) So:
 *
 * - `event_body` and `update_body` are only appended to, overwritten in place by as many zeros, and emptied whole.
 *   None of these moves a row, and emptying a table zeroes all its pages.
 * - In `snapshot_body` rows do come and go, but `filler` takes up all the room that a row has inside the b-tree
 *   (4061 bytes at most in a page of 4096), so that the body lies in overflow pages, which nothing moves, and which
 *   are zeroed when they are freed.
 */
export const log = `
CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  head INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  erased INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE entry (
  session INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body INTEGER NOT NULL,
  PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE event_body (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE update_body (id INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
CREATE TABLE snapshot_body (id INTEGER PRIMARY KEY, filler BLOB NOT NULL, body BLOB NOT NULL) STRICT;
`;
