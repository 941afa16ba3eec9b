document.documentElement.classList.add(`scripted`);try{document.documentElement.dataset.theme=localStorage.getItem(`jianyan.theme`)||``}catch{}
