import { TemplateResult, html } from 'lit';
import { PRESETS } from '../../map/generated/facts';
import type { JourneyMap } from '../../map/generated/journey-map';
import { Json } from '../../map/json';
import type { Host } from '../host';
import { counted } from '../details/words';

/** Ready-made stages to begin with, each shown by the names of its stages. */
export function presetPicker(host: Host, chosen: () => void): TemplateResult {
  const line = (preset: JourneyMap) => {
    const stages = preset.stages ?? [];
    const touchpoints = stages.flatMap(stage => stage.touchpoints ?? []).length;
    const begin = () => {
      host.edit(`Start from ${preset.name}`, { op: 'set', at: 'stages', value: stages as unknown as Json });
      host.announce(`${preset.name}: ${counted(stages.length, 'stage')} added.`);
      chosen();
    };
    return html`<li>
      <button type="button" class="preset" @click=${begin}>
        <strong>${preset.name}</strong>
        ${touchpoints ? html`<small>with ${counted(touchpoints, 'touchpoint')}</small>` : ''}
        <span class="strip">
          ${stages.map((stage, number) => html`<span>${number ? '→ ' : ''}${stage.name}</span> `)}
        </span>
      </button>
    </li>`;
  };
  return html`<ul class="presets">
    ${(PRESETS as unknown as JourneyMap[]).map(line)}
  </ul>`;
}
