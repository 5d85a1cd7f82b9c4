import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { CommandToolbarButton, ToolbarButton } from '@jupyterlab/apputils';
import { IStatusBar } from '@jupyterlab/statusbar';
import { saveIcon } from '@jupyterlab/ui-components';
import { Widget } from '@lumino/widgets';
import { AUDIT_MAP } from './audits';
import { COMPARE_WITH_DISK } from './comparing';
import { JourneyEditor, JourneyWidget } from './editor';
import { EXPORT } from './exporting';
import { IJourneyTracker } from './tokens';

/** Documents on their way to the disk: until they are there, Lab does not save them again. */
const saving = new WeakSet<object>();

/** How the document stands: saved, problems, read-only, who else is there. */
export const status: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:status',
  description: 'Shows above a journey map and in the status bar how it stands.',
  autoStart: true,
  requires: [IJourneyTracker],
  optional: [IStatusBar],
  activate: (app: JupyterFrontEnd, tracker: IJourneyTracker, statusBar: IStatusBar | null) => {
    const furnish = (widget: JourneyWidget): void => addToolbar(app, widget);
    tracker.forEach(furnish);
    tracker.widgetAdded.connect((_, widget) => furnish(widget));
    const item = new Widget();
    const current = (): JourneyWidget | null =>
      app.shell.currentWidget === tracker.currentWidget ? tracker.currentWidget : null;
    const show = (): void => {
      const widget = current();
      item.node.textContent = widget ? stateOf(widget).join(' · ') : '';
    };
    tracker.widgetAdded.connect((_, widget) => follow(widget, show));
    tracker.currentChanged.connect(show);
    app.shell.currentChanged?.connect(show);
    statusBar?.registerStatusItem('cjm-notebooks:status', {
      item,
      align: 'left',
      rank: 10,
      isActive: () => current() !== null,
      activeStateChanged: app.shell.currentChanged as never
    });
  }
};

function addToolbar(app: JupyterFrontEnd, widget: JourneyWidget): void {
  const { commands } = app;
  const save = new ToolbarButton({
    icon: saveIcon,
    tooltip: 'Save the map',
    onClick: () => void widget.context.save().catch(() => undefined)
  });
  const state = new Widget();
  state.addClass('cjm-Status');
  state.node.setAttribute('role', 'status');
  widget.toolbar.addItem('save', save);
  widget.toolbar.addItem(
    'compare',
    new CommandToolbarButton({ commands, id: COMPARE_WITH_DISK, label: 'Compare' })
  );
  widget.toolbar.addItem('export', new CommandToolbarButton({ commands, id: EXPORT, label: 'Export…' }));
  widget.toolbar.addItem('audit', new CommandToolbarButton({ commands, id: AUDIT_MAP, label: 'Audit' }));
  widget.toolbar.addItem('state', state);
  follow(widget, () => {
    state.node.textContent = stateOf(widget).join(' · ');
  });
}

function follow(widget: JourneyWidget, show: () => void): void {
  widget.content.changed.connect(show);
  widget.context.saveState.connect((context, state) => {
    if (state === 'started') {
      saving.add(context);
    } else {
      saving.delete(context);
    }
    show();
  });
  show();
}

export function stateOf({
  content,
  context
}: {
  content: JourneyEditor;
  context: JourneyWidget['context'];
}): string[] {
  if (!context.isReady) {
    return ['Loading'];
  }
  const { model } = context;
  const problems = content.problems.length;
  const others = content.peers.map(peer => peer.name);
  return [
    model.readOnly ? 'Read-only' : saving.has(context) ? 'Saving' : model.dirty ? 'Unsaved changes' : 'Saved',
    content.doc.unread === undefined ? counted(problems) : 'Cannot be read as a map',
    ...(others.length > 0 ? [`With ${others.join(', ')}`] : [])
  ];
}

function counted(problems: number): string {
  return problems === 0 ? 'No problems' : problems === 1 ? '1 problem' : `${problems} problems`;
}
