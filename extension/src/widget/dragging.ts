/** A thing carried by the pointer, with a picture of it and a frame around what it would land on. */

export interface Carried {
  /** What the picture says. */
  name: string;
  /** What lies under the pointer and would take it: how it is called, and where it is. */
  over(x: number, y: number): { name: string; box: DOMRect } | null;
  dropped(x: number, y: number): void;
}

const FAR_ENOUGH = 5;
const EDGE = 36;
const STEP = 14;
const LAYER = 'position:fixed;z-index:100000;pointer-events:none;box-sizing:border-box;';
const GHOST = `${LAYER}max-width:20rem;padding:4px 10px;border-radius:4px;overflow:hidden;white-space:nowrap;
text-overflow:ellipsis;font:13px/1.4 var(--jp-ui-font-family,system-ui,sans-serif);
color:var(--jp-ui-font-color1,#1f2328);background:var(--jp-layout-color1,#fff);
border:1px solid var(--jp-brand-color1,#1565c0);box-shadow:0 2px 8px rgb(0 0 0 / 30%);`;
const FRAME = `${LAYER}border:3px dashed var(--jp-brand-color1,#1565c0);border-radius:4px;`;

/** Begins once the pointer has moved a little, so that a click stays a click. */
export function drag(press: PointerEvent, carried: Carried): void {
  if (press.button !== 0) {
    return;
  }
  new Round(press, carried).begin();
}

class Round {
  constructor(
    private readonly press: PointerEvent,
    private readonly carried: Carried
  ) {}

  begin(): void {
    const { signal } = this.end;
    document.addEventListener('pointermove', this.move, { signal });
    document.addEventListener('pointerup', this.up, { signal });
    document.addEventListener('pointercancel', () => this.stop(), { signal });
    document.addEventListener('keydown', this.key, { signal, capture: true });
    document.addEventListener('selectstart', event => event.preventDefault(), { signal });
  }

  private readonly move = (event: PointerEvent): void => {
    if (event.pointerId !== this.press.pointerId) {
      return;
    }
    [this.x, this.y] = [event.clientX, event.clientY];
    const far = Math.hypot(this.x - this.press.clientX, this.y - this.press.clientY);
    if (!this.ghost && far >= FAR_ENOUGH) {
      this.ghost = layer(GHOST);
      this.frame = layer(FRAME);
      this.scroll();
    }
    this.draw();
  };

  private draw(): void {
    if (!this.ghost || !this.frame) {
      return;
    }
    const over = this.carried.over(this.x, this.y);
    this.ghost.textContent = over ? `${this.carried.name} → ${over.name}` : this.carried.name;
    this.ghost.style.left = `${this.x + 12}px`;
    this.ghost.style.top = `${this.y + 12}px`;
    this.frame.hidden = !over;
    if (over) {
      const { left, top, width, height } = over.box;
      Object.assign(this.frame.style, {
        left: `${left}px`,
        top: `${top}px`,
        width: `${width}px`,
        height: `${height}px`
      });
    }
  }

  /** What lies outside of the window of a list or a map comes into it near the edge. */
  private scroll(): void {
    if (!this.ghost) {
      return;
    }
    const scroller = scrollerAt(this.x, this.y);
    if (scroller) {
      const { left, right, top, bottom } = scroller.getBoundingClientRect();
      scroller.scrollBy(stepAt(this.x, left, right), stepAt(this.y, top, bottom));
      this.draw();
    }
    requestAnimationFrame(() => this.scroll());
  }

  private readonly up = (event: PointerEvent): void => {
    if (event.pointerId === this.press.pointerId) {
      const wasCarried = this.ghost !== null;
      this.stop();
      if (wasCarried) {
        this.carried.dropped(event.clientX, event.clientY);
      }
    }
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      this.stop();
    }
  };

  private stop(): void {
    this.end.abort();
    this.ghost?.remove();
    this.frame?.remove();
    this.ghost = this.frame = null;
  }

  private readonly end = new AbortController();
  private ghost: HTMLElement | null = null;
  private frame: HTMLElement | null = null;
  private x = 0;
  private y = 0;
}

function layer(style: string): HTMLElement {
  const element = document.createElement('div');
  element.style.cssText = style;
  element.setAttribute('aria-hidden', 'true');
  document.body.append(element);
  return element;
}

function stepAt(at: number, first: number, last: number): number {
  return at < first + EDGE ? -STEP : at > last - EDGE ? STEP : 0;
}

/** The innermost element at this point, through all shadow roots. */
export function elementAt(x: number, y: number): Element | null {
  let found = document.elementFromPoint(x, y);
  for (let inner = found; inner?.shadowRoot;) {
    inner = inner.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === found) {
      break;
    }
    found = inner;
  }
  return found;
}

/** The element and those around it, out of the shadow roots too. */
export function* around(element: Element | null): Generator<Element> {
  for (let here = element; here;) {
    yield here;
    const root = here.getRootNode();
    here = here.assignedSlot ?? here.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
  }
}

function scrollerAt(x: number, y: number): Element | null {
  for (const element of around(elementAt(x, y))) {
    const { overflowX, overflowY } = getComputedStyle(element);
    const across = element.scrollWidth > element.clientWidth && /auto|scroll/.test(overflowX);
    const down = element.scrollHeight > element.clientHeight && /auto|scroll/.test(overflowY);
    if (across || down) {
      return element;
    }
  }
  return null;
}

/** The box around all of these, as much of it as lies within another element. */
export function boxAround(elements: Iterable<Element>, within: Element): DOMRect {
  const edge = within.getBoundingClientRect();
  const boxes = [...elements].map(element => element.getBoundingClientRect());
  const left = Math.max(edge.left, Math.min(...boxes.map(box => box.left)));
  const top = Math.max(edge.top, Math.min(...boxes.map(box => box.top)));
  const right = Math.min(edge.right, Math.max(...boxes.map(box => box.right)));
  const bottom = Math.min(edge.bottom, Math.max(...boxes.map(box => box.bottom)));
  return new DOMRect(left, top, Math.max(right - left, 0), Math.max(bottom - top, 0));
}
