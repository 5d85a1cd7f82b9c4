/** The event by which a widget offers Python for a new cell; whoever takes it prevents its default. */
export const CODE = 'cjm-code';

/** Whether somebody put the code into a notebook; where nobody does, the widget shows it. */
export function offerCode(from: Element, code: string): boolean {
  const offered = new CustomEvent(CODE, {
    detail: { code },
    bubbles: true,
    composed: true,
    cancelable: true
  });
  return !from.dispatchEvent(offered);
}

export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
