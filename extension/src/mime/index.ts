import type { IRenderMime } from '@jupyterlab/rendermime-interfaces';
import { Widget } from '@lumino/widgets';
import { JourneyMapElement, defineJourneyMap } from '../component/journey-map';
import { keepKeys } from '../component/keeping-keys';
import type { Problem } from '../component/host';
import type { JourneyMap } from '../map/generated/journey-map';
import type { MeasuredMap } from '../map/generated/measured-map';

const MIME_TYPE = 'application/vnd.cjm+json';
const AFTER_WIDGETS_BEFORE_HTML = 40;

/** What a `JourneyMap` shows of itself in a notebook. */
interface Payload {
  journey_map: JourneyMap;
  measured: MeasuredMap | null;
  problems: Problem[];
}

class MapOutput extends Widget implements IRenderMime.IRenderer {
  constructor() {
    super();
    this.addClass('cjm-Output');
    this.element = document.createElement(defineJourneyMap()) as JourneyMapElement;
    this.element.readonly = true;
    this.node.append(this.element);
    this.letGo = keepKeys(this.node);
  }

  async renderModel(model: IRenderMime.IMimeModel): Promise<void> {
    const shown = model.data[MIME_TYPE] as unknown as Payload;
    this.element.journeyMap = shown.journey_map;
    this.element.measured = shown.measured;
    this.element.problems = shown.problems;
    await this.element.updateComplete;
  }

  override dispose(): void {
    this.letGo();
    super.dispose();
  }

  private readonly element: JourneyMapElement;
  private readonly letGo: () => void;
}

const extension: IRenderMime.IExtension = {
  id: 'cjm-notebooks:mime',
  description: 'Shows journey maps in the outputs of notebooks',
  rendererFactory: { safe: true, mimeTypes: [MIME_TYPE], createRenderer: () => new MapOutput() },
  rank: AFTER_WIDGETS_BEFORE_HTML,
  dataType: 'json'
};

export default extension;
