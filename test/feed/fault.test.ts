import assert from 'node:assert/strict';
import {describe, test} from 'node:test';
import {nextStep, wordsOf} from '../../source/commands/toasts.ts';
import {isAborted} from '../../source/engine/errors.ts';
import {faultOf} from '../../source/feed/fault.ts';
import {AccountError} from '../../source/registry/accounts-port.ts';
import {RegistryError} from '../../source/registry/types.ts';

describe('what a registry refuses', () => {
	const denied = new RegistryError('denied', 'registry.example', 'registry.example/web: DENIED: no', {
		status: 403,
	});
	const untrusted = new RegistryError('tls', 'registry.example', 'registry.example: self-signed', {
		hint: 'trust it',
	});

	test('is kept by its meaning, in its words, with what to do', () => {
		assert.deepEqual(faultOf(denied, 7), {kind: 'auth', message: 'registry.example/web: DENIED: no', at: 7});
		assert.deepEqual(faultOf(untrusted, 7), {
			kind: 'unreachable',
			message: 'registry.example: self-signed',
			at: 7,
			hint: 'trust it',
		});
	});

	test('names the next step', () => {
		assert.equal(wordsOf(denied), 'registry.example/web: DENIED: no');
		assert.match(nextStep(denied, 'images.pull') ?? '', /account at registry\.example/);
		assert.equal(nextStep(untrusted, 'images.pull'), 'trust it');
		const nobody = new RegistryError('unauthorised', 'registry.example', 'no');
		assert.equal(nextStep(nobody, 'images.pull'), ':login registry.example');
	});

	test('given up is given up', () => {
		assert.equal(isAborted(new RegistryError('aborted', 'registry.example', 'given up')), true);
		assert.equal(isAborted(denied), false);
	});
});

test('accounts that cannot be read are not an answer that was not understood', () => {
	assert.equal(faultOf(new AccountError('config.json: not JSON'), 7).kind, 'invalid');
});
