import { TemplateResult, html, nothing } from 'lit';
import { JsonObject } from '../../map/json';
import { fieldOf } from '../../map/shape';
import type { Host } from '../host';

const SIGNS: Record<string, string> = {
  hypothesis: '? hypothesis',
  partially_validated: '◐ partially validated',
  validated: '✓ validated',
  refuted: '✗ refuted'
};

/** What is known about a claim and how strong the evidence is that it names; nothing for other parts. */
export function claim(host: Host, shape: string, part: JsonObject): TemplateResult | typeof nothing {
  const isClaim = fieldOf(shape, 'evidence') && fieldOf(shape, 'status')?.default === 'hypothesis';
  return isClaim ? claimMark(host, part.status, part.evidence) : nothing;
}

/** The emotion has its status and evidence beside it, in the touchpoint itself. */
export function emotionClaim(host: Host, touchpoint: JsonObject): TemplateResult | typeof nothing {
  return typeof touchpoint.emotion === 'number'
    ? claimMark(host, touchpoint.emotion_status, touchpoint.evidence)
    : nothing;
}

function claimMark({ journeyMap }: Host, status: unknown, evidence: unknown): TemplateResult {
  const sign = SIGNS[String(status ?? 'hypothesis')] ?? String(status);
  const ids = Array.isArray(evidence) ? evidence : [];
  const named = (journeyMap.evidence ?? []).filter(one => ids.includes(one.id));
  const [grade] = named.flatMap(one => one.strength ?? []).sort();
  const support = named.length === 0 ? 'no evidence' : grade ? `evidence ${grade}` : 'evidence not graded';
  return html`<small class="claim">${sign}, ${support}</small>`;
}
