import type { CSSResult } from 'lit';
import { cellStyles } from './cell-styles';
import { editorStyles } from './editor-styles';
import { frameStyles } from './frame-styles';
import { gridStyles } from './grid-styles';
import { markStyles } from './mark-styles';
import { Side } from './side';
import { theme } from './theme';
import { zoomStyles } from './zoom-styles';

export const styles: CSSResult[] = [
  theme,
  frameStyles,
  gridStyles,
  cellStyles,
  markStyles,
  zoomStyles,
  editorStyles,
  ...Side.styles
];
