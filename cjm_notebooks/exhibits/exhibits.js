/* Draws every exhibit on the page once BokehJS is there, in the colours of the page.
 *
 * Exhibits that come later (a notebook runs another cell) are drawn as they come. An exhibit is
 * drawn anew when the page turns dark or light and when it becomes narrow or wide.
 */
(function () {
  "use strict";

  var COLOURS = {
    "#1f2328": "--cjm-ink",
    "#59636e": "--cjm-muted",
    "#d8dee4": "--cjm-line",
    "#ffffff": "--cjm-paper",
  };
  var FORCED = window.matchMedia("(forced-colors: active)");
  var NARROW = 560;
  var LETTERS_WHEN_NARROW = 17;
  var LETTERS_OF_TITLE = 34;

  function each(nodes, act) {
    Array.prototype.forEach.call(nodes, act);
  }

  function cut(line) {
    return line.length > LETTERS_WHEN_NARROW
      ? line.slice(0, LETTERS_WHEN_NARROW - 1).trim() + "…"
      : line;
  }

  function inTwoLines(text, letters) {
    var space = text.lastIndexOf(" ", letters);
    var fits = text.length <= letters || text.indexOf("\n") >= 0 || space < 1;
    return fits ? text : text.slice(0, space) + "\n" + text.slice(space + 1);
  }

  function shortened(label) {
    return inTwoLines(label, LETTERS_WHEN_NARROW).split("\n").map(cut).join("\n");
  }

  function coloursOf(figure) {
    var style = getComputedStyle(figure);
    var colours = {};
    Object.keys(COLOURS).forEach(function (colour) {
      var found = style.getPropertyValue(COLOURS[colour]).trim() || colour;
      colours[colour] = FORCED.matches ? inNumbers(found) : found;
    });
    return colours;
  }

  /* Bokeh knows no names of colours that the reader has set. */
  function inNumbers(name) {
    var probe = document.body.appendChild(document.createElement("span"));
    probe.style.color = name;
    var colour = getComputedStyle(probe).color;
    probe.remove();
    return colour;
  }

  /* Names beside their rows take the room of the rows; slanted ones below columns do not. */
  function shortenLabels(axis) {
    var labels = axis.major_label_overrides;
    if (typeof axis.axis_label === "string") {
      axis.axis_label = inTwoLines(axis.axis_label, LETTERS_OF_TITLE);
    }
    if (labels && axis.major_label_orientation === undefined) {
      axis.major_label_text_font_size = "11px";
      labels.entries = labels.entries.map(function (entry) {
        return [entry[0], shortened(entry[1])];
      });
    }
  }

  /* The drawing as Python wrote it, for this page: its colours, and short labels where narrow. */
  function adapted(text, colours, narrow) {
    return JSON.parse(text, function (key, value) {
      if (typeof value === "string" && colours.hasOwnProperty(value)) {
        return colours[value];
      }
      if (narrow && value && value.name === "LinearAxis") {
        shortenLabels(value.attributes);
      }
      return value;
    });
  }

  function showSeries(figure) {
    if (!figure.cjmViews) {
      return;
    }
    var document_ = figure.cjmViews.roots[0].model.document;
    each(figure.querySelectorAll("button[data-series]"), function (button) {
      var pressed = button.getAttribute("aria-pressed") === "true";
      document_.all_models.forEach(function (model) {
        if (model.name === button.dataset.series) {
          model.visible = pressed;
        }
      });
    });
  }

  /* A chart that is wider than the page is scrolled by keyboard too. */
  function letKeyboardScroll(figure) {
    var scroll = figure.querySelector(".cjm-scroll");
    if (scroll.scrollWidth > scroll.clientWidth) {
      scroll.tabIndex = 0;
    } else {
      scroll.removeAttribute("tabindex");
    }
  }

  function draw(figure) {
    var drawing = figure.querySelector("script.cjm-drawing");
    if (!drawing || !window.Bokeh || !figure.clientWidth) {
      return;
    }
    var colours = coloursOf(figure);
    var narrow = figure.clientWidth < NARROW;
    var look = JSON.stringify([colours, narrow]);
    if (figure.cjmLook === look) {
      letKeyboardScroll(figure);
      return;
    }
    figure.cjmLook = look;
    var chart = figure.querySelector(".cjm-chart");
    each(figure.querySelectorAll("[hidden]"), function (part) {
      part.hidden = false;
    });
    window.Bokeh.embed
      .embed_item(adapted(drawing.textContent, colours, narrow), chart)
      .then(function (views) {
        if (figure.cjmLook !== look) {
          views.clear();
          return;
        }
        if (figure.cjmViews) {
          figure.cjmViews.clear();
        }
        figure.cjmViews = views;
        showSeries(figure);
        letKeyboardScroll(figure);
        figure.setAttribute("data-drawn", "");
      });
  }

  var resized = new ResizeObserver(function (entries) {
    entries.forEach(function (entry) {
      draw(entry.target);
    });
  });

  function drawAll() {
    each(document.querySelectorAll("figure.cjm-exhibit"), draw);
  }

  /* JupyterLab hides what it shows while it changes the theme, and shows it again in the same frame. */
  function drawAllSoon() {
    requestAnimationFrame(drawAll);
  }

  function drawNew() {
    each(document.querySelectorAll("figure.cjm-exhibit"), function (figure) {
      if (figure.cjmLook === undefined) {
        resized.observe(figure);
        draw(figure);
      }
    });
  }

  function watch(changes) {
    var isOfTheme = changes.some(function (change) {
      return change.type === "attributes";
    });
    (isOfTheme ? drawAllSoon : drawNew)();
  }

  function toggle(event) {
    var button = event.target.closest(".cjm-exhibit button[data-series]");
    if (button) {
      var pressed = button.getAttribute("aria-pressed") === "true";
      button.setAttribute("aria-pressed", String(!pressed));
      showSeries(button.closest(".cjm-exhibit"));
    }
  }

  if (window.cjmDrawExhibits) {
    window.cjmDrawExhibits();
    return;
  }
  window.cjmDrawExhibits = drawNew;

  function start() {
    document.addEventListener("click", toggle);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
    FORCED.addEventListener("change", drawAll);
    new MutationObserver(watch).observe(document.documentElement, {
      attributeFilter: ["data-jp-theme-light", "data-vscode-theme-kind"],
      childList: true,
      subtree: true,
    });
    drawNew();
  }

  /* While a page is still being read, a drawing may be there in part. */
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", start);
  } else {
    start();
  }
})();
