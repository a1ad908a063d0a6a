/* Small kindnesses. Every page works without this file. */
(function () {
  "use strict";
  var way = document.querySelector("[data-leave]");

  /* Leave: blank the page at once, then go. The visit does not stay behind the Back button. */
  function leave() {
    document.title = "";
    document.documentElement.hidden = true;
    document.body.textContent = "";
    window.location.replace(way.href);
  }

  /* Shift three times, by itself: in writing, another key comes between and nothing happens. */
  var presses = 0;
  var alone = false;
  var last = 0;
  function otherwise() {
    presses = 0;
    alone = false;
  }
  if (way) {
    way.addEventListener("click", function (event) {
      event.preventDefault();
      leave();
    });
    document.addEventListener("pointerdown", otherwise);
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Shift") otherwise();
      else if (!event.repeat) alone = true;
    });
    document.addEventListener("keyup", function (event) {
      if (event.key !== "Shift" || !alone) return;
      presses = event.timeStamp - last < 1500 ? presses + 1 : 1;
      last = event.timeStamp;
      if (presses === 3) leave();
    });
    /* A page that the browser kept whole is not shown again after leaving. */
    window.addEventListener("pageshow", function (event) {
      if (event.persisted && document.documentElement.hidden) window.location.reload();
    });
  }

  /* Wrong answers: start at the list of them. */
  var summary = document.querySelector(".summary");
  if (summary) summary.focus();

  /* Menus: Escape, or a press elsewhere, closes them. */
  function close(menu) {
    if (menu.open) menu.open = false;
  }
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      close(menu);
      menu.querySelector("summary").focus();
    });
  });
  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.menu[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) close(menu);
    });
  });
})();
