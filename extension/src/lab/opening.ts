import { ICollaborativeContentProvider } from '@jupyter/collaborative-drive';
import { ILayoutRestorer, JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import { WidgetTracker } from '@jupyterlab/apputils';
import type { Contents } from '@jupyterlab/services';
import { JourneyDoc } from '../shared/journey-doc';
import { JourneyWidget, JourneyWidgetFactory } from './editor';
import { mapIcon } from './icons';
import { CONTENT_TYPE, JourneyModelFactory, MODEL } from './model';
import { FACTORY, FILE_ENDING, FILE_TYPE, IJourneyTracker } from './tokens';

/** Opens `*.cjm.json` as a map, and hands out the maps that are open. */
export const editor: JupyterFrontEndPlugin<IJourneyTracker> = {
  id: 'cjm-notebooks:editor',
  description: 'Opens journey maps in an editor.',
  autoStart: true,
  provides: IJourneyTracker,
  optional: [ICollaborativeContentProvider, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    collaboration: ICollaborativeContentProvider | null,
    restorer: ILayoutRestorer | null
  ) => {
    // Without a content type, which the file browser would compare with the server's `file`.
    app.docRegistry.addFileType({
      name: FILE_TYPE,
      displayName: 'Journey Map',
      extensions: [FILE_ENDING],
      mimeTypes: ['application/json'],
      fileFormat: 'text',
      icon: mapIcon
    });
    collaboration?.sharedModelFactory.registerDocumentFactory(CONTENT_TYPE as Contents.ContentType, () =>
      JourneyDoc.create()
    );
    app.docRegistry.addModelFactory(new JourneyModelFactory());
    const openAsText = (path: string): void =>
      void app.commands.execute('docmanager:open', { path, factory: 'Editor' });
    const factory = new JourneyWidgetFactory(
      {
        name: FACTORY,
        modelName: MODEL,
        fileTypes: [FILE_TYPE, 'json'],
        defaultFor: [FILE_TYPE],
        // Without it the document is never shared, and two people overwrite each other.
        contentProviderId: collaboration ? 'rtc' : undefined
      },
      openAsText
    );
    app.docRegistry.addWidgetFactory(factory);
    return tracked(factory, restorer);
  }
};

function tracked(factory: JourneyWidgetFactory, restorer: ILayoutRestorer | null): IJourneyTracker {
  const tracker = new WidgetTracker<JourneyWidget>({ namespace: 'cjm-notebooks' });
  factory.widgetCreated.connect((_, widget) => {
    widget.title.icon = mapIcon;
    widget.context.pathChanged.connect(() => void tracker.save(widget));
    void tracker.add(widget);
  });
  void restorer?.restore(tracker, {
    command: 'docmanager:open',
    args: widget => ({ path: widget.context.path, factory: FACTORY }),
    name: widget => widget.context.path
  });
  return tracker;
}
