"""How long `<journey-map>` takes to be drawn and to show an edit, beside a bare HTML table.

    python -m benchmarks.component

Needs Chromium and the built script (`npm run build:bundles` in `extension`). Both are measured in
one page, from the call to the end of the layout. The bare table has the same texts in as many
cells, written by `innerHTML` at once, and is written again as a whole for an edit.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from shutil import which
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from benchmarks.results import table, write_section
from cjm_notebooks.maps import JourneyMap

ROOT = Path(__file__).parents[1]
SCRIPT = ROOT / "cjm_notebooks" / "static" / "journey-map.js"
HOTEL = ROOT / "examples" / "hotel" / "hotel.cjm.json"
INTRODUCTION = (
    "Milliseconds of wall time in Chromium, median of 9: until a map is drawn as far as the window "
    "shows, until all of it is filled, and until an edit of one field is on the screen. Beside it "
    "a bare HTML table of the same texts, written as a whole by `innerHTML`, in the same page."
)
SIZES = ((10, 4), (100, 20), (300, 40))
RUNS = 9
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
MEASURE = """async ([map, runs]) => {
  const LANES = ['name', 'channel', 'department', 'doing', 'thinking', 'feeling', 'emotion'];
  const rest = () => new Promise(then => requestAnimationFrame(() => setTimeout(then, 50)));
  const median = all => all.sort((a, b) => a - b)[all.length >> 1];
  const touchpoints = map.stages.flatMap(stage => stage.touchpoints);
  const key = touchpoints[touchpoints.length >> 1].id;
  const escaped = text => String(text).replace(/[&<]/g, sign => `&#${sign.charCodeAt(0)};`);
  const texts = (one, lane) =>
    lane < LANES.length ? [one[LANES[lane]] ?? ''] :
    lane === 7 ? [one.expectation?.text ?? ''] :
    lane === 8 ? (one.pain_points ?? []).map(pain => pain.text) :
    lane === 9 ? (one.backstage ?? []).map(work => work.action) : [''];
  const cell = (one, lane) => `<td>${texts(one, lane).map(escaped).join('<br>')}</td>`;
  const line = (all, lane) => `<tr>${all.map(one => cell(one, lane)).join('')}</tr>`;
  const bare = all => '<table style="table-layout:fixed;width:60000px">' +
    Array.from({ length: 13 }, (_, lane) => line(all, lane)).join('') + '</table>';
  const doing = (one, number) => one.id === key ? { ...one, doing: `Edit ${number}` } : one;
  const changed = number => ({ ...map, stages: map.stages.map(stage =>
    ({ ...stage, touchpoints: stage.touchpoints.map(one => doing(one, number)) })) });
  const times = { draw: [], edit: [], whole: [], bareDraw: [], bareEdit: [] };
  for (let run = 0; run < runs; run++) {
    const element = document.createElement('journey-map');
    element.style.cssText = 'display:block;height:800px';
    element.journeyMap = map;
    let start = performance.now();
    document.body.append(element);
    await element.updateComplete;
    element.getBoundingClientRect();
    times.draw.push(performance.now() - start);
    while (element.shadowRoot.querySelector('[aria-busy=true]')) await rest();
    times.whole.push(performance.now() - start);
    await rest();
    start = performance.now();
    element.journeyMap = changed(run);
    await element.updateComplete;
    element.shadowRoot.querySelector('table').getBoundingClientRect();
    times.edit.push(performance.now() - start);
    element.remove();
    await rest();
    const box = document.body.appendChild(document.createElement('div'));
    for (const [name, shown] of [['bareDraw', map], ['bareEdit', changed(run)]]) {
      const all = shown.stages.flatMap(stage => stage.touchpoints);
      start = performance.now();
      box.innerHTML = bare(all);
      box.firstChild.getBoundingClientRect();
      times[name].push(performance.now() - start);
    }
    box.remove();
    await rest();
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}"""


def map_of(touchpoints: int, stages: int) -> dict[str, Any]:
    """A map as wide as asked, of the hotel's touchpoints over and over."""
    hotel: dict[str, Any] = json.loads(JourneyMap.load(HOTEL).canonical_text())
    pool = [one for stage in hotel["stages"] for one in stage["touchpoints"]]
    made = [
        {**pool[number % len(pool)], "id": f"t-{number}", "emotion": number % 5 - 2}
        for number in range(touchpoints)
    ]
    bounds = [round(stage * touchpoints / stages) for stage in range(stages + 1)]
    hotel["stages"] = [
        {"id": f"s-{number}", "name": f"Stage {number}", "touchpoints": made[begin:end]}
        for number, (begin, end) in enumerate(pairwise(bounds))
    ]
    return hotel


def rows(browser: Browser) -> Iterator[list[str]]:
    for touchpoints, stages in SIZES:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_content(f"<body><script>{SCRIPT.read_text('utf-8')}</script></body>")
        found: dict[str, float] = page.evaluate(MEASURE, [map_of(touchpoints, stages), RUNS])
        times = ("draw", "whole", "edit", "bareDraw", "bareEdit")
        yield [str(touchpoints), *(f"{found[name]:.1f}" for name in times)]
        page.close()


def main() -> None:
    columns = ["touchpoints", "drawn ms", "all filled ms", "edit ms", "bare ms", "bare edit ms"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=which("chromium"), args=FLAGS)
        times = table(columns, list(rows(browser)))
        browser.close()
    text = f"{INTRODUCTION}\n\n{times}\n\n{table(['script', 'kB', 'kB gzipped'], sizes())}"
    print(text)
    write_section("The map on the screen", text)


def sizes() -> Iterator[list[str]]:
    for file in sorted(SCRIPT.parent.glob("*.js")):
        script = file.read_bytes()
        packed = len(gzip.compress(script, 9))
        yield [f"`{file.name}`", f"{len(script) / 1000:.1f}", f"{packed / 1000:.1f}"]


if __name__ == "__main__":
    main()
