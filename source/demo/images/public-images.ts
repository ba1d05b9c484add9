import {baseLayers} from './base-layers.ts';
import {makeLayer} from './layer.ts';
import type {LayerContent} from './layer-files.ts';
import {debianPackages} from './package-files.ts';
import {aptCommand, baseSteps, type WorldImage} from './world-image.ts';

const debian = baseSteps(baseLayers.debian, 'debian.sh --arch amd64 out/ trixie');
const alpine = baseSteps(baseLayers.alpine, 'alpine-minirootfs-3.22.2-x86_64.tar.gz');

const run = (command: string, sizeBytes: number, files: LayerContent) => ({
	createdBy: `RUN /bin/sh -c ${command} # buildkit`,
	layer: makeLayer(files, sizeBytes),
});

const copy = (what: string, to: string, sizeBytes: number, files: LayerContent) => ({
	createdBy: `COPY ${what} ${to} # buildkit`,
	layer: makeLayer(files, sizeBytes),
});

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** Images out of registries, as a person finds them on most machines. */
export const publicImages: readonly WorldImage[] = [
	{
		tags: ['postgres:17'],
		ageDays: 24,
		isPulled: true,
		steps: [
			...debian,
			run('groupadd -r postgres && useradd -r -g postgres postgres', 10_400, {
				'etc/group': 'postgres:x:999:\n',
				'var/lib/postgresql/': '',
				'var/log/lastlog': 1,
			}),
			{
				createdBy: aptCommand('gnupg less'),
				layer: makeLayer(
					{'var/lib/dpkg/status': 800, ...debianPackages({gnupg: 6000, less: 900, libassuan: 400})},
					18_300_000,
				),
			},
			{createdBy: 'ENV PG_MAJOR=17'},
			{
				createdBy: aptCommand('postgresql-17'),
				layer: makeLayer(
					{
						'usr/lib/postgresql/17/bin/initdb': 300,
						'usr/lib/postgresql/17/bin/pg_dump': 900,
						'usr/lib/postgresql/17/bin/postgres': 14_000,
						'usr/lib/postgresql/17/bin/psql': 1100,
						'usr/lib/postgresql/17/lib/llvmjit.so': 90_000,
						'usr/share/postgresql/17/postgres.bki': 4000,
						'usr/share/postgresql/17/timezonesets/Default': 30,
						'var/lib/apt/lists/deb.debian.org_debian_dists_trixie_main_binary-amd64_Packages': 16_000,
						'var/lib/dpkg/status': 900,
						...debianPackages({
							libicu: 12_000,
							libllvm: 40_000,
							libpq: 500,
							libxml2: 1500,
							'postgresql-client': 1900,
						}),
					},
					329_000_000,
				),
			},
			{createdBy: 'VOLUME [/var/lib/postgresql/data]'},
			copy('docker-entrypoint.sh', '/usr/local/bin/', 15_200, {'usr/local/bin/docker-entrypoint.sh': 1500}),
			{createdBy: 'EXPOSE [5432/tcp]'},
			{createdBy: 'CMD ["postgres"]'},
		],
		settings: {
			entrypoint: ['docker-entrypoint.sh'],
			command: ['postgres'],
			environment: [path, 'PG_MAJOR=17', 'PGDATA=/var/lib/postgresql/data'],
			exposedPorts: ['5432/tcp'],
			volumes: ['/var/lib/postgresql/data'],
			stopSignal: 'SIGINT',
		},
		more: {
			Healthcheck: {Test: ['CMD-SHELL', 'pg_isready -U postgres'], Interval: 10e9, Timeout: 5e9, Retries: 5},
		},
	},
	{
		tags: ['redis:7-alpine'],
		ageDays: 31,
		isPulled: true,
		steps: [
			...alpine,
			run('addgroup -S redis && adduser -S redis -G redis', 4800, {
				'etc/group': 'redis:x:1000:\n',
				'etc/passwd': 'root:x:0:0:root:/root:/bin/sh\nredis:x:999:1000::/home/redis:/bin/sh\n',
				'home/redis/.ash_history': 1,
			}),
			run('make -C /usr/src/redis install', 33_200_000, {
				'usr/local/bin/redis-benchmark': 4000,
				'usr/local/bin/redis-cli': 4200,
				'usr/local/bin/redis-sentinel': {symlink: 'redis-server'},
				'usr/local/bin/redis-server': 9000,
			}),
			{createdBy: 'VOLUME [/data]'},
			{createdBy: 'EXPOSE [6379/tcp]'},
			{createdBy: 'CMD ["redis-server"]'},
		],
		settings: {
			entrypoint: ['docker-entrypoint.sh'],
			command: ['redis-server'],
			environment: [path, 'REDIS_VERSION=7.4.7'],
			workingDirectory: '/data',
			exposedPorts: ['6379/tcp'],
			volumes: ['/data'],
		},
	},
	{
		tags: ['nginx:1.27'],
		ageDays: 40,
		isPulled: true,
		steps: [
			...debian,
			{createdBy: 'ENV NGINX_VERSION=1.27.5'},
			run('set -x && apt-get install -y nginx', 113_000_000, {
				'etc/nginx/nginx.conf': 700,
				'etc/nginx/mime.types': 5,
				'usr/lib/nginx/modules/ngx_http_image_filter_module.so': 300,
				'usr/sbin/nginx': 9000,
				'usr/sbin/nginx-debug': 11_000,
				'var/lib/apt/lists/nginx.org_packages_debian_dists_trixie_Packages': 6000,
				'var/lib/dpkg/status': 700,
				'var/log/nginx/access.log': {symlink: '/dev/stdout'},
				'var/log/nginx/error.log': {symlink: '/dev/stderr'},
				...debianPackages({libgd: 2000, libgeoip: 1200, libxslt: 1000, nginx: 9000}),
				'usr/share/nginx/html/index.html': '<h1>Welcome to nginx!</h1>\n',
			}),
			copy('docker-entrypoint.sh', '/', 1620, {'docker-entrypoint.sh': 1600}),
			{createdBy: 'EXPOSE [80/tcp]'},
			{createdBy: 'CMD ["nginx" "-g" "daemon off;"]'},
		],
		settings: {
			entrypoint: ['/docker-entrypoint.sh'],
			command: ['nginx', '-g', 'daemon off;'],
			environment: [path, 'NGINX_VERSION=1.27.5'],
			exposedPorts: ['80/tcp'],
			labels: {maintainer: 'NGINX Docker Maintainers'},
			stopSignal: 'SIGQUIT',
		},
	},
	{
		tags: ['grafana/grafana:11.3.0'],
		ageDays: 53,
		isPulled: true,
		steps: [
			...alpine,
			run('apk add --no-cache ca-certificates tzdata', 12_600_000, {
				'lib/apk/db/installed': 400,
				'usr/share/zoneinfo/Europe/Vienna': 240,
				'usr/share/zoneinfo/UTC': 120,
			}),
			copy('/tmp/grafana', '/usr/share/grafana', 446_000_000, {
				'usr/share/grafana/bin/grafana': 22_000,
				'usr/share/grafana/conf/defaults.ini': 3000,
				'usr/share/grafana/data/plugins-bundled/grafana-exploretraces-app/module.js': 9000,
				'usr/share/grafana/public/app.js': 16_000,
				'usr/share/grafana/public/app.js.map': 30_000,
				'usr/share/grafana/public/img/grafana_icon.svg': 6,
			}),
			{createdBy: 'EXPOSE [3000/tcp]'},
			{createdBy: 'USER 472'},
			{createdBy: 'ENTRYPOINT ["/run.sh"]'},
		],
		settings: {
			entrypoint: ['/run.sh'],
			environment: [path, 'GF_PATHS_DATA=/var/lib/grafana'],
			workingDirectory: '/usr/share/grafana',
			user: '472',
			exposedPorts: ['3000/tcp'],
			labels: {maintainer: 'Grafana Labs <hello@grafana.com>'},
		},
	},
	{
		tags: ['registry.example.com/platform/report-job:2026.11'],
		ageDays: 9,
		isPulled: true,
		steps: [
			...debian,
			{createdBy: aptCommand('ca-certificates'), layer: baseLayers.certificates},
			run('pip install -r requirements.txt', 238_000_000, {
				'root/.cache/pip/http-v2/9/c/1/9c1f0e': 7000,
				'usr/lib/python3/numpy/core/multiarray.so': 9000,
				'usr/lib/python3/pandas/frame.py': 600,
				'usr/lib/python3/pandas/lib.so': 12_000,
				'usr/lib/python3/pandas/tests/test_frame.py': 3000,
			}),
			copy('report', '/usr/local/bin/report', 86_000, {'usr/local/bin/report': 2200}),
			{createdBy: 'ENTRYPOINT ["report"]'},
		],
		settings: {
			entrypoint: ['report'],
			command: ['--monthly'],
			environment: [path, 'REPORT_TIMEZONE=Europe/Vienna'],
			labels: {'com.example.team': 'platform'},
		},
	},
	{
		tags: ['private.example.com/translate/service:3.2'],
		ageDays: 12,
		isPulled: true,
		steps: [
			...debian,
			{createdBy: aptCommand('ca-certificates'), layer: baseLayers.certificates},
			copy('models', '/srv/models', 164_000_000, {
				'srv/models/de-ja.bin': 9000,
				'srv/models/en-ja.bin': 9400,
				'srv/models/読み仮名.txt': 120,
			}),
			copy('translate', '/usr/local/bin/translate', 7_800_000, {'usr/local/bin/translate': 2200}),
			{createdBy: 'EXPOSE [8090/tcp]'},
			{createdBy: 'ENTRYPOINT ["translate"]'},
		],
		settings: {
			entrypoint: ['translate'],
			environment: [path, 'LANG=ja_JP.UTF-8'],
			exposedPorts: ['8090/tcp'],
			labels: {'org.opencontainers.image.title': '翻訳サービス'},
		},
	},
	{
		tags: ['ghcr.io/example/partner-connectors:0.9'],
		ageDays: 3,
		isPulled: true,
		steps: [
			...alpine,
			copy('connectors', '/opt/connectors', 58_000_000, {
				'opt/connectors/bin/connectors': 5000,
				'opt/connectors/schemas/edifact-d01b.json': 900,
				'opt/connectors/schemas/peppol-bis-3.json': 700,
			}),
			{createdBy: 'ENTRYPOINT ["/opt/connectors/bin/connectors"]'},
		],
		settings: {
			entrypoint: ['/opt/connectors/bin/connectors'],
			environment: [path],
			labels: {'org.opencontainers.image.source': 'https://github.com/example/partner-connectors'},
		},
	},
	{
		tags: ['busybox:1.36'],
		ageDays: 410,
		isPulled: true,
		steps: [
			{
				createdBy: 'BusyBox 1.36.1 (glibc), Debian 12',
				layer: makeLayer({'bin/busybox': 9000, 'bin/sh': {hardLink: 'bin/busybox'}, 'tmp/': ''}, 4_270_000),
			},
			{createdBy: 'CMD ["sh"]'},
		],
		settings: {command: ['sh']},
	},
];
