#!/bin/sh
# What uv's own installer leaves behind: both commands in ~/.local/bin, and a file to source that puts them on the PATH.
set -eu
bin=$HOME/.local/bin
mkdir -p "$bin"
ln -sf /opt/uv/uv /opt/uv/uvx "$bin"
cat >"$bin/env" <<'ENV'
case ":$PATH:" in
  *":$HOME/.local/bin:"*) ;;
  *) export PATH="$HOME/.local/bin:$PATH" ;;
esac
ENV
echo "uv of this image: $(/opt/uv/uv --version)" >&2
