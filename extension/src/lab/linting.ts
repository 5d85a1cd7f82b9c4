import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import type { CommandRegistry } from '@lumino/commands';
import { COMPARE_WITH_DISK } from './comparing';
import type { JourneyWidget } from './editor';
import { Inspection, LastChanges, Server } from './request';
import { SETTINGS } from './settings';
import { IJourneyTracker } from './tokens';

const LOOKS_EVERY = 2500;

/** Problems of the map, the numbers beside it, and changes of both on disk. */
export const linting: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:lint',
  description: 'Shows the problems of a journey map, and what was measured, where they belong.',
  autoStart: true,
  requires: [IJourneyTracker],
  optional: [ISettingRegistry],
  activate: async (app: JupyterFrontEnd, tracker: IJourneyTracker, registry: ISettingRegistry | null) => {
    const server = new Server(app.serviceManager.serverSettings);
    const settings = await registry?.load(SETTINGS).catch(() => undefined);
    const delay = (): number => (settings?.get('lintDelay').composite as number | undefined) ?? 500;
    const watch = (widget: JourneyWidget): void => void new Watch(widget, server, app.commands, delay);
    tracker.forEach(watch);
    tracker.widgetAdded.connect((_, widget) => watch(widget));
  }
};

class Watch {
  constructor(
    private widget: JourneyWidget,
    private server: Server,
    private commands: CommandRegistry,
    private delay: () => number
  ) {
    void widget.context.ready.then(() => this.begin());
  }

  private begin(): void {
    if (this.widget.isDisposed) {
      return;
    }
    const { context } = this.widget;
    context.model.contentChanged.connect(() => {
      window.clearTimeout(this.soon);
      this.soon = window.setTimeout(() => void this.inspect(), this.delay());
    });
    context.saveState.connect((_, state) => {
      this.isSaving = state === 'started';
    });
    const timer = window.setInterval(() => void this.look(), LOOKS_EVERY);
    this.widget.disposed.connect(() => {
      window.clearInterval(timer);
      window.clearTimeout(this.soon);
    });
    void this.inspect();
    void this.look();
  }

  private async inspect(): Promise<void> {
    const { content, context } = this.widget;
    const text = context.model.toString();
    const found = await this.server.lint(text).catch(() => null);
    if (found === null || this.widget.isDisposed || context.model.toString() !== text) {
      return;
    }
    this.understand(found, text);
    content.problems = found.problems;
    content.hash = found.hash;
  }

  /** The server knows older versions of the format, and says better why a text is no map. */
  private understand(found: Inspection, text: string): void {
    const { doc } = this.widget.content;
    if (doc.unread === undefined || this.widget.context.model.collaborative) {
      return;
    }
    if (found.journey_map) {
      doc.adopt(found.journey_map, text);
    } else if (found.unread) {
      doc.explain(found.unread);
    }
  }

  private async look(): Promise<void> {
    const { content, context } = this.widget;
    if (!this.widget.isVisible || document.hidden) {
      return;
    }
    const seen = await this.server.lastChanges(context.path).catch(() => null);
    if (seen === null || this.widget.isDisposed) {
      return;
    }
    if (seen.measured !== this.measuredAt) {
      this.measuredAt = seen.measured;
      const { measured } = await this.server.measured(context.path);
      content.measured = measured;
    }
    if (!context.model.collaborative) {
      await this.compareWithDisk(seen);
    }
  }

  /** Reads the file again where nothing is lost by it, else says that it has changed. */
  private async compareWithDisk(seen: LastChanges): Promise<void> {
    const { content, context } = this.widget;
    const known = context.contentsModel?.last_modified;
    const isNewer = seen.map !== null && known !== undefined && Date.parse(seen.map) > Date.parse(known);
    const before = this.newer;
    this.newer = isNewer && !this.isSaving ? seen.map : null;
    if (this.newer === null) {
      content.disk.silence();
    } else if (before === this.newer && !context.model.dirty) {
      await this.reload();
    } else if (before !== this.newer && context.model.dirty) {
      content.disk.say(
        'The file has changed on disk since it was opened here, and there are changes here too.',
        { label: 'Compare', go: () => void this.commands.execute(COMPARE_WITH_DISK) },
        { label: 'Load the File', go: () => void this.reload() }
      );
    }
  }

  /** Nobody can edit meanwhile, since it would be lost. */
  private async reload(): Promise<void> {
    const { content, context } = this.widget;
    const { model } = context;
    const before = model.readOnly;
    model.readOnly = true;
    try {
      await context.revert();
    } finally {
      model.readOnly = before;
    }
    content.disk.silence();
  }

  private soon = 0;
  private isSaving = false;
  private newer: string | null = null;
  private measuredAt: string | null = null;
}
