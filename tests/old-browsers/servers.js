// The servers that an office has, on loopback: node's own, which says the right charset, and nginx and Apache where they
// are installed: as Debian sets them up, and with a header that says GBK, under a sub-path, compressed.
const { spawn, execFileSync } = require('child_process'), fs = require('fs'), http = require('http'), path = require('path');

const FEW = ['search', 'document', 'ledger', 'search elsewhere'];
const installed = program => { try { return execFileSync('which', [program], { encoding: 'utf8', env: { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` } }).trim(); } catch (error) { return null; } };
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json' };

function plain(site, port) {
  const server = http.createServer((request, reply) => {
    const asked = path.join(site, decodeURIComponent(request.url.split('?')[0])), file = asked.endsWith('/') ? asked + 'index.html' : asked;
    if (!file.startsWith(site) || !fs.existsSync(file)) return reply.writeHead(404).end();
    reply.writeHead(200, { 'Content-Type': TYPES[file.split('.').pop()] || 'application/octet-stream' }).end(fs.readFileSync(file));
  }).listen(port, '127.0.0.1');
  return { name: 'http://', address: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}

/** Starts a server in the foreground with a configuration in a folder of its own. */
async function foreign(program, args, folder, name, address) {
  const child = spawn(program, args, { stdio: 'ignore' });
  for (let left = 50; left; left--) {
    const answers = await new Promise(done => http.get(address, reply => { reply.resume(); done(true); }).on('error', () => done(false)));
    if (answers) return { name, address, journeys: FEW, stop: () => child.kill() };
    await new Promise(done => setTimeout(done, 100));
  }
  child.kill();
  throw new Error(`${name} doesn't answer`);
}

function nginx(program, site, folder, port) {
  const own = path.join(folder, 'nginx');
  fs.mkdirSync(own, { recursive: true });
  const file = path.join(own, 'nginx.conf');
  fs.writeFileSync(file, `daemon off; pid ${own}/pid; error_log ${own}/error.log; user root;
events {}
http {
  include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
  client_body_temp_path ${own}/a; proxy_temp_path ${own}/b; fastcgi_temp_path ${own}/c; uwsgi_temp_path ${own}/d; scgi_temp_path ${own}/e;
  server { listen 127.0.0.1:${port}; root ${site}; gzip on; }
  server { listen 127.0.0.1:${port + 1}; charset gbk; source_charset gbk; charset_types text/html text/css application/javascript text/javascript; gzip on; gzip_types text/css application/javascript text/javascript;
    location /a/b/ { alias ${site}/; } }
}
`);
  return ['-c', file, '-p', own];
}

function apache(site, folder, port, gbk) {
  const own = path.join(folder, `apache-${port}`), modules = '/usr/lib/apache2/modules';
  fs.mkdirSync(own, { recursive: true });
  const file = path.join(own, 'apache.conf');
  fs.writeFileSync(file, `ServerName localhost
ServerRoot ${own}
PidFile ${own}/pid
ErrorLog ${own}/error.log
Listen 127.0.0.1:${port}
LoadModule mpm_event_module ${modules}/mod_mpm_event.so
LoadModule authz_core_module ${modules}/mod_authz_core.so
LoadModule mime_module ${modules}/mod_mime.so
LoadModule dir_module ${modules}/mod_dir.so
LoadModule alias_module ${modules}/mod_alias.so
LoadModule filter_module ${modules}/mod_filter.so
LoadModule deflate_module ${modules}/mod_deflate.so
TypesConfig /etc/mime.types
DocumentRoot ${gbk ? own : site}
<Directory />
  Require all granted
</Directory>
AddOutputFilterByType DEFLATE text/html text/css application/javascript text/javascript
${gbk ? `Alias /a/b/ ${site}/\nAddDefaultCharset GB2312\nAddCharset GB2312 .js .css .html` : ''}
`);
  return ['-f', file, '-D', 'FOREGROUND'];
}

/** Serves the site in every way that this machine can; each with its journeys, all of them where none are named. */
async function serve(site, folder) {
  const all = [plain(site, 8461)], [engine, httpd] = ['nginx', 'apache2'].map(installed);
  if (engine) {
    all.push(await foreign(engine, nginx(engine, site, folder, 8462), folder, 'nginx', 'http://127.0.0.1:8462/'));
    all.push({ name: 'nginx, GBK, /a/b/', address: 'http://127.0.0.1:8463/a/b/', journeys: FEW, stop() {} });
  }
  if (httpd) {
    all.push(await foreign(httpd, apache(site, folder, 8464, false), folder, 'Apache', 'http://127.0.0.1:8464/'));
    all.push(await foreign(httpd, apache(site, folder, 8465, true), folder, 'Apache, GB2312, /a/b/', 'http://127.0.0.1:8465/a/b/index.html'));
    all[all.length - 1].address = 'http://127.0.0.1:8465/a/b/';
  }
  return all;
}

module.exports = { serve };
