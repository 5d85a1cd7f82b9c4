/* Writes every exhibit of the page into the document as an SVG of the size of a slide: what it is
 * called, what it says, the chart, and what its colours mean.
 */
(function () {
  "use strict";

  var WIDTH = 960;
  var HEIGHT = 540;
  var EDGE = 24;
  var SMALLEST = 0.5;
  var FONT = "Helvetica, Arial, sans-serif";
  var INK = "#1f2328";
  var PAPER = "#ffffff";
  var TITLE = { size: 22, weight: "bold", line: 28, most: 1 };
  var SAYS = { size: 15, weight: "normal", line: 20, most: 2 };
  var LEGEND = { size: 13, weight: "normal", line: 22, most: 2, between: 22, swatch: 30 };

  function escaped(text) {
    return new XMLSerializer().serializeToString(document.createTextNode(text));
  }

  function width(text, style) {
    var pen = document.createElement("canvas").getContext("2d");
    pen.font = style.weight + " " + style.size + "px " + FONT;
    return pen.measureText(text).width;
  }

  function lines(text, style) {
    var found = [""];
    text.split(/\s+/).forEach(function (word) {
      var longer = (found[found.length - 1] + " " + word).trim();
      if (width(longer, style) > WIDTH - 2 * EDGE && found[found.length - 1]) {
        found.push(word);
      } else {
        found[found.length - 1] = longer;
      }
    });
    var shown = found.slice(0, style.most);
    if (found.length > shown.length) {
      shown[shown.length - 1] += " …";
    }
    return shown;
  }

  function letters(text, x, y, style) {
    return (
      `<text x="${x}" y="${y}" font-family="${FONT}" font-size="${style.size}" ` +
      `font-weight="${style.weight}" fill="${INK}">${escaped(text)}</text>`
    );
  }

  /* The lines of a text from `top` down, and where they end. */
  function paragraph(text, top, style) {
    var drawn = lines(text, style).map(function (line, at) {
      return letters(line, EDGE, top + at * style.line + style.size, style);
    });
    return [drawn.join(""), top + drawn.length * style.line];
  }

  /* The entries in rows of the width of the slide, above `bottom`, and where they begin. */
  function legend(figure, bottom) {
    var rows = [[]];
    var x = EDGE;
    figure.querySelectorAll("button[data-series]").forEach(function (button) {
      var text = button.textContent.trim();
      var room = LEGEND.swatch + width(text, LEGEND) + LEGEND.between;
      if (x + room > WIDTH - EDGE && rows[rows.length - 1].length) {
        rows.push([]);
        x = EDGE;
      }
      rows[rows.length - 1].push({ text: text, swatch: button.querySelector("svg"), x: x });
      x += room;
    });
    var top = bottom - (rows[0].length ? rows.length * LEGEND.line : 0);
    var drawn = rows.map(function (entries, at) {
      var y = top + at * LEGEND.line;
      return entries.map(function (one) {
        var swatch = one.swatch.cloneNode(true);
        swatch.setAttribute("x", one.x);
        swatch.setAttribute("y", y + 3);
        swatch.setAttribute("color", INK);
        var text = letters(one.text, one.x + LEGEND.swatch, y + LEGEND.size, LEGEND);
        var drawn = new XMLSerializer().serializeToString(swatch);
        return drawn.replaceAll("var(--cjm-paper)", PAPER) + text;
      });
    });
    return [drawn.flat().join(""), top];
  }

  /* The chart in so much room, as Python wrote it but for its size; a tall one is made smaller. */
  async function chart(text, height) {
    var doc = Bokeh.require("document").Document.from_json(JSON.parse(text).doc);
    var plot = doc.roots()[0];
    var scale = Math.max(Math.min(height / plot.height, 1), SMALLEST);
    var room = { width: (WIDTH - 2 * EDGE) / scale, height: height / scale };
    plot.setv(Object.assign({ sizing_mode: "fixed", output_backend: "svg" }, room));
    var place = document.createElement("div");
    Object.assign(place.style, { position: "absolute", width: room.width + "px" });
    document.body.append(place);
    var views = await Bokeh.require("embed").add_document_standalone(doc, place);
    if (!doc.is_idle) {
      await new Promise(function (resolve) {
        doc.idle.connect(resolve);
      });
    }
    var svg = views.roots[0].export("svg").ctx.get_serialized_svg(true);
    views.clear();
    place.remove();
    return `<g transform="scale(${scale})">${svg}</g>`;
  }

  async function slide(figure) {
    var heading = figure.querySelector("figcaption > *").textContent;
    var says = figure.querySelector("figcaption > p");
    var [title, underTitle] = paragraph(heading, EDGE - 4, TITLE);
    var [said, top] = paragraph(says ? says.textContent : "", underTitle, SAYS);
    var [meaning, bottom] = legend(figure, HEIGHT - 10);
    var drawing = figure.querySelector("script.cjm-drawing").textContent;
    var drawn = await chart(drawing, bottom - top - 12);
    return (
      `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" role="img">` +
      `<title>${escaped(heading)}</title><desc>${escaped(says ? says.textContent : "")}</desc>` +
      `<rect width="100%" height="100%" fill="${PAPER}"/>${title}${said}` +
      `<g transform="translate(${EDGE} ${top + 6})">${drawn}</g>${meaning}</svg>`
    );
  }

  function keep(view, svg) {
    var kept = document.createElement("script");
    kept.type = "image/svg+xml";
    kept.className = "cjm-slide";
    kept.dataset.view = view;
    kept.textContent = btoa(unescape(encodeURIComponent(svg)));
    document.body.append(kept);
  }

  window.addEventListener("load", async function () {
    for (var figure of document.querySelectorAll("figure.cjm-exhibit")) {
      if (figure.querySelector("table")) {
        keep(figure.dataset.view, await slide(figure));
      }
    }
  });
})();
