// @ts-check
// Shows how far a playlist is on its way to a service, until it is there.

const ASK_EVERY_MS = 1500;

async function watch() {
  while (document.querySelector("#saving[data-pending]")) {
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
    if (!document.hidden) await look();
  }
}

/** Puts the server's own words in the place of the older ones. */
async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("saving");
    const shown = document.getElementById("saving");
    if (!fresh || !shown || shown.contains(document.activeElement)) return;
    shown.replaceWith(document.adoptNode(fresh));
  } catch {
    // Offline: the next look may go better.
  }
}

watch();
