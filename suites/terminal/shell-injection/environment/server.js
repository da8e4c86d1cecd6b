// The file desk: finds text in files, describes them and packs them into archives.
const http = require('node:http');
const { search } = require('./lib/search.js');
const { describe } = require('./lib/info.js');
const { archive } = require('./lib/archive.js');

const folders = { files: process.env.FILES ?? '/app/files', archives: process.env.ARCHIVES ?? '/app/archives' };

function body(request) {
  return new Promise((resolve, reject) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (piece) => (text += piece));
    request.on('end', () => resolve(text));
    request.on('error', reject);
  });
}

async function answer(request) {
  const url = new URL(request.url, 'http://desk');
  const route = `${request.method} ${url.pathname}`;
  if (route === 'GET /search') return [200, await search(folders, url.searchParams.get('text'))];
  if (route === 'GET /info') return [200, await describe(folders, url.searchParams.get('file'))];
  if (route === 'POST /archive') return [201, await archive(folders, JSON.parse(await body(request)))];
  return [404, { error: 'no such route' }];
}

const server = http.createServer(async (request, response) => {
  let status, content;
  try {
    [status, content] = await answer(request);
  } catch (error) {
    [status, content] = [error.status ?? 500, { error: error.message }];
  }
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(content));
});

server.listen(Number(process.env.PORT ?? 8300), '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
