import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { JourneyWidget } from './editor';
import { IJourneyTracker } from './tokens';

/** The plugin whose schema lists the settings. */
export const SETTINGS = 'cjm-notebooks:settings';

/** Lanes that somebody chooses on one map are chosen for all, here and next time. */
export const settings: JupyterFrontEndPlugin<void> = {
  id: SETTINGS,
  description: 'Settings of the editor of journey maps.',
  autoStart: true,
  requires: [IJourneyTracker, ISettingRegistry],
  activate: async (_: JupyterFrontEnd, tracker: IJourneyTracker, registry: ISettingRegistry) => {
    const chosen = await registry.load(SETTINGS);
    const lanes = (): string[] => (chosen.get('lanes').composite as string[] | undefined) ?? [];
    const follow = (widget: JourneyWidget): void => {
      widget.content.lanes = lanes();
      widget.content.lanesChosen.connect((_, ids) => void chosen.set('lanes', ids));
    };
    tracker.forEach(follow);
    tracker.widgetAdded.connect((_, widget) => follow(widget));
    chosen.changed.connect(() => tracker.forEach(widget => (widget.content.lanes = lanes())));
  }
};
