/** Giving a link out. Both ways need a secure page, which a phone on the home network may not have. */

/** Whether the clipboard took it. */
export async function copyText(text: string): Promise<boolean> {
  if (!('clipboard' in navigator) || !navigator.clipboard) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Opens the phone's own sheet. Closing it again without sending is no trouble, so nothing is told. */
export async function shareLink(what: {
  readonly title: string;
  readonly text: string;
  readonly url: string;
}): Promise<void> {
  try {
    await navigator.share(what);
  } catch {
    // Closed, or not allowed here; the link is still on the page.
  }
}
