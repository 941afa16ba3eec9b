/* Sets the appearance that was chosen before anything is drawn; it stands in the head for that. */
try { document.documentElement.dataset.theme = localStorage.getItem('jianyan.theme') || ''; } catch (closed) { /* as the system has it */ }
