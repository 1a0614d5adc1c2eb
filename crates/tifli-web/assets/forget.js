// On the page where people sign in: after a sign-out nothing stays on this computer of what was typed; otherwise what belongs
// to a session that is over goes.

import { forget, sweep } from "./kept.js";

if (document.querySelector("[data-signed-out]")) forget();
else sweep();
