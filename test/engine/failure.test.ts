import assert from 'node:assert/strict';
import {test} from 'node:test';
import {EngineError, isAborted} from '../../source/engine/errors.ts';
import {errorOfAnswer, errorOfText, toEngineError} from '../../source/engine/failure.ts';

const systemError = (code: string, facts: object = {}) =>
	Object.assign(new Error(`connect ${code}`), {code, ...facts});

test('statuses', () => {
	const table = [
		[400, 'invalid'],
		[401, 'auth'],
		[403, 'auth'],
		[404, 'not-found'],
		[409, 'conflict'],
		[500, 'api'],
		[501, 'unsupported'],
		[503, 'api'],
	] as const;
	for (const [status, kind] of table) {
		const error = errorOfAnswer(status, '{"message":"its own  words"}\n', 'stop container');
		assert.deepEqual([error.kind, error.message], [kind, 'its own  words']);
		assert.deepEqual([error.facts.status, error.facts.operation], [status, 'stop container']);
	}
});

test('words of registries mean credentials, whatever the status', () => {
	for (const message of [
		'Get "https://reg/v2/x/manifests/1": no basic auth credentials',
		'unauthorized: authentication required',
		'denied: requested access to the resource is denied',
		"pull access denied for x, repository does not exist or may require 'docker login'",
		'Head "https://registry-1.docker.io/v2/": unauthorized: incorrect username or password',
	]) {
		assert.equal(errorOfAnswer(500, JSON.stringify({message}), 'pull').kind, 'auth', message);
		assert.equal(errorOfText(message, 'pull').kind, 'auth', message);
	}
	assert.equal(errorOfText('permission denied while unpacking', 'pull').kind, 'api');
});

test('bodies that are not an engine’s', () => {
	assert.equal(errorOfAnswer(502, '<html>bad</html>', 'list').message, 'the engine answered HTTP 502');
	assert.equal(errorOfAnswer(500, '', 'list').message, 'the engine answered HTTP 500');
	assert.equal(errorOfAnswer(404, '404 page not found\n', 'list').message, '404 page not found');
	assert.equal(errorOfAnswer(500, '{"cause":"runtime","message":""}', 'list').message, 'runtime');
});

test('connections', () => {
	for (const code of [
		'ENOENT',
		'ECONNREFUSED',
		'ECONNRESET',
		'ETIMEDOUT',
		'ENOTFOUND',
		'EPIPE',
		'EHOSTUNREACH',
	]) {
		const error = toEngineError(systemError(code), 'list');
		assert.equal(error.kind, 'unreachable', code);
		assert.ok(error.message.includes(code), error.message);
	}
	const addresses = new AggregateError([systemError('ECONNREFUSED'), new Error('connect other')], '');
	const both = toEngineError(Object.assign(addresses, {code: 'ECONNREFUSED'}), 'list');
	assert.match(both.message, /connect ECONNREFUSED, connect other/);
	assert.match(toEngineError(systemError('CERT_HAS_EXPIRED'), 'list').message, /^TLS: /);
});

test('a socket that may not be opened names itself and what helps', () => {
	const error = toEngineError(systemError('EACCES', {address: '/var/run/docker.sock'}), 'ping');
	assert.equal(error.kind, 'permission');
	assert.match(error.message, /\/var\/run\/docker\.sock.*group.*usermod -aG docker/);
});

test('anything else', () => {
	const own = new EngineError('conflict', 'x');
	assert.equal(toEngineError(own, 'list'), own);
	assert.equal(toEngineError('odd', 'list').kind, 'protocol');
	assert.ok(isAborted(toEngineError(new DOMException('x', 'AbortError'), 'list')));
});
