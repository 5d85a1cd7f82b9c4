import { LabIcon } from '@jupyterlab/ui-components';

/** Three columns of a map over the line of an emotion curve. */
export const mapIcon = new LabIcon({
  name: 'cjm-notebooks:map',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<path class="jp-icon3" fill="#616161" d="M3 3h5v8H3zM9.5 3h5v8h-5zM16 3h5v8h-5z"/>' +
    '<path class="jp-icon3" fill="none" stroke="#616161" stroke-width="2" d="M3 16l6 4 6-6 6 3"/></svg>'
});

/** A list under a magnifying glass. */
export const auditIcon = new LabIcon({
  name: 'cjm-notebooks:audit',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<path class="jp-icon3" fill="#616161" d="M3 4h14v2H3zM3 9h6v2H3zM3 14h5v2H3z"/>' +
    '<path class="jp-icon3" fill="none" stroke="#616161" stroke-width="2" d="M19 14a4.5 4.5 0 1 1-9 0a4.5 4.5 0 0 1 9 0zM17.8 17.2L22 21.4"/></svg>'
});

/** A pencil over a line with a tick at its end. */
export const exerciseIcon = new LabIcon({
  name: 'cjm-notebooks:exercise',
  svgstr:
    '<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">' +
    '<path class="jp-icon3" fill="#616161" d="M3 13.5V17h3.5L15.8 7.7l-3.5-3.5zM18.5 5a1 1 0 0 0 0-1.4L16.4 1.5a1 1 0 0 0-1.4 0l-1.6 1.6 3.5 3.5z"/>' +
    '<path class="jp-icon3" fill="none" stroke="#616161" stroke-width="2" d="M3 21h9M14.5 18.5l2.8 2.8L22 15.5"/></svg>'
});
