// The servers that an office has, on loopback: node's own, which says the right charset, and nginx and Apache where they
// are installed: as Debian sets them up, and with a header that says GBK, under a sub-path, compressed.
const { spawn, execFileSync } = require('child_process'), fs = require('fs'), http = require('http'), net = require('net'), path = require('path');

const FEW = ['search', 'document', 'ledger', 'search elsewhere'];
const TYPES = { html: 'text/html', js: 'text/javascript', css: 'text/css', json: 'application/json' };

const installed = program => {
  const env = { ...process.env, PATH: `${process.env.PATH}:/usr/sbin` };
  try { return execFileSync('which', [program], { encoding: 'utf8', env }).trim(); } catch (error) { return null; }
};

/** A port that nobody listens at. */
const free = () => new Promise(done => {
  const probe = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => done(port));
  });
});

async function plain(site) {
  const port = await free();
  const server = http.createServer((request, reply) => {
    const asked = path.join(site, decodeURIComponent(request.url.split('?')[0])), file = asked.endsWith('/') ? asked + 'index.html' : asked;
    if (!file.startsWith(site) || !fs.existsSync(file)) return reply.writeHead(404).end();
    reply.writeHead(200, { 'Content-Type': TYPES[file.split('.').pop()] || 'application/octet-stream' }).end(fs.readFileSync(file));
  }).listen(port, '127.0.0.1');
  return { name: 'http://', address: `http://127.0.0.1:${port}/`, stop: () => server.close() };
}

const answers = address => new Promise(done => http.get(address, reply => { reply.resume(); done(true); }).on('error', () => done(false)));

/** Starts a server in the foreground and waits until it answers. */
async function started(name, program, args, address) {
  const child = spawn(program, args, { stdio: 'ignore' }), stop = () => child.kill();
  process.on('exit', stop);
  for (let left = 50; left; left--) {
    if (await answers(address)) return { name, address, journeys: FEW, stop };
    await new Promise(done => setTimeout(done, 100));
  }
  stop();
  throw new Error(`${name} doesn't answer`);
}

function configure(folder, name, text) {
  const own = path.join(folder, name), file = path.join(own, 'server.conf');
  fs.rmSync(own, { recursive: true, force: true });
  fs.mkdirSync(own, { recursive: true });
  fs.writeFileSync(file, text(own));
  return file;
}

/** nginx twice in one: as it comes, and with another charset under a sub-path. */
async function nginx(program, site, folder) {
  const [one, other] = [await free(), await free()];
  const file = configure(folder, 'nginx', own => `daemon off; pid ${own}/pid; error_log ${own}/error.log; user ${process.env.USER || 'root'};
events {}
http {
  include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
  client_body_temp_path ${own}/a; proxy_temp_path ${own}/b; fastcgi_temp_path ${own}/c; uwsgi_temp_path ${own}/d; scgi_temp_path ${own}/e;
  server { listen 127.0.0.1:${one}; root ${site}; gzip on; }
  server { listen 127.0.0.1:${other}; charset gbk; source_charset gbk; charset_types text/html text/css application/javascript text/javascript;
    gzip on; gzip_types text/css application/javascript text/javascript;
    location /a/b/ { alias ${site}/; } }
}
`);
  const first = await started('nginx', program, ['-c', file, '-p', path.dirname(file)], `http://127.0.0.1:${one}/`);
  return [first, { ...first, name: 'nginx, GBK, /a/b/', address: `http://127.0.0.1:${other}/a/b/`, stop() {} }];
}

async function apache(program, site, folder, gbk) {
  const modules = '/usr/lib/apache2/modules', port = await free(), under = gbk ? '/a/b/' : '/';
  const file = configure(folder, gbk ? 'apache-gbk' : 'apache', own => `ServerName localhost
ServerRoot ${own}
PidFile ${own}/pid
ErrorLog ${own}/error.log
Listen 127.0.0.1:${port}
${['mpm_event', 'authz_core', 'mime', 'dir', 'alias', 'filter', 'deflate'].map(name => `LoadModule ${name}_module ${modules}/mod_${name}.so\n`).join('')}TypesConfig /etc/mime.types
DocumentRoot ${gbk ? own : site}
<Directory />
  Require all granted
</Directory>
AddOutputFilterByType DEFLATE text/html text/css application/javascript text/javascript
${gbk ? `Alias /a/b/ ${site}/\nAddDefaultCharset GB2312\nAddCharset GB2312 .js .css .html` : ''}
`);
  return started(gbk ? 'Apache, GB2312, /a/b/' : 'Apache', program, ['-f', file, '-D', 'FOREGROUND'], `http://127.0.0.1:${port}${under}`);
}

/** Serves the site in every way that this machine can; each with its journeys, all of them where none are named. */
async function serve(site, folder) {
  const all = [await plain(site)], [engine, httpd] = ['nginx', 'apache2'].map(installed);
  if (engine) all.push(...await nginx(engine, site, folder));
  if (httpd) all.push(await apache(httpd, site, folder, false), await apache(httpd, site, folder, true));
  return all;
}

module.exports = { serve };
