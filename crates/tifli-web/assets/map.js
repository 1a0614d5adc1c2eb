// A live map over the drawn one: click, drag or the button sets latitude and longitude. Offline: the only source is our
// own regions. The two boxes stay the truth; without this script the drawn map and the boxes do the same. An old computer
// without WebGL fetches none of the map program and keeps the drawn map.

const boxes = document.querySelectorAll("[data-map]");
if (boxes.length && drawsFast()) {
  try {
    const maplibre = await import("./vendor/maplibre-gl.mjs");
    for (const box of boxes) open(maplibre, box);
  } catch {
    // Too old for the map program: the drawn map stays.
    for (const board of document.querySelectorAll(".map-board")) board.remove();
  }
}

/** Whether the browser draws with WebGL 2, which the map program needs. */
function drawsFast() {
  try {
    const canvas = document.createElement("canvas");
    return Boolean(window.WebGL2RenderingContext && canvas.getContext("webgl2"));
  } catch {
    return false;
  }
}

function open(maplibre, box) {
  const lat = document.getElementById(box.dataset.lat);
  const lon = document.getElementById(box.dataset.lon);
  if (!lat || !lon) return;
  const color = (name) => getComputedStyle(document.body).getPropertyValue(name).trim();
  const canvas = document.createElement("div");
  canvas.className = "map-board";
  canvas.setAttribute("role", "application");
  canvas.setAttribute("aria-label", box.dataset.label);
  box.append(canvas);
  const start = point(lat, lon) ?? look();
  const map = new maplibre.Map({
    container: canvas,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    maxZoom: 17,
    center: start ? [start.lon, start.lat] : [0, 0],
    zoom: start ? 9 : 1,
    style: {
      version: 8,
      sources: { regions: { type: "geojson", data: box.dataset.source } },
      layers: [
        { id: "sea", type: "background", paint: { "background-color": color("--tint") } },
        { id: "land", type: "fill", source: "regions", paint: { "fill-color": color("--card") } },
        { id: "borders", type: "line", source: "regions", paint: { "line-color": color("--field"), "line-width": 1 } },
      ],
    },
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.addControl(new maplibre.ScaleControl({ unit: "metric" }));
  const marker = new maplibre.Marker({ color: color("--warn"), draggable: true });
  const show = () => {
    const at = point(lat, lon);
    if (at) marker.setLngLat([at.lon, at.lat]).addTo(map);
    else marker.remove();
    return at;
  };
  const set = ({ lat: y, lng: x }) => {
    lat.value = y.toFixed(5);
    lon.value = x.toFixed(5);
    for (const input of [lat, lon]) input.dispatchEvent(new Event("change", { bubbles: true }));
    show();
  };
  map.on("click", (event) => set(event.lngLat));
  marker.on("dragend", () => set(marker.getLngLat()));
  for (const input of [lat, lon]) {
    input.addEventListener("change", () => {
      const at = show();
      if (at) map.easeTo({ center: [at.lon, at.lat] });
    });
  }
  document.addEventListener("tifli:look", ({ detail }) => {
    map.easeTo({ center: [detail.lon, detail.lat], zoom: Math.max(map.getZoom(), 11) });
  });
  map.once("load", async () => {
    for (const drawn of box.querySelectorAll(":scope > svg, :scope > p")) drawn.remove();
    box.classList.add("live");
    map.resize();
    if (!show() && !start) await fit(map);
    label(maplibre, map, box.dataset.lang);
  });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain small";
  button.textContent = box.dataset.placeLabel;
  button.addEventListener("click", () => set(map.getCenter()));
  box.after(button);
}

function point(lat, lon) {
  const at = { lat: Number(lat.value.replace(",", ".")), lon: Number(lon.value.replace(",", ".")) };
  const good = lat.value.trim() && lon.value.trim() && Math.abs(at.lat) <= 90 && Math.abs(at.lon) <= 180;
  return good ? at : null;
}

function look() {
  const chosen = document.querySelector("input[name=last_seen_place]:checked");
  return chosen?.dataset.lat ? { lat: Number(chosen.dataset.lat), lon: Number(chosen.dataset.lon) } : null;
}

async function fit(map) {
  const bounds = await map.getSource("regions").getBounds();
  if (bounds && !bounds.isEmpty()) map.fitBounds(bounds, { padding: 20, animate: false });
}

/** Names of the regions as page text, so that each script is shaped by the browser. */
function label(maplibre, map, lang) {
  const seen = new Set();
  for (const region of map.querySourceFeatures("regions")) {
    const name = region.properties[`name_${lang}`] ?? region.properties.name_fr ?? region.properties.name_en;
    if (!name || seen.has(region.properties.id)) continue;
    seen.add(region.properties.id);
    const text = document.createElement("span");
    text.className = "map-name";
    text.textContent = name;
    new maplibre.Marker({ element: text, anchor: "center" }).setLngLat(middle(region.geometry)).addTo(map);
  }
}

function middle(geometry) {
  const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((polygon) => polygon[0]);
  const ring = rings.reduce((best, one) => (one.length > best.length ? one : best));
  const xs = ring.map(([x]) => x);
  const ys = ring.map(([, y]) => y);
  return [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
}
