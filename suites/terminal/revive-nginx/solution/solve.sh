#!/bin/bash
set -e
cd /app
mkdir -p log run
chmod 644 site/assets/style.css
sed -i 's|error.log warn$|error.log warn;|; s|default_type text/plain;|include /etc/nginx/mime.types;\n    default_type text/plain;|' conf/nginx.conf
sed -i 's|9301|9310|' conf/upstream.conf
sed -i \
  -e 's|root /app/sites;|root /app/site;|' \
  -e 's|try_files $uri $uri/ /index.html;|try_files $uri $uri/ =404;|' \
  -e 's|proxy_pass http://backend;|proxy_pass http://backend/;|' \
  -e 's|proxy_set_headers Host $host;|proxy_set_header Host $http_host;|' \
  -e 's|return 302 /manual/$1;|return 301 /manual/$1;|' \
  -e 's|return 200 "ok\\n";|default_type text/plain;\n        return 200 "ok\\n";|' \
  conf/site.conf
nginx -t -c /app/conf/nginx.conf
