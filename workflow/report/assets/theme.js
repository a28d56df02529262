// Runs before the page is painted, so that a remembered theme never flashes.
var REPORT_DATA = {};
try {
  var remembered = localStorage.getItem("rashinban.theme");
  if (remembered) document.documentElement.dataset.theme = remembered;
} catch (error) { /* a browser without storage keeps its own preference */ }
