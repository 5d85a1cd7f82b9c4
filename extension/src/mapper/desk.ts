import type { TemplateResult } from 'lit';
import type { Kernel } from './kernel';
import type { Role, Shape } from './talk';

/** What the parts of the mapper share. */
export interface Desk {
  readonly kernel: Kernel;
  /** In no other mapper on the page. */
  readonly id: string;
  readonly shape: Shape;
  roleOf(column: string): Role | undefined;
  /** Sentences of the kernel, in which names stand in backticks. */
  inWords(sentences: string): TemplateResult;
}
