// Filling forms by the names of their fields, and a drawn portrait for the photo field.

/** Fills text, choices, checks and selects by `name`; an empty value is left alone. */
export async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    const field = page.locator(`main [name="${name}"]:not([type=hidden])`).first();
    const kind = await field.evaluate((element) => (element.tagName === "SELECT" ? "select" : element.type));
    if (kind === "radio" || kind === "checkbox") await page.check(`main [name="${name}"][value="${value}"]`);
    else if (kind === "select") await field.selectOption(value);
    else await field.fill(value);
  }
}

/** Presses the button of the main part with this name and value (or the only one) and waits for the next page. */
export async function press(page, { name, value } = {}) {
  const button = name ? `main button[name="${name}"][value="${value}"]` : "main form button:not([name])";
  await Promise.all([page.waitForEvent("load"), page.locator(button).first().click()]);
}

/** `YYYY-MM-DDTHH:MM` of a moment some hours ago in a zone, as a form wants it. */
export function hoursAgo(hours, zone) {
  const parts = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return parts.format(new Date(Date.now() - hours * 3_600_000)).replace(" ", "T");
}

/** A portrait of nobody: drawn on a canvas, as JPEG. */
export async function drawPortrait(context) {
  const page = await context.newPage();
  const base64 = await page.evaluate(() => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [960, 1200];
    const paint = canvas.getContext("2d");
    const oval = (color, x, y, rx, ry) => {
      paint.fillStyle = color;
      paint.beginPath();
      paint.ellipse(x, y, rx, ry, 0, 0, 2 * Math.PI);
      paint.fill();
    };
    paint.fillStyle = "#dfe8dc";
    paint.fillRect(0, 0, 960, 1200);
    oval("#b4322a", 480, 1200, 380, 330);
    oval("#3b241a", 480, 470, 250, 300);
    oval("#e8b48f", 480, 540, 185, 235);
    oval("#2b1a12", 410, 520, 18, 18);
    oval("#2b1a12", 550, 520, 18, 18);
    oval("#8a3b2c", 480, 660, 60, 14);
    return canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
  });
  await page.close();
  return { name: "portrait.jpg", mimeType: "image/jpeg", buffer: Buffer.from(base64, "base64") };
}
