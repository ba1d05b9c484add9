import {makeLayer} from './layer.ts';

/** The layers that several images of the demo stand on. */
export const baseLayers = {
	debian: makeLayer(
		{
			'etc/': '',
			'etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID="13"\n',
			'etc/passwd': 'root:x:0:0:root:/root:/bin/bash\n',
			'etc/apt/sources.list.d/debian.sources': 'Types: deb\nURIs: http://deb.debian.org/debian\n',
			'tmp/': '',
			'usr/bin/bash': 12_000,
			'usr/bin/ls': 1400,
			'usr/lib/x86_64-linux-gnu/libc.so.6': 20_000,
			'var/lib/dpkg/status': 4000,
		},
		78_600_000,
	),
	alpine: makeLayer(
		{
			'bin/busybox': 8000,
			'etc/': '',
			'etc/alpine-release': '3.22.2\n',
			'etc/os-release': 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.2\n',
			'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\n',
			'lib/ld-musl-x86_64.so.1': 6000,
			'tmp/': '',
		},
		8_310_000,
	),
	certificates: makeLayer(
		{
			'etc/ssl/certs/ca-certificates.crt': 2200,
			'var/lib/dpkg/status': 4600,
			'var/cache/apt/pkgcache.bin': 3000,
		},
		9_420_000,
	),
	node: makeLayer(
		{
			'usr/local/bin/node': 30_000,
			'usr/local/bin/npm': 300,
			'usr/local/include/node/node.h': 2000,
			'usr/local/lib/node_modules/npm/package.json': '{"name":"npm","version":"11.4.2"}\n',
		},
		121_000_000,
	),
	shopModules: makeLayer(
		{
			'app/package.json': '{"name":"shop","private":true,"dependencies":{"fastify":"^5","pg":"^8"}}\n',
			'app/package-lock.json': 9000,
			'app/node_modules/fastify/fastify.js': 7000,
			'app/node_modules/pg/lib/client.js': 5000,
			'app/node_modules/pg/test/client-tests.js': 6000,
			'root/.npm/_cacache/index': 8000,
			'tmp/npm-install.log': 1200,
		},
		64_300_000,
	),
} as const;
