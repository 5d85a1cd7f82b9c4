import { Details } from '../../src/component/details/details';
import type { JourneyMap } from '../../src/map/generated/journey-map';
import { Holder, holding } from './host';

export const SHOP: JourneyMap = {
  id: 'shop',
  name: 'Shop',
  evidence: [{ id: 'talks', name: 'Talks', strength: 'B', supports: ['home'] }],
  opportunities: [{ id: 'faster', name: 'Faster', pain_points: ['slow'] }],
  stages: [
    {
      id: 'browse',
      name: 'Browse',
      touchpoints: [
        {
          id: 'home',
          name: 'Home',
          channel: 'fax',
          emotion: 1,
          pain_points: [
            { text: 'dark' },
            { id: 'slow', text: 'slow', status: 'validated', evidence: ['talks'] }
          ],
          match: { where: { is: 'home' }, after: ['list'], within: 'P1D' },
          x_board: { colour: 'red' }
        },
        { id: 'list', name: 'List', match: { where: { is: 'list' } } }
      ]
    }
  ],
  flows: [{ from: 'home', to: 'list' }]
};

/** The panel of what is selected in the shop's map. */
export function panel(selected: string, changes: Partial<Holder> = {}): Promise<Holder> {
  return holding(SHOP, host => new Details(host), { selected, ...changes });
}
