// @ts-check
// Copies the link that a list is shared by.

import { copied } from "./clipboard.js";
import { gettext } from "./words.js";

const button = document.getElementById("share-copy");
const address = document.querySelector(".share__link")?.getAttribute("href");

if (button && address) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const said = document.getElementById("share-said");
    const isDone = await copied(address);
    if (said) {
      said.textContent = isDone
        ? gettext("The link is copied.")
        : gettext("Your browser doesn't let it be copied. Mark the link and copy it yourself.");
    }
  });
}
