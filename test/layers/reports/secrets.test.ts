import assert from 'node:assert/strict';
import {suite, test} from 'node:test';
import {isTellingFolder, isTellingName, secretRuleOf} from '../../../source/layers/reports/secret-rules.ts';
import {secretSettingsOf, secretsOf} from '../../../source/layers/reports/secrets.ts';
import {configOf} from '../../helpers/objects.ts';
import {directory, file, hardlink, opaque, symlink, treeOf, whiteout} from './trees.ts';

suite('names that promise a secret', () => {
	const cases: readonly (readonly [rule: string, ...paths: readonly string[]])[] = [
		['env-file', '.env', 'app/.env.production', 'app/.env.local'],
		[
			'ssh-private-key',
			'root/.ssh/id_rsa',
			'home/u/id_ed25519',
			'k/id_rsa.bak',
			'k/id_rsa_deploy',
			'k/id_ecdsa_sk',
		],
		['ssh-host-key', 'etc/ssh/ssh_host_ed25519_key'],
		['ssh-file', 'root/.ssh/github', 'home/u/.ssh/deploy.old'],
		[
			'private-key',
			'srv/server.pem',
			'etc/nginx/tls.key',
			'etc/ssl/private/ssl-cert-snakeoil.key',
			'x/putty.ppk',
			'app/config/master.key',
		],
		['key-store', 'a/b.p12', 'a/b.PFX', 'a/b.jks'],
		['npm-token', 'root/.npmrc', 'app/.npmrc'],
		['pypi-token', 'root/.pypirc'],
		['package-token', 'root/.cargo/credentials.toml', 'root/.gem/credentials'],
		['netrc', 'root/.netrc', 'root/_netrc'],
		['git-credentials', 'root/.git-credentials'],
		[
			'cloud-credentials',
			'root/.aws/credentials',
			'root/.config/gcloud/application_default_credentials.json',
			'app/service-account-prod.json',
		],
		['docker-login', 'root/.docker/config.json', 'root/.dockercfg'],
		['kubeconfig', 'root/.kube/config', 'app/prod.kubeconfig', 'kubeconfig.yaml'],
		['vault-token', 'root/.vault-token'],
		['password-store', 'home/me/passwords.kdbx'],
		['database-password', 'root/.pgpass', 'root/.my.cnf'],
		['password-file', 'etc/nginx/.htpasswd'],
		['terraform-state', 'infra/terraform.tfstate', 'infra/terraform.tfstate.backup'],
		['terraform-variables', 'infra/terraform.tfvars', 'infra/prod.auto.tfvars'],
		['mounted-secret', 'run/secrets/password'],
		[
			'gpg-private-key',
			'root/.gnupg/private-keys-v1.d/AB12.key'.replace('.key', ''),
			'root/.gnupg/secring.gpg',
		],
	];
	for (const [rule, ...paths] of cases)
		for (const path of paths)
			test(`${path} is ${rule}`, () => {
				assert.equal(secretRuleOf(path)?.id, rule);
				// The quick look, which decides whether the rules are asked, must not miss it.
				const parts = path.split('/');
				assert.ok(isTellingName(parts.at(-1) ?? '') || isTellingFolder(parts.at(-2) ?? ''));
			});

	const harmless = [
		'app/.env.example',
		'.env.sample',
		'root/.ssh/id_rsa.pub',
		'root/.ssh/known_hosts',
		'root/.ssh/authorized_keys',
		'root/.ssh/config',
		'etc/ssl/certs/ISRG_Root_X1.pem',
		'etc/ssl/cert.pem',
		'usr/share/ca-certificates/mozilla/x.pem',
		'etc/letsencrypt/fullchain.pem',
		'srv/public.pem',
		'etc/nginx/dhparam.pem',
		'usr/lib/python3/dist-packages/certifi/cacert.pem',
		'usr/local/lib/python3.12/site-packages/pip/_vendor/certifi/cacert.pem',
		'usr/lib/python3.11/test/keycert.pem',
		'app/node_modules/agent-base/test/ssl-cert-snakeoil.key',
		'usr/local/lib/node_modules/npm/.npmrc',
		'usr/local/go/src/crypto/tls/testdata/example-key.pem',
		'etc/apk/keys/alpine-devel@lists.alpinelinux.org-4a6a0840.rsa.pub',
		'usr/share/keyrings/debian.gpg',
		'app/config.json',
		'app/credentials',
		'src/id_rsa.ts',
		'etc/environment',
	];
	for (const path of harmless)
		test(`${path} is none`, () => {
			assert.equal(secretRuleOf(path), undefined);
		});
});

suite('secrets in layers', () => {
	const found = (tree: Parameters<typeof secretsOf>[0]) => {
		const {hidden, shown} = secretsOf(tree);
		return {
			hidden: hidden.map(
				({path, layer, hiddenBy, way, bytes}) => `${path} ${bytes} in ${layer}, ${way} by ${hiddenBy}`,
			),
			shown: shown.map(({path, layer}) => `${path} in ${layer}`),
		};
	};

	test('what a later layer hides, in each way, is still there', () => {
		const tree = treeOf([
			[
				file('.env', 10),
				file('root/.ssh/id_rsa', 20),
				file('o/a.key', 30),
				file('p/.npmrc', 40),
				file('q/server.pem', 50),
			],
			[
				whiteout('.env'),
				whiteout('root'),
				directory('o'),
				opaque('o'),
				file('p', 1),
				file('q/server.pem', 51),
			],
		]);
		assert.deepEqual(found(tree), {
			hidden: [
				'.env 10 in 0, deleted by 1',
				'o/a.key 30 in 0, replaced-directory by 1',
				'p/.npmrc 40 in 0, replaced-directory by 1',
				'q/server.pem 50 in 0, overwritten by 1',
				'root/.ssh/id_rsa 20 in 0, deleted-directory by 1',
			],
			shown: ['q/server.pem in 1'],
		});
	});

	test('a chmod hides nothing, an empty file, a directory and a link to elsewhere hold nothing', () => {
		const tree = treeOf([
			[file('.env', 10), file('b/.env', 0), directory('c/.env'), symlink('d/.env', '/run/x')],
			[file('.env', 10, {mode: 0o600})],
		]);
		assert.deepEqual(found(tree), {hidden: [], shown: ['.env in 1']});
	});

	test('a name more for a file that is called otherwise', () => {
		const tree = treeOf([[file('a', 10), hardlink('id_rsa', 'a')], [whiteout('id_rsa')]]);
		assert.deepEqual(found(tree).hidden, ['id_rsa 10 in 0, deleted by 1']);
	});
});

suite('secrets in settings', () => {
	const step = (createdBy: string, isEmpty = true) => ({createdBy, comment: '', isEmpty});

	test('names alone, each once, with the instruction and the layer', () => {
		const config = configOf({
			env: ['PATH=/bin', 'DB_PASSWORD=hunter2', 'PROXY=http://me:word@proxy:3128'],
			history: [
				step('/bin/sh -c #(nop) ADD file:x in / ', false),
				step('/bin/sh -c #(nop)  ENV DB_PASSWORD=hunter2'),
				step('|1 NPM_TOKEN=abc123 /bin/sh -c npm ci', false),
				step('RUN |1 NPM_TOKEN=abc123 /bin/sh -c git clone https://u:p4ss@git/x # buildkit', false),
			],
		});
		const report = secretSettingsOf(config);
		assert.deepEqual(report, [
			{place: 'env', name: 'DB_PASSWORD', step: 1},
			{place: 'env', name: 'PROXY'},
			{place: 'history', name: 'NPM_TOKEN', step: 2, layer: 1},
			{place: 'history', name: 'URL', step: 3, layer: 2},
		]);
		assert.doesNotMatch(JSON.stringify(report), /hunter2|abc123|p4ss|word/);
	});

	test('what names a file, a switch or another variable is none, nor are fingerprints', () => {
		const env = [
			'DB_PASSWORD_FILE=/run/secrets/db',
			'TOKEN_TTL=3600',
			'USE_TOKEN=true',
			'KEY=',
			'GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D',
			'API_KEY=/etc/key',
		];
		const history = [
			step('ENV SECRET=$OTHER'),
			step('ARG TOKEN'),
			step('RUN export PASSWORD="$(cat /run/secrets/x)"'),
		];
		assert.deepEqual(secretSettingsOf(configOf({env, history})), []);
	});
});
