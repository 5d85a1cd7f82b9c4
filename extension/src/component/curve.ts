/** The emotion curve, one piece for each column, so that it fits columns of any width. */

const STEP = 21;

/** Height of an emotion in a box of 100, the best near its top. */
export function heightOf(emotion: number): number {
  return 50 - STEP * emotion;
}

/**
 * Drawing commands for the piece in each column, in a box 100 wide and 100 high. The curve is
 * monotone between two columns, so that it never claims an emotion beyond theirs; it stops where a
 * column claims none.
 */
export function piecesOf(emotions: readonly (number | null)[]): string[] {
  const heights = emotions.map(emotion => (emotion === null ? null : heightOf(emotion)));
  const slopes = heights.map((_, column) => slopeAt(heights, column));
  return heights.map((_, column) => {
    const left = half(heights, slopes, column - 1, 1);
    const right = half(heights, slopes, column, 0);
    if (!left && !right) {
      return '';
    }
    return left && right ? left + right.slice(right.indexOf('C')) : (left ?? right)!;
  });
}

function slopeAt(heights: readonly (number | null)[], column: number): number {
  const [before, here, after] = [heights[column - 1], heights[column], heights[column + 1]];
  if (typeof here !== 'number' || typeof before !== 'number' || typeof after !== 'number') {
    return 0;
  }
  const [rise, next] = [here - before, after - here];
  return rise * next <= 0 ? 0 : (2 * rise * next) / (rise + next);
}

type Point = [number, number];
const between = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
const round = (value: number): number => Math.round(value * 10) / 10;

/** One half of the curve from `column` to the next: 0 stands in `column`, 1 in the next. */
function half(
  heights: readonly (number | null)[],
  slopes: readonly number[],
  column: number,
  which: 0 | 1
): string | null {
  const [from, to] = [heights[column], heights[column + 1]];
  if (typeof from !== 'number' || typeof to !== 'number') {
    return null;
  }
  const start: Point = [50, from];
  const first: Point = [50 + 100 / 3, from + slopes[column] / 3];
  const second: Point = [150 - 100 / 3, to - slopes[column + 1] / 3];
  const end: Point = [150, to];
  const [a, b, c] = [between(start, first), between(first, second), between(second, end)];
  const [d, e] = [between(a, b), between(b, c)];
  const middle = between(d, e);
  const points = which === 0 ? [start, a, d, middle] : [middle, e, c, end];
  const [opening, ...rest] = points.map(([x, y]) => `${round(x - 100 * which)},${round(y)}`);
  return `M${opening}C${rest.join(' ')}`;
}
