/* Sets the appearance that was chosen before anything is drawn; it stands in the head for that. Styles learn that
   scripts run, too, and keep room for what they will show. */
document.documentElement.classList.add('scripted');
try { document.documentElement.dataset.theme = localStorage.getItem('jianyan.theme') || ''; } catch (closed) { /* as the system has it */ }
