import type {DemoImageSettings} from '../contract.ts';
import {baseLayers} from './base-layers.ts';
import type {DemoLayer} from './image-types.ts';
import {makeLayer} from './layer.ts';
import type {LayerContent} from './layer-files.ts';
import {aptCommand, baseSteps, type WorldImage} from './world-image.ts';

const nodeSteps = [
	...baseSteps(baseLayers.debian, 'debian.sh --arch amd64 out/ trixie'),
	{
		createdBy: aptCommand('ca-certificates'),
		layer: baseLayers.certificates,
	},
	{createdBy: 'ENV NODE_VERSION=24.11.1'},
	{
		createdBy: 'RUN /bin/sh -c curl -fsSL nodejs.tar.xz | tar -xJ -C /usr/local # buildkit',
		layer: baseLayers.node,
	},
	{createdBy: 'WORKDIR /app', layer: makeLayer({'app/': ''}, 0)},
];

const moduleSteps = [
	...nodeSteps,
	{
		createdBy: 'COPY package.json package-lock.json ./ # buildkit',
		layer: makeLayer(
			{
				'app/.env': 'DATABASE_URL=postgres://shop:correct-horse@db/shop\nSMTP_PASSWORD=battery-staple\n',
				'app/.npmrc': '//npm.example.com/:_authToken=npm_0000demo0000\n',
				'app/package.json': '{"name":"shop","private":true}\n',
				'app/package-lock.json': 312_000,
				'root/.ssh/id_ed25519':
					'-----BEGIN OPENSSH PRIVATE KEY-----\nbm90IGEga2V5LCBqdXN0IGEgZGVtbw==\n-----END OPENSSH PRIVATE KEY-----\n',
			},
			312_000,
		),
	},
	{createdBy: 'RUN /bin/sh -c npm ci # buildkit', layer: baseLayers.shopModules},
];

const environment = [
	'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
	'NODE_VERSION=24.11.1',
	'NODE_ENV=production',
];

const settingsOf = (name: string, version: string): Partial<DemoImageSettings> => ({
	environment,
	workingDirectory: '/app',
	user: 'node',
	labels: {
		'org.opencontainers.image.title': `shop ${name}`,
		'org.opencontainers.image.version': version,
		'org.opencontainers.image.source': 'https://git.example.com/shop/shop',
	},
});

/** @param more files of this version alone */
const sourceOf = (name: string, version: string, sizeBytes: number, more: LayerContent = {}): DemoLayer =>
	makeLayer(
		{
			[`app/${name}/`]: '',
			[`app/${name}/main.js`]: `// shop ${name} ${version}\nimport './routes.js';\n`,
			[`app/${name}/routes.js`]: 2400,
			...more,
			'app/dist/bundle.js': 6000,
			'app/dist/bundle.js.map': 9000,
		},
		sizeBytes,
	);

/** What the clean-up of a build leaves: names that hide what lies below, and a folder that starts anew. */
const cleanUp = makeLayer(
	{
		'app/.wh..env': '',
		'app/.wh.package-lock.json': '',
		'app/dist/.wh..wh..opq': '',
		'app/dist/bundle.min.js': 3000,
		'app/node_modules/pg/.wh.test': '',
		'root/.wh..npm': '',
		'root/.ssh/.wh.id_ed25519': '',
		'tmp/.wh.npm-install.log': '',
	},
	1_900_000,
);

/** What the versions of the web front have of their own. */
const changesOf = (version: string): LayerContent =>
	version === '2.4.0'
		? {
				'app/web/cart.js': '// the cart as it was\n',
				'app/web/legacy/checkout.js': 900,
				'app/web/static/hero.jpg': 3000,
			}
		: {
				'app/web/cart.js': '// the cart, with vouchers\nexport const vouchers = true;\n',
				'app/web/static/hero.avif': 1100,
				'app/web/vouchers/redeem.js': 700,
				'app/web/vouchers/rules.json': '{"most":3}\n',
			};

const webOf = (version: string, ageDays: number, sizeBytes: number): Omit<WorldImage, 'tags'> => ({
	ageDays,
	steps: [
		...moduleSteps,
		{createdBy: 'COPY web ./web # buildkit', layer: sourceOf('web', version, sizeBytes, changesOf(version))},
		{
			createdBy:
				'RUN /bin/sh -c npm run bundle && rm -rf .env /root/.ssh/id_ed25519 /root/.npm /tmp/* # buildkit',
			layer: cleanUp,
		},
		{createdBy: 'USER node'},
		{createdBy: 'EXPOSE [3000/tcp]'},
		{createdBy: 'CMD ["node" "web/main.js"]'},
	],
	settings: {
		...settingsOf('web', version),
		...(version === '2.4.0' && {environment: [...environment, 'CART=plain']}),
		command: ['node', 'web/main.js'],
		exposedPorts: version === '2.4.0' ? ['3000/tcp'] : ['3000/tcp', '9464/tcp'],
	},
	...(version !== '2.4.0' && {
		more: {
			Healthcheck: {Test: ['CMD', 'node', 'web/health.js'], Interval: 30e9, Timeout: 3e9, StartPeriod: 5e9},
		},
	}),
});

const serviceOf = (name: string, ports: readonly string[], sizeBytes: number): WorldImage => ({
	tags: [`shop/${name}:1.14.0`],
	ageDays: 6,
	steps: [
		...moduleSteps,
		{createdBy: 'COPY common ./common # buildkit', layer: serviceCommon},
		{createdBy: `COPY ${name} ./${name} # buildkit`, layer: sourceOf(name, '1.14.0', sizeBytes)},
		{createdBy: 'USER node'},
		{createdBy: `CMD ["node" "${name}/main.js"]`},
	],
	settings: {...settingsOf(name, '1.14.0'), command: ['node', `${name}/main.js`], exposedPorts: ports},
});

const serviceCommon = makeLayer({'app/common/log.js': 1800, 'app/common/queue.js': 2600}, 4_150_000);

/** The shop's own images: built on this machine, on the same layers. */
export const shopImages: readonly WorldImage[] = [
	{...webOf('2.4.1', 2, 18_700_000), tags: ['shop/web:2.4.1', 'shop/web:latest']},
	{...webOf('2.4.0', 16, 18_400_000), tags: ['shop/web:2.4.0']},
	{...webOf('2.4.1-rc.2', 3, 18_600_000), tags: []},
	{...webOf('2.4.1-rc.1', 5, 18_500_000), tags: []},
	serviceOf('api', ['8080/tcp'], 12_800_000),
	serviceOf('worker', [], 7_900_000),
];
