/** What is asked once something was chosen on the screen. */
import type { Asked, Question, Shape } from './talk';

/** The guess for tables in which a row is that; nothing of it is confirmed. */
export function asShape(shape: Shape): Asked {
  return { ...shape.guess, confirmed: [] };
}

/** The column is that now, or nothing; of what only one can be, no other is any more. */
export function asRole(asked: Asked, shape: Shape, column: string, role: string | null): Asked {
  const isOne = shape.roles.some(({ id, many }) => id === role && !many);
  const others = Object.entries(asked.roles).filter(
    ([name, is]) => name !== column && !(isOne && is === role)
  );
  const roles = Object.fromEntries([...others, ...(role ? [[column, role]] : [])]);
  return confirming({ ...asked, roles }, [column]);
}

/** All that a person has not said yet is as guessed, and right. */
export function confirming(asked: Asked, columns: readonly string[]): Asked {
  return { ...asked, confirmed: [...new Set([...asked.confirmed, ...columns])].sort() };
}

export function doubting(asked: Asked, column: string): Asked {
  return { ...asked, confirmed: asked.confirmed.filter(name => name !== column) };
}

export function describing(asked: Asked, name: string, question: Question, column: string): Asked {
  return confirming({ ...asked, questions: { ...asked.questions, [name]: question } }, [column]);
}

/** The same text for the same layout, in whatever order it was said. */
export function keyOf(asked: Asked): string {
  return JSON.stringify(asked, (_, value: unknown) =>
    value && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value
  );
}
