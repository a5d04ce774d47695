/** A small window that stays on top (Document Picture-in-Picture, Chromium); browsers without it offer none. */
interface PictureInPicture { requestWindow(options: { width: number; height: number }): Promise<Window> }

const api = (): PictureInPicture | undefined => (window as unknown as { documentPictureInPicture?: PictureInPicture }).documentPictureInPicture;

export const canBeSmall = (): boolean => api() !== undefined;

/** Moves an element into a small window until that is closed; it stays the very same element, live as before. */
export async function makeSmall(element: HTMLElement): Promise<void> {
  const place = document.createComment('');
  const small = await api()!.requestWindow({ width: 340, height: 230 });
  for (const sheet of document.querySelectorAll('style, link[rel="stylesheet"]')) small.document.head.append(sheet.cloneNode(true));
  small.document.documentElement.lang = document.documentElement.lang;
  element.replaceWith(place);
  small.document.body.append(element);
  small.addEventListener('pagehide', () => place.replaceWith(element), { once: true });
}
