// Two hundred texts that would run a script, or plant markup, on a page that does not escape them where it shows them: each
// way out of a place in a page with each thing to do once out.

/** What a text must get out of: plain text, attributes, elements of raw text, comments, a script's string, CDATA. */
const WAYS_OUT = ["", '">', "'>", "</textarea>", "</title>", "</script>", "</style>", "-->", '"]}</script>', "]]>"];

/** `planted()` is what a script calls that runs. */
const DEEDS = [
  "<script>planted()</script>",
  "<img src=x onerror=planted()>",
  "<svg onload=planted()>",
  "<svg><script>planted()</script></svg>",
  '<iframe srcdoc="<script>parent.planted()</script>"></iframe>',
  "<input autofocus onfocus=planted()>",
  "<details open ontoggle=planted()>",
  "<video><source onerror=planted()></video>",
  "<body onload=planted()>",
  "<object data=javascript:planted()></object>",
  "<math><mtext></p><img src=x onerror=planted()></mtext></math>",
  '<a href="javascript:planted()">x</a>',
  "<form action=javascript:planted()><button autofocus>x</button></form>",
  '<div hx-get="/" hx-trigger="load" hx-on::after-request="planted()"></div>',
  '" onfocus=planted() autofocus tabindex=0 x="',
  "' onfocus=planted() autofocus tabindex=0 x='",
  "&lt;script&gt;planted()&lt;/script&gt;",
  "\\u003cscript\\u003eplanted()\\u003c/script\\u003e",
  "{{constructor.constructor('planted()')()}}${planted()}",
  "<style>@import 'x'</style><base href=//x/><meta http-equiv=refresh content='0;url=javascript:planted()'>",
];

export const PAYLOADS = WAYS_OUT.flatMap((out) => DEEDS.map((deed) => out + deed));

/** Markup that stands in no page of ours, so that a text which became markup is seen even where it runs nothing. */
export const PLANTED = [
  ...["onerror", "onload", "onfocus", "ontoggle"].map((name) => `[${name}]`),
  ...["iframe", "object", "math", "base", "style", "video", "script:not([src])"],
  "[href^='javascript:']",
  "[action^='javascript:']",
  "img[src$='/x']",
  "[hx-on\\:\\:after-request]",
].join(",");
