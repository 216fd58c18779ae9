"""Style and script of the page that `mlkc diff --format html` writes; ASCII only, nothing from elsewhere."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --page: #f6f7f9; --card: #fff; --ink: #1b1f24; --soft: #57606a; --line: #d5dae0;
  --code: #f0f2f5; --old: #fdecea; --new: #e6f4ea;
  --red: #b3261e; --pink: #a3195b; --orange: #a84300; --amber: #7a5900; --blue: #0b57d0; --teal: #00696b;
  --grey: #57606a;
  --on: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --page: #101418; --card: #1a2027; --ink: #e6e9ed; --soft: #a2abb5; --line: #353d47;
    --code: #232b34; --old: #42211f; --new: #1c3726;
    --red: #ff8a80; --pink: #ff8fc0; --orange: #ffab70; --amber: #f2cc60; --blue: #8ab8ff; --teal: #6fd6d2;
    --grey: #a2abb5;
    --on: #101418; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, sans-serif; }
header, main { max-width: 96rem; margin: 0 auto; padding: 1rem; }
header { padding-bottom: 0; }
main { padding-top: 0; }
h1 { font-size: 1.35rem; line-height: 1.3; margin: .25rem 0; overflow-wrap: anywhere; }
h2 { font-size: 1.05rem; margin: 1.5rem 0 .5rem; }
h3 { font-size: 1rem; line-height: 1.35; margin: .5rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .25rem 0; }
code, del, ins { font: .87em/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
  overflow-wrap: anywhere; }
.path { display: block; }
pre { background: var(--code); border-radius: 4px; padding: .5rem; overflow-x: auto;
  font: .85em/1.45 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.note { border-left: 4px solid var(--amber); padding-left: .6rem; }
.soft { color: var(--soft); }
.counts { display: flex; flex-wrap: wrap; gap: .4rem; padding: 0; margin: .5rem 0; list-style: none; }
.badge { display: inline-block; border-radius: 1rem; padding: .05rem .6rem; font-size: .82rem; font-weight: 600;
  background: var(--hue); color: var(--on); }
.refused { --hue: var(--red); } .data { --hue: var(--pink); } .access { --hue: var(--orange); }
.downtime { --hue: var(--amber); } .restart { --hue: var(--blue); } .image { --hue: var(--teal); }
.metadata, .none { --hue: var(--grey); }
.stacks { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 22rem), 1fr)); }
.cards { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 27rem), 1fr)); }
figure, article { background: var(--card); border: 1px solid var(--line); border-radius: 8px;
  margin: 0; padding: .75rem; }
article { border-left: 4px solid var(--hue); padding: .75rem 1rem; min-width: 0; }
figcaption { margin-bottom: .6rem; overflow-wrap: anywhere; }
svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
svg text { fill: var(--soft); font: 10.4px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
svg .part { fill: var(--ink); font: 600 12.5px system-ui, "Segoe UI", Roboto, sans-serif; }
svg .mark { fill: var(--hue); font-weight: 700; }
.box rect { fill: var(--code); stroke: var(--line); }
.box.marked rect { stroke: var(--hue); stroke-width: 2; }
.edge { fill: none; stroke: var(--soft); stroke-width: 1.3; }
.tip { fill: var(--soft); }
.top { display: flex; flex-wrap: wrap; gap: .3rem .5rem; align-items: center; font-size: .85rem; }
.values { display: grid; gap: .3rem; margin: .5rem 0; }
del, ins { display: block; text-decoration: none; border-radius: 4px; padding: .2rem .5rem; white-space: pre-wrap; }
del { background: var(--old); } ins { background: var(--new); }
del::before { content: "old "; color: var(--soft); } ins::before { content: "new "; color: var(--soft); }
.line { display: block; background: var(--code); border-radius: 4px; padding: .2rem .5rem; margin-top: .2rem;
  white-space: pre-wrap; }
.because { margin-top: .6rem; font-size: .9rem; }
.filter { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin-top: 1rem; }
button { font: inherit; font-size: .9rem; min-height: 2.2rem; padding: .2rem .9rem; border: 1px solid var(--line);
  border-radius: 1.2rem; background: var(--card); color: var(--ink); cursor: pointer;
  max-width: 100%; overflow-wrap: anywhere; }
button[aria-pressed=true] { background: var(--ink); color: var(--page); border-color: var(--ink); }
button:focus-visible { outline: 3px solid var(--blue); outline-offset: 2px; }
[hidden] { display: none; }
"""

SCRIPT: Final = """
(function () {
  var bar = document.querySelector(".filter");
  if (!bar) { return; }
  var buttons = bar.querySelectorAll("button");
  var items = document.querySelectorAll("[data-env]");
  var count = document.getElementById("count");
  function show(env) {
    var cards = 0;
    buttons.forEach(function (one) { one.setAttribute("aria-pressed", String(one.value === env)); });
    items.forEach(function (one) {
      var own = JSON.parse(one.dataset.env);
      one.hidden = env !== "" && own.length > 0 && own.indexOf(env) < 0;
      if (!one.hidden && one.tagName === "ARTICLE") { cards += 1; }
    });
    count.textContent = cards;
  }
  buttons.forEach(function (one) { one.addEventListener("click", function () { show(one.value); }); });
  bar.hidden = false;
})();
"""
