import { TemplateResult, html } from 'lit';

/** Sentences of the kernel, in which names stand in backticks. */
export function inWords(sentences: string): TemplateResult {
  const pieces = sentences
    .split('`')
    .map((piece, at) => (at % 2 === 0 ? piece : html`<code><bdi>${piece}</bdi></code>`));
  return html`<span class="sentences">${pieces}</span>`;
}
