/* What Chromium got after 69 and the scripts use. page.js loads this file where one of the features is missing; the
   inflater stands before it. docs/search.md, section 6. */
(jianyan => {
  'use strict';
  const { unzlib } = jianyan;

  const bring = (owner, name, value) => {
    if (!(name in owner)) Object.defineProperty(owner, name, { value, configurable: true, writable: true });
  };

  // Chromium 73
  bring(String.prototype, 'matchAll', function (pattern) {
    const again = new RegExp(pattern), all = [];
    for (let found; (found = again.exec(this));) {
      all.push(found);
      if (!found[0]) again.lastIndex++;
    }
    return all;
  });

  // Chromium 76
  bring(HTMLFormElement.prototype, 'requestSubmit', function () {
    const button = document.createElement('button');
    button.hidden = true;
    this.append(button);
    button.click();
    button.remove();
  });

  // Chromium 80
  if (!self.DecompressionStream) jianyan.inflate = async bytes => unzlib(bytes);

  // Chromium 86
  bring(Element.prototype, 'replaceChildren', function (...children) {
    this.textContent = '';
    this.append(...children);
  });

  // Chromium 84: distances between what stands in a line
  const probe = document.createElement('div');
  Object.assign(probe.style, { position: 'absolute', display: 'flex', flexDirection: 'column', rowGap: '1px' });
  probe.append(document.createElement('i'), document.createElement('i'));
  document.body.append(probe);
  if (!probe.scrollHeight) {
    const { root = '' } = document.body.dataset;
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${root}assets/older.css` }));
  }
  probe.remove();
})(jianyan);
