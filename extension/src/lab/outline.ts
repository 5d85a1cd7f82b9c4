import { JupyterFrontEnd, JupyterFrontEndPlugin } from '@jupyterlab/application';
import {
  ITableOfContentsRegistry,
  TableOfContents,
  TableOfContentsFactory,
  TableOfContentsModel
} from '@jupyterlab/toc';
import { Place, join, keysOf, touchpointsOf } from '../map/place';
import type { JourneyWidget } from './editor';
import { IJourneyTracker } from './tokens';

interface Heading extends TableOfContents.IHeading {
  place: Place;
}

/** Stages and touchpoints in the panel of the table of contents; a click selects on the map. */
export const outline: JupyterFrontEndPlugin<void> = {
  id: 'cjm-notebooks:toc',
  description: 'Lists the stages and touchpoints of a journey map in the table of contents.',
  autoStart: true,
  requires: [IJourneyTracker],
  optional: [ITableOfContentsRegistry],
  activate: (_: JupyterFrontEnd, tracker: IJourneyTracker, contents: ITableOfContentsRegistry | null) => {
    contents?.add(new OutlineFactory(tracker) as unknown as TableOfContents.IFactory);
  }
};

class OutlineFactory extends TableOfContentsFactory<JourneyWidget, Heading> {
  protected _createNew(widget: JourneyWidget, configuration?: TableOfContents.IConfig): Outline {
    const outline = new Outline(widget, configuration);
    const refresh = (): void => void outline.refresh();
    outline.activeHeadingChanged.connect((_, heading) => {
      if (heading) {
        widget.content.select(heading.place);
      }
    });
    void widget.context.ready.then(refresh);
    widget.content.changed.connect(refresh);
    widget.disposed.connect(() => outline.dispose());
    return outline;
  }
}

class Outline extends TableOfContentsModel<Heading, JourneyWidget> {
  readonly documentType = 'journey-map';

  protected override async getHeadings(): Promise<Heading[]> {
    const map = this.widget.context.isReady ? this.widget.content.doc.journeyMap : null;
    if (!map) {
      return [];
    }
    const stages = map.stages ?? [];
    const keys = keysOf(stages);
    const standing = touchpointsOf(map);
    return stages.flatMap((stage, number) => [
      { text: stage.name, level: 1, place: join('stages', keys[number]) },
      ...standing
        .filter(one => one.stage === number)
        .map(one => ({ text: one.touchpoint.name, level: 2, place: join('touchpoints', one.key) }))
    ]);
  }

  protected override isHeadingEqual(one: Heading, other: Heading): boolean {
    return super.isHeadingEqual(one, other) && one.place === other.place;
  }
}
