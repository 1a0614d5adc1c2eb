// Notes everything a page should never do: errors in its console, scripts that throw, files that are missing, answers of
// "internal error", and any request to somewhere else than the house itself.

export function watch(context, origin, troubles) {
  context.on("console", (message) => {
    if (message.type() === "error") troubles.push(`console: ${message.text()} (${place(message.location().url)})`);
  });
  context.on("weberror", (error) => troubles.push(`script: ${error.error()}`));
  context.on("response", (response) => {
    if (response.status() >= 500) troubles.push(`status ${response.status()}: ${place(response.url())}`);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    const inside = ["data:", "blob:", "about:"].includes(url.protocol) || url.origin === origin;
    if (!inside) troubles.push(`request to somewhere else: ${url.protocol}//${url.host}`);
  });
}

function place(url) {
  return url ? new URL(url).pathname : "no address";
}
