/* Sets the appearance that was chosen before anything is drawn; it stands in the head for that. Styles learn that
   scripts run, too, and keep room for what they will show. Where the other scripts don't run, because the browser is
   older than they are written for, the page says what it says without scripts: this one is written for any browser. */
(function (page) {
  page.classList.add('scripted');
  try { page.dataset.theme = localStorage.getItem('jianyan.theme') || ''; } catch (closed) { /* as the system has it */ }
  onload = function () {
    var note = document.querySelector('noscript');
    if (note && !(self.jianyan && jianyan.page)) note.outerHTML = note.textContent;
  };
})(document.documentElement);
