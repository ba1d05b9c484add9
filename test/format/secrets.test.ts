import assert from 'node:assert/strict';
import {test} from 'node:test';
import {isSecretName, MASK, maskEntries, maskNamed, maskText} from '../../source/format/secrets.ts';

test('names that promise a secret', () => {
	for (const name of [
		'PASSWORD',
		'DB_PASSWORD',
		'PGPASSWORD',
		'MYSQL_ROOT_PASSWD',
		'API_KEY',
		'sshKey',
		'SSHKEY',
		'com.example.api-token',
		'client_secret',
		'AWS_SECRET_ACCESS_KEY',
		'GOOGLE_CREDENTIALS',
		'HTTP_AUTH',
		'PRIVATE_THING',
		'Authorization',
		'REDIS_PASS',
		'keys',
	])
		assert.ok(isSecretName(name), name);
});

test('names that do not', () => {
	for (const name of [
		'PATH',
		'HOME',
		'KEYBOARD',
		'MONKEY',
		'AUTHOR',
		'org.opencontainers.image.authors',
		'SandboxKey',
		'POSTGRES_PASSWORD_FILE',
		'SSH_PUBLIC_KEY',
		'PASSENGERS',
		'COMPASS',
		'com.docker.compose.project',
		'',
	])
		assert.ok(!isSecretName(name), name);
});

const texts: readonly (readonly [string, string])[] = [
	['postgres://me:s3cret@db:5432/x', `postgres://me:${MASK}@db:5432/x`],
	['amqp://u:p@ss@mq/v', `amqp://u:${MASK}@mq/v`],
	['redis://:pw@cache', `redis://:${MASK}@cache`],
	['https://ghp_abcdefghijklmnopqrstuv@github.com/x', `https://${MASK}@github.com/x`],
	['run --password=abc -v', `run --password=${MASK} -v`],
	['run --password "a b" -v', `run --password ${MASK} -v`],
	['export API_TOKEN=abc; go', `export API_TOKEN=${MASK}; go`],
	['curl -H "Authorization: Bearer abcdefgh"', `curl -H "Authorization: ${MASK} ${MASK}"`],
	['curl -u me:geheim http://x', `curl -u me:${MASK} http://x`],
	['{"password":"x y","user":"me"}', `{"password":${MASK},"user":"me"}`],
	['http://x/?token=abc&page=2', `http://x/?token=${MASK}&page=2`],
];
for (const [text, masked] of texts)
	test(`hidden in a text: ${text}`, () => {
		assert.equal(maskText(text), masked);
	});

test('what is no secret stays as it is', () => {
	for (const text of [
		'',
		'sleep 3600',
		'nginx -g daemon off;',
		'http://user@host/path?page=1',
		'--level=5 --key-less',
		'12:30:45 done',
		'sh -c while :; do sleep 5; done',
		'/etc/keys:/keys:ro',
	])
		assert.equal(maskText(text), text);
});

test('a value is hidden by its name; an empty one hides nothing', () => {
	assert.equal(maskNamed('TOKEN', 'abc'), MASK);
	assert.equal(maskNamed('TOKEN', ''), '');
	assert.equal(maskNamed('URL', 'ftp://a:b@c'), `ftp://a:${MASK}@c`);
});

test('entries of an environment and of a command line', () => {
	assert.deepEqual(
		maskEntries([
			'A=1',
			'DB_PASSWORD=a b=c\nd',
			'EMPTY_KEY=',
			'run',
			'--token',
			'abc',
			'--token=x',
			'--key',
			'-v',
		]),
		['A=1', `DB_PASSWORD=${MASK}`, 'EMPTY_KEY=', 'run', '--token', MASK, `--token=${MASK}`, '--key', '-v'],
	);
});

test('long texts of any kind take no time', () => {
	const begin = performance.now();
	for (const part of [
		'a',
		'a.',
		'a-',
		'-',
		'=',
		' ',
		'key ',
		'://',
		'a:',
		'"',
		"'",
		'x@',
		'password=',
		'--key ',
	])
		maskText(`x ${part.repeat(100_000)} x`);
	assert.ok(performance.now() - begin < 5000);
});
