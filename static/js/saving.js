// @ts-check
// Shows how far it is with what a worker does for a page, until that is done: whatever has
// an id and `data-pending`.

const ASK_EVERY_MS = 1500;

async function watch() {
  while (document.querySelector("[data-pending]")) {
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
    for (const shown of document.querySelectorAll("[data-pending]")) {
      const fresh = page.getElementById(shown.id);
      if (!fresh || shown.contains(document.activeElement)) continue;
      shown.replaceWith(document.adoptNode(fresh));
    }
  } catch {
    // Offline: the next look may go better.
  }
}

watch();
