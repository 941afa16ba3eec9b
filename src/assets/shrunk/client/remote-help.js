(e=>{"use strict";let{ask:t}=e.asking,{t:n}=e.page,r=e=>async r=>(await t(e,{q:r})).map(e=>({...e,text:n(`help.`+e.why,e)}));e.help=r(`help`),e.dated=r(`dated`)})(jianyan);
