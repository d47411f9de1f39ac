/** This browser lets go of its seat; the seat itself stays. Not being able to say so changes nothing for the person. */
export function dropSeat(session: string): void {
  const path = `/api/sessions/${encodeURIComponent(session)}/leave`;
  fetch(path, { method: 'POST', keepalive: true, credentials: 'same-origin' }).catch(() => {
    // The cookie stays until it ends by itself.
  });
}
