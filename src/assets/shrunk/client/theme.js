document.documentElement.classList.add("scripted");
try {
	document.documentElement.dataset.theme = localStorage.getItem("jianyan.theme") || "";
} catch (closed) {}
addEventListener("load", function() {
	var note = document.querySelector("noscript");
	if (note && !(window.jianyan || {}).page) note.outerHTML = note.textContent;
});
