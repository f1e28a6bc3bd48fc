/* The map's own behaviour inside st_folium's iframe: outline base map, circles, names, light and dark.
   Python passes data and settings only; texts in properties are already safe HTML. */
(function () {
  "use strict";

  const NAMES_SHOWN = 45;
  const NARROW_PX = 520;

  function note(map, position, className, text) {
    const control = L.control({ position: position });
    control.onAdd = function () {
      const box = L.DomUtil.create("div", "dl-note " + className);
      box.textContent = text;
      return box;
    };
    control.addTo(map);
    return control;
  }

  function pane(map, name, zIndex) {
    const element = map.createPane(name);
    element.style.zIndex = zIndex;
    element.style.pointerEvents = "none";
    return name;
  }

  function outlines(map, collection, className) {
    return L.geoJSON(collection, {
      pane: "dl-outlines",
      interactive: false,
      style: function () { return { className: className, weight: 1 }; },
    }).addTo(map);
  }

  function names(map, collection, className, language) {
    collection.features.forEach(function (feature) {
      const text = document.createElement("span");
      text.textContent = (language === "uk" && feature.properties.uk) || feature.properties.name;
      text.dataset.place = feature.properties.id;
      L.marker(feature.properties.label, {
        pane: "dl-names", interactive: false, keyboard: false,
        icon: L.divIcon({ className: "dl-name " + className, html: text, iconSize: null }),
      }).addTo(map);
    });
  }

  function tiles(map, options) {
    let answered = false, told = false;
    L.tileLayer(options.tiles, { attribution: options.tiles_attribution, maxZoom: 18 })
      .on("tileload", function () { answered = true; map.getContainer().classList.add("dl-tiles"); })
      .on("tileerror", function () {
        if (answered || told) return;
        told = true;
        note(map, "bottomleft", "dl-offline", options.no_tiles);
      })
      .addTo(map);
  }

  function markZoom(map) {
    const zoom = map.getZoom(), classes = map.getContainer().classList;
    classes.toggle("dl-far", zoom <= 5);
    classes.toggle("dl-near", zoom >= 6);
  }

  function zoomWords(map, options) {
    [[".leaflet-control-zoom-in", options.zoom_in], [".leaflet-control-zoom-out", options.zoom_out]].forEach(function (pair) {
      const button = map.getContainer().querySelector(pair[0]);
      if (!button) return;
      button.title = pair[1];
      button.setAttribute("aria-label", pair[1]);
    });
  }

  /* st_folium starts counting clicks at 0 but tells Python nothing yet as null: left so, every new map would make
     the page run a second time. null counts on from 0 as well. */
  function noClicksYet() {
    const state = window.__GLOBAL_DATA__;
    if (state && state.last_object_clicked_count === 0) state.last_object_clicked_count = null;
  }

  /* "Keep this view": a press puts centre and zoom into the link, a press on the kept view takes them out again. They
     travel to Python as a click on a drawing that has nothing but `view`. */
  function viewButton(map, words) {
    const control = L.control({ position: "topleft" });
    let kept = "";
    const now = function () {
      const centre = map.getCenter();
      return centre.lat.toFixed(4) + ":" + centre.lng.toFixed(4) + ":" + map.getZoom().toFixed(1);
    };
    const isKept = function () {
      const [lat, lon, zoom] = kept.split(":").map(Number);
      if (!kept || zoom !== map.getZoom()) return false;
      return map.project([lat, lon]).distanceTo(map.project(map.getCenter())) < 3;
    };
    control.onAdd = function () {
      const bar = L.DomUtil.create("div", "leaflet-bar"), button = L.DomUtil.create("a", "dl-keep-view", bar);
      button.href = "#";
      button.title = words;
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", words);
      button.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 4h10v16l-5-4-5 4z"/></svg>';
      const show = function () { button.setAttribute("aria-pressed", String(isKept())); };
      show();
      map.on("moveend", show);
      window.datelineKept = function (view) { kept = view; show(); };
      L.DomEvent.disableClickPropagation(bar);
      L.DomEvent.on(button, "click", function (event) {
        L.DomEvent.preventDefault(event);
        const state = window.__GLOBAL_DATA__;
        kept = isKept() ? "" : now();
        state.last_active_drawing = { type: "Feature", geometry: null, properties: { view: kept } };
        state.last_object_clicked_count += 1;
        map.fire("moveend");
      });
      return bar;
    };
    control.addTo(map);
  }

  window.datelineBase = function (map, options) {
    noClicksYet();
    pane(map, "dl-outlines", 250);
    pane(map, "dl-names", 260);
    pane(map, "dl-labels", 640);
    map.attributionControl.setPrefix("Leaflet");
    zoomWords(map, options);
    if (options.keep_view) viewButton(map, options.keep_view);
    map.attributionControl.addAttribution(options.attribution);
    note(map, "topright", "dl-caption", options.not_events);
    if (map.getSize().x < NARROW_PX) map.setZoom(map.getZoom() - 1, { animate: false });
    map.on("zoomend", function () { markZoom(map); });
    markZoom(map);
    if (options.tiles) tiles(map, options);
    fetch(options.outlines)
      .then(function (answer) {
        if (!answer.ok) throw new Error("status " + answer.status);
        return answer.json();
      })
      .then(function (data) {
        outlines(map, data.countries, "dl-country");
        outlines(map, data.oblasts, "dl-oblast");
        names(map, data.countries, "dl-country-name", options.language);
        names(map, data.oblasts, "dl-oblast-name", options.language);
        if (window.datelineQuiet) window.datelineQuiet();
      })
      .catch(function (error) {
        note(map, "topright", "dl-offline", options.no_outlines + " (" + error.message + ")");
      });
  };

  window.datelineFeature = function (feature, layer) {
    layer.options.className = feature.properties.look;
    layer.bindTooltip(feature.properties.tooltip, { direction: "top", className: "dl-tooltip", offset: [0, -4] });
    /* Tooltips listen for the focus, which makes each circle a stop of the Tab key: hundreds on the way to the table,
       where the same places are chosen by keyboard. */
    layer.on("add", function () {
      const element = layer.getElement && layer.getElement();
      if (element) element.setAttribute("tabindex", "-1");
    });
  };

  /* Who held a place: a disc, a square or a two-coloured diamond. Thousands of them: on one canvas, beneath the circles. */
  const HELD = ["ukraine", "russia", "contested"], BLUE = "#0072b2", VERMILION = "#d55e00";

  function heldPath(context, held, x, y, r) {
    context.beginPath();
    if (held === "ukraine") context.arc(x, y, r, 0, 2 * Math.PI);
    else if (held === "russia") context.rect(x - 0.88 * r, y - 0.88 * r, 1.76 * r, 1.76 * r);
    else [[0, -1], [1, 0], [0, 1], [-1, 0]].forEach(function (at, i) {
      context[i ? "lineTo" : "moveTo"](x + 1.7 * r * at[0], y + 1.7 * r * at[1]);
    });
    context.closePath();
  }

  const HeldMark = L.CircleMarker.extend({
    _updatePath: function () {
      const renderer = this._renderer, context = renderer._ctx, held = this.options.held;
      if (!renderer._drawing || this._empty()) return;
      const x = this._point.x, y = this._point.y, r = this._radius;
      heldPath(context, held, x, y, r);
      context.globalAlpha = 0.9;
      context.fillStyle = held === "ukraine" ? BLUE : VERMILION;
      context.fill();
      if (held === "contested") {
        context.beginPath();
        context.moveTo(x, y - 1.7 * r);
        context.lineTo(x, y + 1.7 * r);
        context.lineTo(x - 1.7 * r, y);
        context.closePath();
        context.fillStyle = BLUE;
        context.fill();
        heldPath(context, held, x, y, r);
      }
      context.globalAlpha = 1;
      if (held !== "contested" && r < 3.5) return;
      context.lineWidth = held === "contested" ? 1.2 : 0.6;
      context.strokeStyle = held === "contested" ? "#111" : "rgba(255, 255, 255, .75)";
      context.stroke();
    },
  });

  function heldRadius(zoom) {
    return Math.max(1.8, Math.min(6.5, 2.4 + (zoom - 6) * 0.9));
  }

  /* data: places as [id, name, lat, lon, status, number of the line in `said`]; all texts are safe HTML. */
  window.datelineControl = function (map, group, data) {
    if (!map.getPane("dl-control")) map.createPane("dl-control").style.zIndex = 390;
    window.datelineCanvas = window.datelineCanvas || L.canvas({ pane: "dl-control" });
    const radius = heldRadius(map.getZoom());
    const marks = L.featureGroup(data.places.map(function (row) {
      const held = HELD[row[4]];
      const mark = new HeldMark([row[2], row[3]], { renderer: window.datelineCanvas, radius: radius, held: held });
      mark.feature = { type: "Feature", properties: { place_id: row[0] } };
      mark.words = "<b>" + row[1] + "</b><br>" + data.words[row[4]] + "<br>" + data.said[row[5]];
      return mark;
    }));
    marks.bindTooltip(function (mark) { return mark.words || ""; }, { direction: "top", className: "dl-tooltip", sticky: true });
    marks.addTo(group);
    map.getContainer().classList.add("dl-controlled");
    const resize = function () {
      const now = heldRadius(map.getZoom());
      marks.eachLayer(function (mark) { mark.setRadius(now); });
    };
    map.on("zoomend", resize);
    group.on("remove", function () {
      map.off("zoomend", resize);
      map.getContainer().classList.remove("dl-controlled");
    });
  };

  function overlaps(a, b) {
    return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
  }

  /* Names beside the largest circles, as many as fit: a name never covers another name or a larger circle. */
  function writeNames(map, circles, labels) {
    labels.clearLayers();
    const taken = [], view = map.getBounds().pad(0.1);
    const wanted = circles.filter(function (circle) { return view.contains(circle.getLatLng()); });
    wanted.sort(function (a, b) { return b.feature.properties.selected - a.feature.properties.selected; });
    wanted.slice(0, 3 * NAMES_SHOWN).forEach(function (circle) {
      const at = map.latLngToContainerPoint(circle.getLatLng()), radius = circle.getRadius();
      const properties = circle.feature.properties, width = 7 * properties.characters + 6;
      const box = [at.x + radius + 2, at.y - 8, at.x + radius + 4 + width, at.y + 8];
      const own = [at.x - radius, at.y - radius, at.x + radius, at.y + radius];
      const free = taken.length < 2 * NAMES_SHOWN && !taken.some(function (other) { return overlaps(box, other); });
      if (!properties.area) taken.push(own);
      if (!free) return;
      taken.push(box);
      L.marker(circle.getLatLng(), {
        pane: "dl-labels", interactive: false, keyboard: false,
        icon: L.divIcon({
          className: "dl-label" + (properties.area ? " dl-area" : "") + (properties.selected ? " dl-selected" : ""),
          html: properties.name, iconSize: null, iconAnchor: [-radius - 4, 8],
        }),
      }).addTo(labels);
    });
  }

  /* An area that is drawn as a ring has its name from there. */
  function quietNames(map, circles) {
    const rings = new Set(circles.map(function (circle) { return circle.feature.properties.place_id; }));
    map.getPane("dl-names").querySelectorAll("span[data-place]").forEach(function (name) {
      name.style.visibility = rings.has(name.dataset.place) ? "hidden" : "";
    });
  }

  window.datelineNoPlaces = function (map, options) {
    map.getContainer().classList.toggle("dl-dark", options.theme === "dark");
    if (window.datelineWrite) map.off("zoomend moveend resize", window.datelineWrite);
    window.datelineChosen = null;
    quietNames(map, []);
  };

  window.datelinePlaces = function (map, group, layer, options) {
    map.getContainer().classList.toggle("dl-dark", options.theme === "dark");
    const circles = layer.getLayers();
    circles.sort(function (a, b) { return b.feature.properties.count - a.feature.properties.count; });
    window.datelineQuiet = function () { quietNames(map, circles); };
    window.datelineQuiet();
    if (window.datelineKept) window.datelineKept(options.view);
    const drawn = circles.map(function (circle) { return circle.feature.properties.place_id; }).sort().join();
    if (options.fit && circles.length && drawn !== window.datelineFitted) {
      window.datelineFitted = drawn;
      window.datelineShown = true;
      const points = circles.filter(function (circle) { return !circle.feature.properties.area; });
      const seen = L.latLngBounds((points.length ? points : circles).map(function (circle) { return circle.getLatLng(); }));
      map.fitBounds(seen.pad(0.2), { maxZoom: 9, animate: false });
    }
    if (circles.length && !window.datelineShown) {
      window.datelineShown = true;
      const view = map.getBounds();
      const seen = circles.some(function (circle) { return view.contains(circle.getLatLng()); });
      if (!seen) map.fitBounds(layer.getBounds().pad(0.2), { maxZoom: 8 });
    }
    const chosen = circles.find(function (circle) { return circle.feature.properties.selected; });
    const choice = chosen ? chosen.feature.properties.place_id : null;
    if (chosen && choice !== window.datelineChosen && !map.getBounds().pad(-0.05).contains(chosen.getLatLng())) {
      map.panTo(chosen.getLatLng());
    }
    window.datelineChosen = choice;
    const labels = L.layerGroup().addTo(group);
    const write = function () { writeNames(map, circles, labels); };
    if (window.datelineWrite) map.off("zoomend moveend resize", window.datelineWrite);
    window.datelineWrite = write;
    map.on("zoomend moveend resize", write);
    write();
  };
})();
