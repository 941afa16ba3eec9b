(function(page) {
page.classList.add("scripted");
try {
page.dataset.theme = localStorage.getItem("jianyan.theme") || "";
} catch (closed) {}
addEventListener("load", function() {
var note = document.querySelector("noscript");
if (note && !(window.jianyan || {}).page) note.outerHTML = note.textContent;
});
})(document.documentElement);
