import {baseLayers} from './base-layers.ts';
import {type LayerFiles, makeLayer} from './layer.ts';
import {aptCommand, baseSteps, type WorldImage} from './world-image.ts';

const debian = baseSteps(baseLayers.debian, 'debian.sh --arch amd64 out/ trixie');
const alpine = baseSteps(baseLayers.alpine, 'alpine-minirootfs-3.22.2-x86_64.tar.gz');

const run = (command: string, sizeBytes: number, files: LayerFiles) => ({
	createdBy: `RUN /bin/sh -c ${command} # buildkit`,
	layer: makeLayer(files, sizeBytes),
});

const copy = (what: string, to: string, sizeBytes: number, files: LayerFiles) => ({
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
			}),
			{createdBy: aptCommand('gnupg less'), layer: makeLayer({'usr/bin/less': 900}, 18_300_000)},
			{createdBy: 'ENV PG_MAJOR=17'},
			{
				createdBy: aptCommand('postgresql-17'),
				layer: makeLayer(
					{'usr/lib/postgresql/17/bin/postgres': 14_000, 'usr/share/postgresql/17/postgres.bki': 4000},
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
	},
	{
		tags: ['redis:7-alpine'],
		ageDays: 31,
		isPulled: true,
		steps: [
			...alpine,
			run('addgroup -S redis && adduser -S redis -G redis', 4800, {'etc/group': 'redis:x:1000:\n'}),
			run('make -C /usr/src/redis install', 33_200_000, {'usr/local/bin/redis-server': 9000}),
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
				'usr/sbin/nginx': 9000,
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
			run('apk add --no-cache ca-certificates tzdata', 12_600_000, {'usr/share/zoneinfo/UTC': 120}),
			copy('/tmp/grafana', '/usr/share/grafana', 446_000_000, {
				'usr/share/grafana/bin/grafana': 22_000,
				'usr/share/grafana/conf/defaults.ini': 3000,
				'usr/share/grafana/public/app.js': 16_000,
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
			run('pip install -r requirements.txt', 238_000_000, {'usr/lib/python3/pandas/frame.py': 12_000}),
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
		tags: ['busybox:1.36'],
		ageDays: 410,
		isPulled: true,
		steps: [
			{
				createdBy: 'BusyBox 1.36.1 (glibc), Debian 12',
				layer: makeLayer({'bin/busybox': 9000, 'tmp/': ''}, 4_270_000),
			},
			{createdBy: 'CMD ["sh"]'},
		],
		settings: {command: ['sh']},
	},
];
