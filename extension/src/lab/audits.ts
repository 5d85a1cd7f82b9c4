import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification, WidgetTracker } from '@jupyterlab/apputils';
import { IDocumentManager } from '@jupyterlab/docmanager';
import { IDefaultFileBrowser, IFileBrowserFactory } from '@jupyterlab/filebrowser';
import { ILauncher } from '@jupyterlab/launcher';
import type { ReadonlyPartialJSONObject } from '@lumino/coreutils';
import { Widget } from '@lumino/widgets';
import { AuditsElement, PanelState, defineAudits } from '../audits/panel';
import type { Desk, Run, Values } from '../audits/talk';
import { STATUS } from '../audits/words';
import { AuditDesk } from './audit-desk';
import { CATEGORY, attempt, describedBy, mapInFront, text } from './commands';
import { auditIcon } from './icons';
import { FILE_ENDING, IJourneyTracker, TABLE } from './tokens';

const OPEN = 'cjm-notebooks:audits';
export const AUDIT_MAP = 'cjm-notebooks:audit-map';
const AUDIT_DATA = 'cjm-notebooks:audit-data';
const FIRST = 'journey_audit';
const PATH = { path: { type: 'string', description: 'The file.' } };

/** The panel of audits: opened from launcher and palette, from a map, from a file of events. */
export const audits: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:audits',
  description: 'Runs audits of journey maps and shows what they found.',
  autoStart: true,
  requires: [IDocumentManager, IJourneyTracker],
  optional: [ILauncher, ICommandPalette, ILayoutRestorer, IDefaultFileBrowser, IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    documents: IDocumentManager,
    maps: IJourneyTracker,
    launcher: ILauncher | null,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    browser: IDefaultFileBrowser | null,
    browsers: IFileBrowserFactory | null
  ) => {
    const opening = new Opening(app, new AuditDesk(app, documents, browser));
    const listed = (isWanted: (path: string) => boolean): string | undefined =>
      [...(browsers?.tracker.currentWidget?.selectedItems() ?? [])].find(item => isWanted(item.path))?.path;
    const isMap = (path: string): boolean => path.endsWith(FILE_ENDING);
    const isData = (path: string): boolean => TABLE.test(path);
    const local = (path: string): string => app.serviceManager.contents.localPath(path);
    app.commands.addCommand(OPEN, {
      label: 'Journey Audits',
      caption: 'Run audits of journey maps, watch them and see what they found',
      icon: auditIcon,
      describedBy: describedBy({ state: { type: 'object', description: 'What the panel shows.' } }),
      execute: args => opening.show(args.state as Partial<PanelState> | undefined)
    });
    app.commands.addCommand(AUDIT_MAP, {
      label: args => (args.isMenu ? 'Audit This Map' : 'Audit Journey Map'),
      caption: 'Save the map, and fill in the form of an audit with it',
      icon: args => (args.isMenu ? auditIcon : undefined),
      describedBy: describedBy(PATH),
      isVisible: args => !args.isMenu || listed(isMap) !== undefined,
      execute: args =>
        attempt('Audit Journey Map', async () => {
          const path = text(args, 'path') ?? (args.isMenu ? listed(isMap) : await savedMap(app, maps));
          await opening.begin(path ? { map_file: local(path) } : {});
        })
    });
    app.commands.addCommand(AUDIT_DATA, {
      label: 'Audit with This',
      caption: 'Fill in the form of an audit with these recorded events',
      icon: auditIcon,
      describedBy: describedBy(PATH),
      isVisible: args => !args.isMenu || listed(isData) !== undefined,
      execute: (args: ReadonlyPartialJSONObject) => {
        const path = text(args, 'path') ?? listed(isData);
        return opening.begin(path ? { events_file: local(path) } : {});
      }
    });
    launcher?.add({ command: OPEN, category: CATEGORY, rank: 3 });
    palette?.addItem({ command: OPEN, category: CATEGORY });
    palette?.addItem({ command: AUDIT_MAP, category: CATEGORY });
    const selector = '.jp-DirListing-item[data-isdir="false"]';
    for (const command of [AUDIT_MAP, AUDIT_DATA]) {
      app.contextMenu.addItem({ command, selector, args: { isMenu: true }, rank: 3.1 });
    }
    void restorer?.restore(opening.tracker, {
      command: OPEN,
      args: ({ element }) => ({ state: element.state as never }),
      name: () => 'audits'
    });
  }
};

/** The map in front, as it now stands on the disk. */
async function savedMap(app: JupyterFrontEnd, maps: IJourneyTracker): Promise<string | undefined> {
  const context = mapInFront(app, maps)?.context;
  if (context?.model.dirty && !context.model.readOnly) {
    await context.save();
  }
  return context?.path;
}

class AuditsPanel extends Widget {
  readonly element: AuditsElement;

  constructor(desk: Desk, state: Partial<PanelState> | undefined) {
    const element = document.createElement(defineAudits()) as AuditsElement;
    super({ node: element });
    element.desk = desk;
    if (state) {
      element.restore(state);
    }
    this.element = element;
    this.id = 'cjm-audits';
    this.addClass('cjm-Audits');
    this.title.label = 'Journey audits';
    this.title.icon = auditIcon;
    this.title.closable = true;
  }

  protected override onAfterShow(): void {
    this.element.watch(true);
  }

  protected override onAfterAttach(): void {
    if (this.isVisible) {
      this.element.watch(true);
    }
  }

  protected override onBeforeHide(): void {
    this.element.watch(false);
  }

  protected override onBeforeDetach(): void {
    this.element.watch(false);
  }

  protected override onActivateRequest(): void {
    if (!this.node.contains(document.activeElement)) {
      this.element.goIn();
    }
  }
}

/** There is one panel, in the main area. */
class Opening {
  readonly tracker = new WidgetTracker<AuditsPanel>({ namespace: 'cjm-notebooks-audits' });

  constructor(
    private app: JupyterFrontEnd,
    private desk: Desk
  ) {}

  show(state?: Partial<PanelState>): AuditsPanel {
    let panel = this.tracker.currentWidget;
    if (!panel || panel.isDisposed) {
      const made = new AuditsPanel(this.desk, state);
      made.element.addEventListener('cjm-audits-state', () => void this.tracker.save(made));
      made.element.addEventListener('cjm-audits-ended', ended =>
        this.tell((ended as CustomEvent<Run>).detail)
      );
      made.disposed.connect(() => made.element.listening.stop());
      void this.tracker.add(made);
      panel = made;
    }
    if (!panel.isAttached) {
      this.app.shell.add(panel, 'main');
    }
    if (!state) {
      this.app.shell.activateById(panel.id);
    }
    return panel;
  }

  async begin(given: Values): Promise<void> {
    await this.show().element.begin(FIRST, given);
  }

  /** A run that ended while nobody looked. */
  private tell(run: Run): void {
    const look = { label: 'Show', callback: () => this.show().element.show(run) };
    const kind = run.status === 'done' ? 'success' : 'warning';
    Notification.emit(`${run.title}: ${STATUS[run.status]}.`, kind, { autoClose: false, actions: [look] });
  }
}

export default audits;
