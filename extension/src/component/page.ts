/** The script of a page without a kernel: the maps that stand in it come alive. */
import { defineJourneyMap } from './journey-map';

defineJourneyMap();
